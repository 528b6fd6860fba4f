import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import { faultsOfRows } from '../support/process-whole.ts'

/** Who is killed: everything at once, the web process alone (its worker and database lose it), or the database under a living web process. */
const victims = ['tree', 'web', 'database', 'tree', 'web', 'tree', 'database', 'tree'] as const
type Victim = (typeof victims)[number]

const peopleAtOnce = 12
const guardians = 2
const together = 3

/** One thing somebody sent, with the key that lets them send it again. */
interface Sent {
  /** `together`: a guardian records it for three people, who get a concern and a code each. */
  readonly what: 'concern' | 'message' | 'together'
  readonly path: string
  readonly body: Readonly<Record<string, string | number>>
  readonly key: string
  readonly round: number
  /** The answer as text, null where none came. */
  answer: string | null
}

interface Raised {
  readonly token: string
  readonly narrative: string
}

describe('kill -9 while people are sending', { timeout: 400_000 }, () => {
  let house: Household
  let service: RunningService
  const sent: Sent[] = []
  const raised: Raised[] = []
  const statuses = new Set<number>()
  const staffStatuses = new Set<number>()
  const faults: string[] = []
  let interrupted = 0
  let guardian: Record<string, string> = {}
  const acknowledged: string[] = []
  let actsCutOff = 0
  const restarts: number[] = []

  beforeAll(async () => {
    house = await newHousehold()
    service = await startService(house)
    await untilReady(service)
    guardian = { Authorization: `Bearer ${await signInGuardian(service.origin)}` }
    for (const [round, victim] of victims.entries()) {
      const from = sent.length
      await sendUntilKilled(round, victim)
      if (victim !== 'database') {
        service = await startService(house)
        restarts.push(service.milliseconds)
      }
      await untilReady(service)
      const thief = await asSuperuser(house)
      faults.push(...(await faultsOfRows(thief, guardians)).map((fault) => `round ${round} (${victim}): ${fault}`))
      await thief.end()
      const lost = sent.slice(from).filter(({ answer }) => answer === null)
      interrupted += lost.length
      await sendAgain(lost)
    }
  }, 400_000)

  afterAll(async () => {
    await service.stop()
    await house.remove()
  })

  async function signInGuardian(origin: string): Promise<string> {
    const { email, password } = demonstrationPeople.find(({ roles }) => (roles as readonly string[]).includes('guardian'))!
    const answer = await send(origin, '/api/v1/sessions', { body: { email, password, otp: demonstrationCode(Temporal.Now.instant()) } })
    return answer.json<{ accessToken: string }>().accessToken
  }

  /** Everybody sends one thing after the other; the kill comes at a random moment in the middle. A guardian acts meanwhile. */
  async function sendUntilKilled(round: number, victim: Victim): Promise<void> {
    const waiting = await unacknowledged()
    const from = answered()
    let over = false
    const people = Array.from({ length: peopleAtOnce }, async (_, person) => {
      while (!over) over = !(await sendOnce(next(round, person % 4 === 3))) || over
    })
    const acting = (async () => {
      for (const concern of waiting) if (over || !(await acknowledge(concern))) break
    })()
    const recording = (async () => {
      while (!over) over = !(await sendOnce(recordedByGuardian(round))) || over
    })()
    await untilUnderWay(from + chance(peopleAtOnce * 2))
    await pause(chance(60))
    if (victim === 'tree') await service.killTree()
    else if (victim === 'web') await service.killWeb()
    else service.killDatabase()
    await Promise.all(people)
    over = true
    await Promise.all([acting, recording])
  }

  const answered = () => sent.filter(({ answer }) => answer !== null).length

  /** Until so many were answered in all: on a slow machine as on a fast one, the kill comes in the middle of the crowd. */
  async function untilUnderWay(count: number): Promise<void> {
    while (answered() < count) await pause(1)
  }

  /** Every fourth person has raised a concern before and writes into its inbox. */
  function next(round: number, writes: boolean): Sent {
    const key = newId(systemRandom)
    const known = raised.at(chance(raised.length))
    const one: Sent =
      writes && known !== undefined
        ? {
            what: 'message',
            path: '/api/v1/inbox/messages',
            body: { token: known.token, body: `More about it ${key}.` },
            key,
            round,
            answer: null,
          }
        : {
            what: 'concern',
            path: '/api/v1/concerns',
            body: { narrative: `The alarm on bay four was switched off again. ${key}` },
            key,
            round,
            answer: null,
          }
    sent.push(one)
    return one
  }

  function recordedByGuardian(round: number): Sent {
    const key = newId(systemRandom)
    const receivedOn = Temporal.Now.plainDateISO('Europe/London').toString()
    const body = { narrative: `Three of us say that bay four is not safe. ${key}`, channel: 'in_person', receivedOn, people: together }
    const one: Sent = { what: 'together', path: '/api/v1/concerns', body, key, round, answer: null }
    sent.push(one)
    return one
  }

  const headersOf = ({ what, key }: Sent) => ({ 'Idempotency-Key': key, ...(what === 'together' && guardian) })

  /** True where an answer came. */
  async function sendOnce(one: Sent): Promise<boolean> {
    const answer = await send(service.origin, one.path, { body: one.body, headers: headersOf(one) }).catch(() => null)
    if (answer !== null) statuses.add(answer.status)
    if (answer?.status !== 201) return false
    keep(one, answer.text)
    return true
  }

  function keep(one: Sent, text: string): void {
    one.answer = text
    if (one.what === 'message') return
    const { token, joint = [] } = JSON.parse(text) as { token: string; joint?: readonly { token: string }[] }
    for (const each of [token, ...joint.map((other) => other.token)]) raised.push({ token: each, narrative: String(one.body['narrative']) })
  }

  async function sendAgain(lost: readonly Sent[]): Promise<void> {
    for (const one of lost) {
      const answer = await send(service.origin, one.path, { body: one.body, headers: headersOf(one) })
      if (answer.status === 201) keep(one, answer.text)
    }
  }

  /** What the guardian finds before the crowd comes, to be acknowledged while it is there. */
  async function unacknowledged(): Promise<{ id: string; version: number }[]> {
    const queue = await send(service.origin, '/api/v1/concerns?status=raised&limit=20', { headers: guardian })
    return queue.json<{ items: { id: string; version: number }[] }>().items
  }

  /** True where an answer came. */
  async function acknowledge({ id, version }: { id: string; version: number }): Promise<boolean> {
    const body = { expectedVersion: version, message: 'Thank you. I have read every word.' }
    const answer = await send(service.origin, `/api/v1/concerns/${id}/actions/acknowledge`, { headers: guardian, body }).catch(() => null)
    if (answer !== null) staffStatuses.add(answer.status)
    if (answer?.status === 200) acknowledged.push(id)
    else actsCutOff += 1
    return answer?.status === 200
  }

  it('cuts off at least fifty submissions, and acts of staff among them', () => {
    expect(interrupted).toBeGreaterThanOrEqual(50)
    expect(actsCutOff).toBeGreaterThan(0)
  })

  it('answers nothing but "done" or "not now", to reporters and staff', () => {
    expect([...statuses].filter((status) => ![201, 503].includes(status))).toEqual([])
    expect([...staffStatuses].filter((status) => ![200, 503].includes(status))).toEqual([])
  })

  it('leaves every concern whole, and log and rows in agreement, after each kill', () => {
    expect(faults).toEqual([])
  })

  it.each([
    ['a lost grant', 'delete from key_grant where id = (select id from key_grant limit 1)'],
    ['a lost message', `delete from reporter_item where id = (select id from reporter_item where kind = 'message' limit 1)`],
    ['a lost narrative', `delete from reporter_item where id = (select id from reporter_item where kind = 'narrative' limit 1)`],
    ['a lost concern', 'delete from concern where id = (select id from concern limit 1)'],
    ['a status without its entry', `update concern set status = 'triaged' where id = (select id from concern limit 1)`],
    [
      'a counter that ran ahead',
      'update concern set reporter_log_count = reporter_log_count + 1 where id = (select id from concern limit 1)',
    ],
  ])('would have noticed %s', async (_what, damage) => {
    const thief = await asSuperuser(house)
    await thief.query('begin')
    await thief.query(damage)
    expect(await faultsOfRows(thief, guardians)).not.toEqual([])
    await thief.query('rollback')
    await thief.end()
  })

  it('starts again by itself each time', () => {
    expect(restarts).toHaveLength(victims.filter((victim) => victim !== 'database').length)
  })

  it('gives an answer to everything that is sent again', () => {
    expect(sent.filter(({ answer }) => answer === null)).toEqual([])
  })

  it('gives the same answer to the same key, however often', async () => {
    const answers = await inTurns(sent, (one) => send(service.origin, one.path, { body: one.body, headers: headersOf(one) }))
    expect(answers.map(({ text }) => text)).toEqual(sent.map(({ answer }) => answer))
  })

  it('has each concern once, and no concern nobody sent', async () => {
    const thief = await asSuperuser(house)
    const { rows } = await thief.query<{ concerns: string; messages: string; links: string }>(
      `select (select count(*) from concern) as concerns, (select count(*) from reporter_item where kind = 'message') as messages,
        (select count(*) from staff_entry where kind = 'concern_linked') as links`,
    )
    await thief.end()
    const count = (what: Sent['what']) => sent.filter((one) => one.what === what).length
    const jointly = together * count('together')
    expect(jointly).toBeGreaterThan(0)
    expect(rows[0]).toEqual({ concerns: String(count('concern') + jointly), messages: String(count('message')), links: String(jointly) })
  })

  it('opens every concern by its code, word for word, with every message once', async () => {
    const inboxes = await inTurns(raised, ({ token }) => send(service.origin, '/api/v1/inbox', { body: { token } }))
    const found = inboxes.map((inbox) => inbox.json<{ narrative: string; messages: { from: string; body: string; genuine: boolean }[] }>())
    expect(found.map(({ narrative }) => narrative)).toEqual(raised.map(({ narrative }) => narrative))
    const messages = found.flatMap((inbox) => inbox.messages)
    expect(messages.every(({ genuine }) => genuine)).toBe(true)
    const written = messages.filter(({ from }) => from === 'reporter').map(({ body }) => body)
    const meant = sent.filter(({ what }) => what === 'message').map(({ body }) => body['body'])
    expect(written.sort()).toEqual(meant.sort())
  })

  it('keeps every act of staff that was answered', async () => {
    const found = await inTurns(acknowledged, (id) => send(service.origin, `/api/v1/concerns/${id}`, { headers: guardian }))
    expect(found.map((concern) => concern.json<{ status: string }>().status)).toEqual(acknowledged.map(() => 'acknowledged'))
  })
})

function chance(below: number): number {
  return Buffer.from(systemRandom.bytes(4)).readUInt32LE() % Math.max(1, below)
}

/** One address may have sixteen requests in flight. */
async function inTurns<Given, Result>(list: readonly Given[], work: (one: Given) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let at = 0; at < list.length; at += 16) results.push(...(await Promise.all(list.slice(at, at + 16).map(work))))
  return results
}
