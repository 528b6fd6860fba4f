import { canonicalJson, drawSample, leafHash, sampleSeedOf } from '../../../src/audit/index.ts'
import { parseCheckpoint } from '../../../src/audit/notes/index.ts'
import { addDays, newId, type DateText } from '../../../src/kernel/index.ts'
import type { Chance } from '../../support/honest-log/chance.ts'
import type { HonestLog } from '../../support/honest-log/grow.ts'
import { readAll, written, type Edit, type Read } from './edits.ts'

type Fields = Read['fields']
type Make = (log: HonestLog, chance: Chance) => Edit | null

const ofKind = ({ texts }: HonestLog, ...kinds: string[]): Read[] => readAll(texts).filter(({ kind }) => kinds.includes(kind))
const pick = <T>(chance: Chance, list: readonly T[]): T | null => (list.length === 0 ? null : chance.pick(list))
const someDraw = (log: HonestLog, chance: Chance): Read | null => pick(chance, ofKind(log, 'sample_drawn'))
const drawnIn = ({ fields }: Read): readonly string[] => fields['drawn'] as readonly string[]
const fixedBy = (log: HonestLog, { fields }: Read): Read => readAll(log.texts).find(({ id }) => id === fields['fixed'])!

const changed = ({ texts }: HonestLog, entry: Read, fields: Fields, more: Partial<Read> = {}): Edit => ({
  texts: texts.toSpliced(entry.index, 1, written({ ...entry, ...more, fields: { ...entry.fields, ...fields } })),
  index: entry.index,
})

/** As `changed`, but for another entry to show it: the draw that rests on the changed one. */
const shownBy = (draw: Read, edit: Edit): Edit => ({ ...edit, index: draw.index })

/** The fields of a draw from this checkpoint by these numbers, by the product's own way. */
function drawnFrom({ texts }: HonestLog, draw: Read, base: { readonly size: number; readonly root: string }, numbers: string): Fields {
  const { from, to, fixed, count } = draw.fields as { from: string; to: string; fixed: string; count: number }
  const raised = readAll(texts).filter(({ kind, index, on }) => kind === 'concern_raised' && index < base.size && on! >= from && on! <= to)
  const period = { from: from as DateText, to: to as DateText }
  const drawn = drawSample(
    sampleSeedOf({ ...base, period, fixed, numbers }),
    raised.map(({ concern }) => concern!),
    count,
  )
  return { ...base, numbers, population: raised.length, drawn: [...drawn] }
}

function drawnElsewhere(log: HonestLog, chance: Chance, fits: (size: number, draw: Read, fixed: Read) => boolean): Edit | null {
  const draw = someDraw(log, chance)
  if (draw === null) return null
  const note = pick(
    chance,
    [...log.checkpoints].filter(([size]) => fits(size, draw, fixedBy(log, draw))),
  )
  if (note === null) return null
  const { size, root } = parseCheckpoint(note[1].slice(0, note[1].indexOf('\n\n') + 1))
  const base = { size, root: Buffer.from(root).toString('base64') }
  const fields = drawnFrom(log, draw, base, draw.fields['numbers'] as string)
  // Too few were raised by then to draw as many
  return (fields['drawn'] as string[]).length === draw.fields['count'] ? changed(log, draw, fields) : null
}

/** One more entry at the end, in its place in its concern. */
function appended({ texts }: HonestLog, chance: Chance, entry: Omit<Read, 'index' | 'id' | 'lane' | 'number' | 'previous'>): Edit {
  const lane = readAll(texts).filter((each) => each.concern !== undefined && each.concern === entry.concern && each.lane === 'staff')
  const last = lane.at(-1)
  const link =
    entry.concern === undefined
      ? {}
      : { number: (last?.number ?? 0) + 1, previous: last === undefined ? null : Buffer.from(leafHash(texts[last.index]!)).toString('hex') }
  const made = { format: 'forthright-entry/1', ...entry, ...link, id: newId(chance) as string, lane: 'staff' }
  return { texts: [...texts, canonicalJson(made)], index: texts.length }
}

const later = (at: string, seconds: number): string => Temporal.Instant.from(at).add({ seconds }).toString()
const actorIn = (log: HonestLog, role: string, but?: string): Read['actor'] & object =>
  readAll(log.texts).find(({ actor }) => actor?.role === role && actor.alias !== but)!.actor!
/** An answer, the draw it answers, and who drew it. */
function answered(log: HonestLog, chance: Chance, kind: 'sample_unlocked' | 'sample_refused') {
  const answer = pick(chance, ofKind(log, kind))
  if (answer === null) return null
  const draw = ofKind(log, 'sample_drawn').find(({ fields }) => fields['sample'] === answer.fields['sample'])!
  return { answer, draw, auditor: draw.actor!, concern: answer.concern!, fields: { sample: answer.fields['sample']! } }
}

function withTwoSwapped(numbers: string, chance: Chance): string {
  const digits = numbers.split(' ')
  const [a, b] = [chance.below(digits.length), chance.below(digits.length)]
  return digits.with(a, digits[b]!).with(b, digits[a]!).join(' ')
}

/** A draw of what its auditor had let lapse, said to be made so many seconds after it was fixed. */
function drawLapsed(log: HonestLog, chance: Chance, seconds: number): Edit | null {
  const drawn = new Set(ofKind(log, 'sample_drawn').map(({ fields }) => fields['fixed']))
  const lapsed = log.samples.filter(({ fixed, base, fixedOn }) => base !== null && !drawn.has(fixed) && addDays(fixedOn, 20) < lastDay(log))
  const sample = pick(chance, lapsed)
  if (sample === null) return null
  const before = readAll(log.texts).find(({ id }) => id === sample.fixed)!
  const { id, from, to, count, fixed, numbers } = sample
  const as = { ...before, kind: 'sample_drawn', fields: { sample: id, fixed, from, to, count } }
  const fields = { ...as.fields, ...drawnFrom(log, as, sample.base!, numbers) }
  return appended(log, chance, { kind: 'sample_drawn', actor: before.actor!, at: later(before.at!, seconds), fields })
}
const lastDay = ({ texts }: HonestLog): string =>
  readAll(texts)
    .findLast(({ at }) => at !== undefined)!
    .at!.slice(0, 10)

const day = 86_400

/**
 * Edits of samples by somebody who holds the log's own key and signs every checkpoint anew, and what the verifier calls each. Where a draw would
 * have to change for it, it is drawn again by the product's own way.
 */
export const sampleEdits: Readonly<Record<string, readonly [code: string, Make]>> = {
  'swaps two digits of a draw': [
    'other_numbers',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && changed(log, draw, { numbers: withTwoSwapped(draw.fields['numbers'] as string, chance) })
    },
  ],
  'draws by numbers that suit better': [
    'other_numbers',
    (log, chance) => {
      const draw = someDraw(log, chance)
      if (draw === null) return null
      const { size, root, numbers } = draw.fields as { size: number; root: string; numbers: string }
      return changed(log, draw, drawnFrom(log, draw, { size, root }, withTwoSwapped(numbers, chance)))
    },
  ],
  'puts another concern in the place of a drawn one': [
    'wrong_draw',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const other = draw && pick(chance, ofKind(log, 'concern_raised'))?.concern
      if (!draw || other === undefined || other === null || drawnIn(draw).includes(other)) return null
      return changed(log, draw, { drawn: drawnIn(draw).with(chance.below(drawnIn(draw).length), other) })
    },
  ],
  'turns the order of what was drawn round': [
    'wrong_draw',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && changed(log, draw, { drawn: drawnIn(draw).toReversed() })
    },
  ],
  'leaves a drawn concern out': [
    'fixed_otherwise',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && changed(log, draw, { drawn: drawnIn(draw).slice(1), count: drawnIn(draw).length - 1 })
    },
  ],
  'keeps a concern from being drawn': [
    'wrong_population',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && changed(log, draw, { population: (draw.fields['population'] as number) - 1 })
    },
  ],
  'draws from a later checkpoint': [
    'later_checkpoint',
    (log, chance) => drawnElsewhere(log, chance, (size, { fields, index }) => size > (fields['size'] as number) && size <= index),
  ],
  'draws from a checkpoint that was known before': [
    'known_checkpoint',
    (log, chance) => drawnElsewhere(log, chance, (size, _draw, fixed) => size <= fixed.index),
  ],
  'draws from a root that was never signed': [
    'wrong_checkpoint',
    (log, chance) => {
      const draw = someDraw(log, chance)
      if (draw === null) return null
      const { size, numbers } = draw.fields as { size: number; numbers: string }
      const root = Buffer.from(chance.bytes(32)).toString('base64')
      return changed(log, draw, drawnFrom(log, draw, { size, root }, numbers))
    },
  ],
  'draws a second time': [
    'drawn_twice',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && appended(log, chance, { kind: 'sample_drawn', actor: draw.actor!, at: later(draw.at!, 60), fields: draw.fields })
    },
  ],
  'draws a second time under another number': [
    'fixed_otherwise',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const fields = draw && { ...draw.fields, sample: newId(chance) as string }
      return draw && appended(log, chance, { kind: 'sample_drawn', actor: draw.actor!, at: later(draw.at!, 60), fields: fields! })
    },
  ],
  'gives the numbers before they were fixed': [
    'not_fixed',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const fixed = draw && fixedBy(log, draw)
      if (!draw || !fixed) return null
      const texts = log.texts.with(fixed.index, log.texts[draw.index]!).with(draw.index, log.texts[fixed.index]!)
      return { texts, index: fixed.index }
    },
  ],
  'takes out what fixed a draw': [
    'not_fixed',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && { texts: log.texts.toSpliced(fixedBy(log, draw).index, 1), index: draw.index - 1 }
    },
  ],
  'changes what was committed to': [
    'other_numbers',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const commitment = Buffer.from(chance.bytes(32)).toString('hex')
      return draw && shownBy(draw, changed(log, fixedBy(log, draw), { commitment }))
    },
  ],
  'fixes other days afterwards': [
    'fixed_otherwise',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const fixed = draw && fixedBy(log, draw)
      return draw && fixed && shownBy(draw, changed(log, fixed, { from: addDays(fixed.fields['from'] as DateText, -1) }))
    },
  ],
  'fixes a draw by numbers that are known': [
    'fixed_twice',
    (log, chance) => {
      const draw = someDraw(log, chance)
      const fixed = draw && fixedBy(log, draw)
      const fields = fixed && { ...fixed.fields, sample: newId(chance) as string }
      return draw && appended(log, chance, { kind: 'sample_fixed', actor: draw.actor!, at: later(draw.at!, 60), fields: fields! })
    },
  ],
  'draws what had lapsed': ['lapsed', (log, chance) => drawLapsed(log, chance, 16 * day)],
  'draws what had lapsed, and dates it back': ['dated_back', (log, chance) => drawLapsed(log, chance, day)],
  'draws as somebody who is no auditor': [
    'wrong_role',
    (log, chance) => {
      const draw = someDraw(log, chance)
      return draw && changed(log, draw, {}, { actor: actorIn(log, 'guardian') })
    },
  ],
  'shows a concern that was not drawn': [
    'not_drawn',
    (log, chance) => {
      const given = answered(log, chance, 'sample_unlocked')
      const other = given && pick(chance, ofKind(log, 'concern_raised'))?.concern
      if (!given || !other || drawnIn(given.draw).includes(other)) return null
      const { answer } = given
      const entry = { kind: 'sample_unlocked', actor: answer.actor!, at: answer.at!, concern: other, fields: answer.fields }
      return appended(log, chance, entry)
    },
  ],
  'answers for one sample what another drew': [
    'not_drawn',
    (log, chance) => {
      const given = answered(log, chance, 'sample_unlocked')
      const other = given && pick(chance, ofKind(log, 'sample_drawn'))
      if (!given || !other || drawnIn(other).includes(given.concern)) return null
      const { answer } = given
      return changed(log, answer, { sample: other.fields['sample']! })
    },
  ],
  'shows a drawn concern on one person’s word': [
    'one_person',
    (log, chance) => {
      const given = answered(log, chance, 'sample_unlocked')
      return given && changed(log, given.answer, {}, { actor: given.auditor })
    },
  ],
  'answers what was answered': [
    'answered_twice',
    (log, chance) => {
      const given = answered(log, chance, 'sample_refused')
      if (given === null) return null
      const { answer, concern, fields } = given
      const shown = { ...fields, signature: 'x', until: addDays(answer.at!.slice(0, 10) as DateText, 30) }
      return appended(log, chance, { kind: 'sample_unlocked', actor: answer.actor!, at: later(answer.at!, 60), concern, fields: shown })
    },
  ],
  'answers when the time for it is over': [
    'answered_late',
    (log, chance) => {
      const given = answered(log, chance, 'sample_unlocked')
      return given && changed(log, given.answer, {}, { at: later(given.draw.at!, 62 * day) })
    },
  ],
  'reads what was refused': ['not_unlocked', (log, chance) => reads(log, chance, 'sample_refused', 60)],
  'reads before it was unlocked': ['not_unlocked', (log, chance) => reads(log, chance, 'sample_unlocked', -1)],
  'reads when the time for it is over': ['too_late', (log, chance) => reads(log, chance, 'sample_unlocked', 31 * day)],
  'reads what somebody else drew': [
    'another_reader',
    (log, chance) => {
      const look = pick(chance, ofKind(log, 'sample_viewed'))
      return look && changed(log, look, {}, { actor: actorIn(log, 'guardian') })
    },
  ],
}

/** A look by who drew it, so many seconds after the answer. */
function reads(log: HonestLog, chance: Chance, kind: 'sample_unlocked' | 'sample_refused', seconds: number): Edit | null {
  const given = answered(log, chance, kind)
  if (given === null) return null
  const { answer, auditor, concern, fields } = given
  return appended(log, chance, { kind: 'sample_viewed', actor: auditor, at: later(answer.at!, seconds), concern, fields })
}
