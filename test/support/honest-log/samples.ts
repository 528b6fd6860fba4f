import { drawSample, mostDrawn, sampleBounds, sampleCommitmentOf, sampleSeedOf } from '../../../src/audit/index.ts'
import { addDays, newId, type DateText, type EntryId } from '../../../src/kernel/index.ts'
import { actorOf, byRole, todayIn, write, type SimulatedConcern, type World } from './world.ts'

/** A draw from being fixed to being answered. */
export interface SimulatedSample {
  readonly id: string
  readonly fixed: EntryId
  readonly fixedOn: DateText
  readonly from: DateText
  readonly to: DateText
  readonly count: number
  readonly numbers: string
  /** Its auditor never gives the numbers. */
  readonly dropped: boolean
  /** The first checkpoint that covers the entry which fixed it. */
  base: { readonly size: number; readonly root: string } | null
  drawn: readonly string[]
  drawnOn: DateText | null
  /** Until when each drawn concern may be read; null where it was refused. */
  answers: Map<string, DateText | null>
}

const throwDice = ({ chance }: World): string =>
  Array.from({ length: sampleBounds.digits + chance.below(4) }, () => String(1 + chance.below(6))).join(' ')

const raisedBetween = ({ raisings }: World, from: string, to: string, size = Number.POSITIVE_INFINITY): string[] =>
  raisings.filter(({ index, on }) => index < size && on >= from && on <= to).map(({ alias }) => alias)

const isOpenTo = (today: DateText, { fixedOn }: SimulatedSample): boolean => today <= addDays(fixedOn, sampleBounds.revealWithinDays)

/** What comes next of the samples of this log: a draw fixed, drawn, lapsed, or one of its concerns refused, shown or read. */
export function sampleAct(world: World): void {
  const { chance, samples } = world
  const today = todayIn(world)
  const last = samples.at(-1)
  if (last !== undefined && last.drawnOn === null && isOpenTo(today, last)) {
    // A fortnight in which nobody threw anything: then the draw has lapsed
    if (last.dropped) world.now += chance.oneIn(3) ? (sampleBounds.revealWithinDays + 1) * 86_400 : 0
    else if (last.base !== null) draw(world, last, last.base)
    return
  }
  const answered = samples.filter(({ drawnOn }) => drawnOn !== null && today <= addDays(drawnOn, sampleBounds.answerWithinDays))
  if (answered.length === 0 || chance.oneIn(3)) fix(world)
  else answer(world, chance.pick(answered))
}

function fix(world: World): void {
  const { chance, samples } = world
  const [from, to] = [addDays(todayIn(world), -sampleBounds.days - chance.below(40)), addDays(todayIn(world), -1)]
  const among = raisedBetween(world, from, to)
  const before = new Set(samples.flatMap(({ drawn }) => drawn.filter((alias) => among.includes(alias)))).size
  const most = Math.min(mostDrawn(among.length), Math.floor(among.length / 2) - before)
  if (most < 1) return
  const [numbers, sample, count] = [throwDice(world), newId<EntryId>(chance), 1 + chance.below(most)]
  const fields = { sample, from, to, count, commitment: sampleCommitmentOf(numbers) }
  const fixed = write(world, { kind: 'sample_fixed', actor: actorOf(byRole(world, 'auditor')), fields })
  const standing = { base: null, drawn: [], drawnOn: null, answers: new Map() }
  samples.push({ id: sample, fixed, fixedOn: todayIn(world), from, to, count, numbers, dropped: chance.oneIn(3), ...standing })
}

function draw(world: World, sample: SimulatedSample, base: { readonly size: number; readonly root: string }): void {
  const { from, to, count, fixed, numbers } = sample
  const among = raisedBetween(world, from, to, base.size)
  sample.drawn = drawSample(sampleSeedOf({ ...base, period: { from, to }, fixed, numbers }), among, count)
  sample.drawnOn = todayIn(world)
  const fields = { sample: sample.id, fixed, ...base, from, to, numbers, count, population: among.length, drawn: sample.drawn }
  write(world, { kind: 'sample_drawn', actor: actorOf(byRole(world, 'auditor')), fields })
}

/** One drawn concern: shown masked or refused by a guardian who looked first, and read by who drew it as long as it is shown. */
function answer(world: World, sample: SimulatedSample): void {
  const { chance } = world
  const alias = chance.pick(sample.drawn)
  const concern: SimulatedConcern = world.concerns.find((each) => each.alias === alias)!
  const until = sample.answers.get(alias)
  if (until === undefined) {
    const actor = actorOf(byRole(world, 'guardian'))
    write(world, { kind: 'content_viewed', actor, fields: { compartments: ['internal', 'shared'] } }, concern)
    const shownUntil = chance.oneIn(4) ? null : addDays(todayIn(world), 30)
    sample.answers.set(alias, shownUntil)
    const signature = Buffer.from(chance.bytes(64)).toString('base64')
    if (shownUntil === null)
      write(world, { kind: 'sample_refused', actor, fields: { sample: sample.id, reasonCode: 'would_identify' } }, concern)
    else write(world, { kind: 'sample_unlocked', actor, fields: { sample: sample.id, signature, until: shownUntil } }, concern)
  } else if (until !== null && todayIn(world) < until) {
    write(world, { kind: 'sample_viewed', actor: actorOf(byRole(world, 'auditor')), fields: { sample: sample.id } }, concern)
  }
}

/** A new checkpoint: concerns raised under it can be drawn, and what was fixed under it has its base. */
export function coverSamples(world: World, batch: readonly string[], base: { readonly size: number; readonly root: string }): void {
  const first = base.size - batch.length
  for (const [at, text] of batch.entries()) {
    if (!text.includes('"kind":"concern_raised"') && !text.includes('"kind":"sample_fixed"')) continue
    const { id, kind, on, concern } = JSON.parse(text) as { id: string; kind: string; on: string; concern: string }
    if (kind === 'concern_raised') world.raisings.push({ index: first + at, on, alias: concern })
    const fixed = world.samples.find((each) => each.fixed === id)
    if (fixed !== undefined) fixed.base = base
  }
}

export const copyOfSamples = (samples: readonly SimulatedSample[]): SimulatedSample[] =>
  samples.map((sample) => ({ ...sample, answers: new Map(sample.answers) }))
