import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, londonDate, type ConcernId } from '../../src/kernel/index.ts'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { PersonName } from '../support/app.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'

/** Every act that moves a clock or a task, by everybody, in every state of a concern, through the door that programs use. */

let world: HandlingWorld
let client: HttpClient
const bearers = new Map<PersonName, string>()
const everybody = ['guardian', 'deputy', 'investigator', 'executive', 'nonExecutive', 'auditor', 'administrator'] as const
/** Handlers hold it; the lead it went up to reads it; the investigator looks into it; the others are nothing to it. */
const handlers: readonly PersonName[] = ['guardian', 'deputy']
const others = everybody.filter((person) => !handlers.includes(person))

const states = [
  ...['raised', 'acknowledged', 'triaged', 'investigating', 'resolving', 'referred', 'findings_ready', 'resolved'],
  ...['closed', 'withdrawn', 'reopened', 'escalated'],
] as const
type State = (typeof states)[number]
interface Held {
  readonly id: ConcernId
  readonly token: string
  /** A task that is open, where one can be. */
  readonly task: string
}
const held = new Map<State, Held>()
const inDays = (days: number) => addDays(londonDate(world.clock.now()), days)

beforeAll(async () => {
  world = await startHandlingWorld()
  client = await createHttpClient(world.app)
  for (const state of states) held.set(state, await inState(state))
  for (const person of everybody) {
    world.clock.advance({ seconds: 30 })
    bearers.set(person, await world.signIn(person))
  }
}, 120_000)
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await client.close()
  await world.close()
})

async function inState(state: State): Promise<Held> {
  const { id, token } = await world.raise()
  const task = await world.concerns.tasks.set(world.as('guardian'), id, { title: 'Mend it', ownerName: 'Estates', dueOn: inDays(20) }, null)
  const made = { id, token, task: task.id }
  if (state === 'raised') return made
  if (state === 'withdrawn') {
    await world.bring(id, 'acknowledged')
    await world.act('guardian', id, 'withdraw', { reason: 'They asked.', organisationMustAct: false })
  } else if (state === 'closed' || state === 'reopened') {
    await world.bring(id, 'resolved')
    if (state === 'closed')
      await world.act('guardian', id, 'close', { followUp: 'declined', actions: 'tracked_plan', plan: 'Plan' } as never)
    else await world.act('guardian', id, 'reopen', { reason: 'There is something new.' })
  } else if (state === 'escalated') {
    await world.bring(id, 'investigating')
    await world.act('guardian', id, 'escalate', { to: 'executive_lead', reason: 'Nobody answers.' } as never)
  } else await world.bring(id, state)
  return made
}

const acts = {
  pause: (clock: string) =>
    ['actions/pause_clock', { clock, until: inDays(5), reasonCode: 'police_hold', reason: 'They asked us.' }] as const,
  resume: (clock: string) => ['actions/resume_clock', { clock }] as const,
  extend: (clock: string) =>
    ['actions/extend_clock', { clock, until: inDays(60), reasonCode: 'other', reason: 'More to look into.' }] as const,
  set: () => ['tasks', { title: 'Paint it', ownerName: 'Estates', dueOn: inDays(30) }] as const,
  link: (task: string) => ['tasks/link', { task, wording: 'Please mend it.' }] as const,
  takeBack: (task: string) => ['tasks/link/withdrawal', { task }] as const,
  done: (task: string) => ['tasks/done', { task, evidence: 'Seen.' }] as const,
  passOn: (task: string) => ['tasks/pass-on', { task, reason: 'Plan.' }] as const,
}

async function send(person: PersonName, id: ConcernId, [path, body]: readonly [string, object]): Promise<number> {
  const version = path.startsWith('actions/') ? { expectedVersion: await world.version(id) } : {}
  const options = { bearer: bearers.get(person)!, idempotencyKey: randomUUID() }
  return (await client.api('post', `/api/v1/concerns/${id}/${path}`, { ...version, ...body }, options)).status
}

/** Everything of the concern that an act could change, and its entries but those of refusals and looks. */
async function whole(id: ConcernId): Promise<string> {
  const { rows } = await world.database.asSuperuser.query<{ row: string }>(
    `select concat_ws(' ', 'concern', status, version, next_clock_code, next_clock_due) as row from concern where id = $1 union all
     select 'clock ' || k::text from concern_clock k where concern_id = $1 union all
     select 'link ' || l::text from task_link l where concern_id = $1 union all
     select 'item ' || id from staff_item where concern_id = $1 union all
     select 'entry ' || id from staff_entry where concern_id = $1 and kind not in ('attempt_refused', 'concern_viewed', 'content_viewed') order by 1`,
    [id],
  )
  return rows.map(({ row }) => row).join('\n')
}

describe.each(states)('a concern that is %s', (state) => {
  test.each(others)('%s moves no clock of it and no task', async (person) => {
    const { id, task } = held.get(state)!
    const before = await whole(id)
    const all = [
      ...['T1', 'T6', 'T7'].flatMap((clock) => [acts.pause(clock), acts.resume(clock), acts.extend(clock)]),
      ...[acts.set(), acts.link(task), acts.takeBack(task), acts.done(task), acts.passOn(task)],
    ]
    for (const act of all)
      expect([act[0], await send(person, id, act)]).toEqual([act[0], expect.toSatisfy((code) => code === 403 || code === 404)])
    expect(await whole(id)).toBe(before)
  })

  test('nobody moves anything without signing in', async () => {
    const { id, task } = held.get(state)!
    const before = await whole(id)
    for (const [path, body] of [acts.pause('T7'), acts.resume('T7'), acts.extend('T7'), acts.set(), acts.link(task), acts.done(task)])
      expect((await client.api('post', `/api/v1/concerns/${id}/${path}`, { expectedVersion: 1, ...body })).status).toBe(401)
    expect(await whole(id)).toBe(before)
  })
})

const all = [true, true, true]
/** What a guardian may do, and to which clock: pause and go on, a later date; set a task, make a link for one, take it back. All else is refused. */
const may: Readonly<
  Record<State, { readonly pauses: readonly string[]; readonly extends: readonly string[]; readonly tasks: readonly boolean[] }>
> = {
  raised: { pauses: [], extends: [], tasks: all },
  acknowledged: { pauses: [], extends: [], tasks: all },
  triaged: { pauses: [], extends: [], tasks: all },
  investigating: { pauses: ['T6', 'T7'], extends: ['T6', 'T7'], tasks: all },
  resolving: { pauses: ['T6'], extends: ['T6'], tasks: all },
  referred: { pauses: ['T6'], extends: ['T6'], tasks: all },
  findings_ready: { pauses: ['T6', 'T8'], extends: ['T6'], tasks: all },
  resolved: { pauses: [], extends: [], tasks: all },
  closed: { pauses: [], extends: [], tasks: [false, false, false] },
  // What was set before can still be done
  withdrawn: { pauses: [], extends: [], tasks: [false, true, true] },
  reopened: { pauses: [], extends: [], tasks: all },
  escalated: { pauses: ['T6', 'T7'], extends: ['T6', 'T7'], tasks: all },
}

describe('a guardian who handles it', () => {
  test('moves those clocks alone that its state lets stand still or be later, in each state', async () => {
    const clocks = ['T1', 'T3', 'T6', 'T7', 'T8', 'T9', 'T11a', 'T13']
    const seen: Record<string, unknown> = {}
    for (const state of states) {
      const { id, task } = held.get(state)!
      const [pauses, extended]: [string[], string[]] = [[], []]
      for (const clock of clocks) {
        const before = await whole(id)
        const paused = await send('guardian', id, acts.pause(clock))
        if (paused !== 200)
          expect([state, clock, [409, 422].includes(paused), (await whole(id)) === before]).toEqual([state, clock, true, true])
        if (paused === 200) {
          pauses.push(clock)
          expect([state, clock, await send('guardian', id, acts.resume(clock))]).toEqual([state, clock, 200])
        } else expect([409, 422]).toContain(await send('guardian', id, acts.resume(clock)))
        const later = await send('guardian', id, acts.extend(clock))
        if (later === 200) extended.push(clock)
        else expect([state, clock, later]).toEqual([state, clock, expect.toSatisfy((code) => code === 409 || code === 422)])
      }
      const tasks = [
        await send('guardian', id, acts.set()),
        await send('guardian', id, acts.link(task)),
        await send('guardian', id, acts.takeBack(task)),
      ]
      seen[state] = { pauses, extends: extended, tasks: tasks.map((code) => code < 300) }
      expect(tasks.filter((code) => code >= 300 && code !== 409)).toEqual([])
    }
    expect(seen).toEqual(may)
  })
})

describe('a long pause', () => {
  test('is agreed to by an active guardian or lead whom it is not about and who declared no conflict, and by nobody else', async () => {
    const agreed = async (state: { about?: string[] }, person: PersonName, conflicted = false) => {
      const { id } = await world.raise(state)
      await world.bring(id, 'investigating')
      if (conflicted) await world.concerns.declareConflict(world.as(person), id, { expectedVersion: await world.version(id) })
      const [path, body] = acts.pause('T7')
      return send('guardian', id, [path, { ...body, until: inDays(25), authorisedBy: world.id(person) }])
    }
    const codes: Record<string, number> = {}
    for (const person of everybody) codes[person] = await agreed({}, person)
    expect(codes).toEqual({
      guardian: 422,
      deputy: 200,
      investigator: 422,
      executive: 200,
      nonExecutive: 200,
      auditor: 422,
      administrator: 422,
    })
    expect(await agreed({ about: ['Daniel Reid'] }, 'deputy')).toBe(403)
    expect(await agreed({ about: ['Helen Marsh'] }, 'executive')).toBe(403)
    expect(await agreed({}, 'deputy', true)).toBe(403)
  })
})

describe('who raised it', () => {
  const sendOn = async (token: string, more: object = {}) =>
    (await client.api('post', '/api/v1/inbox/escalation', { token, reason: 'late', ...more }, { idempotencyKey: randomUUID() })).status

  test('sends it on in no state while every promise is kept, nor does anybody with a code of nobody’s', async () => {
    for (const state of states) {
      const { token, id } = held.get(state)!
      const before = await whole(id)
      expect([state, await sendOn(token), (await whole(id)) === before]).toEqual([state, 409, true])
    }
    expect(await sendOn('T48M-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX'.replaceAll('-', ''))).toBe(422)
  })

  test('sends it on once a promise is broken, wherever it stands, each lead once', async () => {
    world.clock.advance({ hours: 24 * 70 })
    const codes: Record<string, readonly number[]> = {}
    for (const state of states) {
      const { token } = held.get(state)!
      codes[state] = [await sendOn(token), await sendOn(token), await sendOn(token)]
    }
    const over: readonly State[] = ['resolved', 'closed', 'withdrawn']
    for (const state of states) expect([state, codes[state]]).toEqual([state, over.includes(state) ? [409, 409, 409] : [201, 201, 422]])
  })
})
