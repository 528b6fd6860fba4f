import { createChance } from '../../support/honest-log/chance.ts'
import type { HonestLog } from '../../support/honest-log/grow.ts'
import { raise } from '../../support/honest-log/acts.ts'
import { actorOf, byRole, openWorld, write, type SimulatedConcern, type World } from '../../support/honest-log/world.ts'
import type { Files } from '../../support/honest-log/bundle.ts'
import { readVerifierKey } from '../../../scripts/verify-log.mjs'
import { newId, type ItemId } from '../../../src/kernel/index.ts'
import { place, rewritten } from './stage.ts'
import { zipOf } from '../../support/honest-log/bundle.ts'

type Fields = Readonly<Record<string, unknown>>
export type StoryAct = readonly [day: string, kind: string, fields: Fields]

const graded = { riskGrade: 'low', decision: 'investigate', consent: 'not_applicable', conflict: 'none', secondApproverRequired: false }
const task = '11111111-2222-4333-8444-555555555555'

/** A concern of autumn 2026 whose investigation is paused, then given a later date, and is late in the end. */
export const story: readonly StoryAct[] = [
  [
    '2026-09-08',
    'concern_acknowledged',
    { action: 'acknowledge', from: 'raised', to: 'acknowledged', clock: 'T1', dueOn: '2026-09-09', state: 'met' },
  ],
  ['2026-09-09', 'concern_triaged', { action: 'triage', from: 'acknowledged', to: 'triaged', ...graded }],
  [
    '2026-09-10',
    'investigation_started',
    { action: 'start_investigation', from: 'triaged', to: 'investigating', expectedEnd: '2026-10-08' },
  ],
  ['2026-09-11', 'task_set', { task, dueOn: '2026-10-30' }],
  ['2026-09-14', 'clock_paused', { clock: 'T7', of: null, until: '2026-09-21', reasonCode: 'person_unavailable' }],
  ['2026-09-16', 'message_sent', {}],
  ['2026-09-24', 'clock_extended', { clock: 'T7', of: null, before: '2026-10-15', until: '2026-10-30', reasonCode: 'more_to_ask' }],
  ['2026-09-25', 'clock_extended', { clock: 'T13', of: task, before: '2026-10-30', until: '2026-11-06', reasonCode: 'more_to_ask' }],
  [
    '2026-10-23',
    'clock_escalated',
    { clock: 'T6', of: null, cycle: 1, round: 3, step: 'executive_lead', dueOn: '2026-10-22', stepOn: '2026-10-23' },
  ],
  ['2026-10-27', 'clock_warned', { clock: 'T7', of: null, cycle: 1, round: 1, dueOn: '2026-10-30', stepOn: '2026-10-23' }],
  [
    '2026-11-02',
    'clock_escalated',
    { clock: 'T7', of: null, cycle: 1, round: 1, step: 'executive_lead', dueOn: '2026-10-30', stepOn: '2026-11-02' },
  ],
  ['2026-11-03', 'findings_recorded', { action: 'record_findings', from: 'investigating', to: 'findings_ready', findings: 1, actions: 1 }],
  ['2026-11-05', 'task_done', { task }],
]

const secondsOf = (day: string, hour: number) => Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds / 1000 + hour * 3600
const unsaid = new Set(['clock_warned', 'clock_escalated'])

/** The entries of a service in which these acts were done, each composed as the product does. */
function textsOf(acts: readonly StoryAct[]): string[] {
  const world = openWorld(createChance(7), secondsOf('2026-09-01', 9))
  world.now = secondsOf('2026-09-07', 10)
  const concern = raised(world)
  for (const [day, kind, fields] of acts) {
    world.now = secondsOf(day, 11)
    write(world, { kind: kind as never, actor: actorFor(world, kind), fields: { ...more(world, kind), ...fields } }, concern)
  }
  world.now = secondsOf('2026-11-20', 9)
  write(world, { kind: 'signed_in', actor: actorOf(byRole(world, 'guardian')), fields: {} })
  return world.waiting.map(({ text }) => text)
}

/** On the service's own form, which is never back-dated. */
function raised(world: World): SimulatedConcern {
  for (let seed = 1; ; seed += 1) {
    const trial = { ...world, chance: createChance(seed), concerns: [], waiting: [] }
    raise(trial, [])
    if (trial.waiting.length > 1) continue
    world.waiting.push(...(trial.waiting as World['waiting']))
    return trial.concerns[0]!
  }
}

function actorFor(world: World, kind: string) {
  return unsaid.has(kind) ? ({ role: 'system' } as const) : actorOf(byRole(world, 'guardian'))
}

/** What the entry must also name, and no clock goes by. */
function more(world: World, kind: string): Fields {
  if (kind === 'deadline_moved') return {}
  const guardian = world.people.find(({ role }) => role === 'guardian')!.alias
  if (unsaid.has(kind)) return { person: [guardian] }
  const item = newId<ItemId>(world.chance)
  if (kind === 'clock_paused') return { item, authoriser: guardian }
  if (kind === 'investigation_started') return { item, investigator: world.people.find(({ role }) => role === 'investigator')!.alias }
  return { item }
}

/** The story with one act put in another's place, or with acts added where their day belongs. */
export function retold(change: (act: StoryAct) => StoryAct, ...added: readonly StoryAct[]): StoryAct[] {
  return [...story.map(change), ...added].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** A whole bundle of these entries, signed by the log's own key: what somebody can make who runs the service. */
export async function bundleOf(
  log: HonestLog,
  acts: readonly StoryAct[],
): Promise<{ files: Files; file: string; texts: readonly string[] }> {
  const texts = textsOf(acts)
  const files = await rewritten(log, texts)
  return { files, file: place('story.zip', zipOf(files)), texts }
}

export const keysOf = ({ keys }: HonestLog) => keys.map(readVerifierKey)
