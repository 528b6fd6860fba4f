import { composeEntry, type AuditDraft, type EntryActor } from '../../../src/audit/index.ts'
import {
  addDays,
  londonDate,
  newId,
  type Alias,
  type ConcernId,
  type DateText,
  type EntryId,
  type Role,
  type UserId,
} from '../../../src/kernel/index.ts'
import { firstRules, type Rule } from '../../../src/timeliness/index.ts'
import { commitTo, createKeys, type PrivateKeys } from '../../../src/vault/index.ts'
import { publishedWorkflow, type Status } from '../../../src/workflow/index.ts'
import bankHolidays from '../../../src/settings/bank-holidays.json' with { type: 'json' }
import { calendarPublished, limitsPublished } from '../../../src/settings/published-rules.ts'
import { canonicalJson } from '../../../src/audit/index.ts'
import type { Chance } from './chance.ts'
import { copyOfSamples, type SimulatedSample } from './samples.ts'

export interface Person {
  readonly alias: Alias
  readonly userId: UserId
  role: Role
  keys: PrivateKeys
}

export interface Lane {
  number: number
  head: Uint8Array | null
}

export interface SimulatedConcern {
  readonly alias: Alias
  readonly id: ConcernId
  readonly startedOn: DateText
  status: Status
  twoPeople: boolean
  cycle: number
  asked: number
  acknowledged: boolean
  due: DateText
  pending: { approval: string; approver: Person; requester: Person } | null
  readonly lanes: { staff: Lane; reporter: Lane }
}

/** An entry that waits for its place. */
export interface Waiting {
  readonly lane: 'staff' | 'reporter'
  readonly concern: Alias | null
  readonly raises: boolean
  readonly number: number | null
  readonly day: DateText
  readonly text: string
}

/** A small organisation that does nothing but write an honest log. */
export interface World {
  readonly chance: Chance
  /** Seconds since 1970. */
  now: number
  people: Person[]
  concerns: SimulatedConcern[]
  waiting: Waiting[]
  texts: string[]
  integrated: Set<string>
  holidays: DateText[]
  rules: Rule[]
  listVersion: number
  /** Concerns that have a place in the log, in its order. */
  raisings: { readonly index: number; readonly on: string; readonly alias: string }[]
  samples: SimulatedSample[]
  /** What opens the commitments to names, by commitment; copies of a world share it. */
  readonly names: Map<string, { readonly salt: string; readonly name: string }>
}

export const instantOf = (world: World): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(world.now * 1000)
export const todayIn = (world: World): DateText => londonDate(instantOf(world))
export const actorOf = ({ role, alias, userId }: Person): EntryActor => ({ role, alias, userId })
const system = { role: 'system' } as const

type Loose = { kind: AuditDraft['kind']; actor: EntryActor; fields: object }

/** Writes an entry as the product composes it; it waits for the next batch. Answers with its id. */
export function write(world: World, { kind, actor, fields }: Loose, concern: SimulatedConcern | null = null): EntryId {
  const draft = { kind, actor, fields, at: instantOf(world), ...(concern && { concernId: concern.id }) } as AuditDraft
  const lane = concern === null ? null : concern.lanes[isReporters(kind) ? 'reporter' : 'staff']
  const place = concern === null || lane === null ? null : { alias: concern.alias, number: lane.number + 1, previous: lane.head }
  const entry = composeEntry(world.chance, draft, place)
  if (lane !== null) Object.assign(lane, { number: lane.number + 1, head: entry.hash })
  world.waiting.push({
    lane: entry.lane,
    concern: concern?.alias ?? null,
    raises: kind === 'concern_raised',
    number: place?.number ?? null,
    day: todayIn(world),
    text: entry.text,
  })
  return entry.id
}

const isReporters = (kind: string): boolean =>
  [
    'concern_raised',
    'reporter_wrote',
    'withdrawal_asked',
    'openness_changed',
    'token_replaced',
    'feedback_given',
    'detriment_reported',
    'concern_sent_on',
    'follow_up_answered',
  ].includes(kind)

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export function addPerson(world: World, role: Role, kind: 'person_added' | 'person_enrolled' = 'person_added'): Person {
  const { chance } = world
  const person: Person = { alias: newId<Alias>(chance), userId: newId<UserId>(chance), role, keys: createKeys() }
  const fields = { person: person.alias, roles: [role], fingerprint: 'AAAA-BBBB', signKey: base64(person.keys.publicKeys.sign) }
  if (kind === 'person_enrolled')
    write(world, {
      kind: 'person_invited',
      actor: actorOf(byRole(world, 'administrator')),
      fields: { person: person.alias, roles: [role], who: nameOf(world, person) },
    })
  // Some are from before names were committed to
  const who = chance.oneIn(4) ? {} : { who: nameOf(world, person) }
  write(world, { kind, actor: kind === 'person_added' ? system : actorOf(person), fields: { ...fields, ...who } })
  world.people.push(person)
  return person
}

/** As the product commits to a name: to whose it is as well. */
function nameOf({ chance, names }: World, { alias }: Person): string {
  const name = `Siân ${alias.slice(0, 4)} O’Neill`
  const { salt, commitment } = commitTo(chance, new TextEncoder().encode(`who\n${alias}\n${name}`))
  const who = Buffer.from(commitment).toString('base64url')
  names.set(who, { salt: Buffer.from(salt).toString('base64url'), name })
  return who
}

export function byRole(world: World, role: Role): Person {
  return world.chance.pick(world.people.filter((person) => person.role === role))
}

/** A guardian signs who may do what; the second signature puts it in force. */
export function signList(world: World, rights: readonly string[]): void {
  world.listVersion += 1
  const digest = Buffer.from(world.chance.bytes(32)).toString('hex')
  const fields = { version: world.listVersion, digest, people: world.people.length }
  const [first, second] = world.people.filter(({ role }) => role === 'guardian')
  write(world, { kind: 'recipient_set_signed', actor: actorOf(first!), fields: { ...fields, inForce: false, rights: [] } })
  write(world, { kind: 'recipient_set_signed', actor: actorOf(second!), fields: { ...fields, inForce: true, rights: [...rights].sort() } })
}

export function renewKeys(world: World, person: Person): void {
  person.keys = createKeys()
  const fields = { person: person.alias, fingerprint: 'CCCC-DDDD', signKey: base64(person.keys.publicKeys.sign) }
  write(world, { kind: 'keys_renewed', actor: system, fields })
}

function publishWorkflow(world: World): void {
  write(world, { kind: 'workflow_published', actor: system, fields: { table: canonicalJson(publishedWorkflow() as never) } })
}

export function publishCalendar(world: World): void {
  const rows = world.holidays.map((date) => ({ division: 'england-and-wales', date }) as const)
  write(world, { actor: system, ...calendarPublished(rows) })
}

function publishLimits(world: World): void {
  write(world, { actor: system, ...limitsPublished(world.rules) })
}

/** A service on its first day, with people in every role. */
export function openWorld(chance: Chance, start: number): World {
  const world: World = {
    chance,
    now: start,
    people: [],
    concerns: [],
    waiting: [],
    texts: [],
    integrated: new Set(),
    holidays: bankHolidays.map(({ date }) => date as DateText),
    rules: [...firstRules],
    listVersion: 0,
    raisings: [],
    samples: [],
    names: new Map(),
  }
  write(world, { kind: 'organisation_opened', actor: system, fields: { stamp: 'real' } })
  for (const role of [
    'guardian',
    'guardian',
    'guardian',
    'investigator',
    'executive_lead',
    'non_executive_lead',
    'auditor',
    'administrator',
  ] as const)
    addPerson(world, role)
  signList(
    world,
    world.people.map(({ alias, role }) => `${alias} ${role}`),
  )
  publishWorkflow(world)
  publishCalendar(world)
  publishLimits(world)
  return world
}

/** The next version of T1, from tomorrow on. */
export function changeLimit(world: World): void {
  const last = world.rules.at(-1)!
  const limit = 1 + world.chance.below(5)
  world.rules = [...world.rules, { ...last, version: last.version + 1, limit, validFrom: addDays(todayIn(world), 1) }]
  publishLimits(world)
}

/** What a restore brings back: everything as it was at that moment. People's keys are theirs and come along. */
export function copyOf(world: World): World {
  const { chance, people, concerns, waiting, texts, integrated, holidays, rules, now, listVersion, raisings, samples, names } = world
  return {
    chance,
    now,
    listVersion,
    names,
    people: people.map((person) => ({ ...person })),
    concerns: concerns.map(({ lanes, ...rest }) => ({ ...rest, lanes: { staff: { ...lanes.staff }, reporter: { ...lanes.reporter } } })),
    waiting: [...waiting],
    texts: [...texts],
    integrated: new Set(integrated),
    holidays: [...holidays],
    rules: [...rules],
    raisings: [...raisings],
    samples: copyOfSamples(samples),
  }
}
