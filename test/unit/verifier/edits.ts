import { canonicalJson, type CanonicalValue } from '../../../src/audit/index.ts'
import { createChance, type Chance } from '../../support/honest-log/chance.ts'

/** An entry as an attacker reads it. */
export interface Read {
  index: number
  id: string
  kind: string
  lane: string
  actor?: { role: string; alias?: string }
  at?: string
  on?: string
  concern?: string
  number?: number
  previous?: string | null
  fields: Record<string, CanonicalValue>
}

/** What was done to a log, and the first place at which it shows. */
export interface Edit {
  readonly texts: readonly string[]
  readonly index: number
}

const readBefore = new WeakMap<readonly string[], Read[]>()

/** Read once for each list: edits look through it again and again. */
export function readAll(texts: readonly string[]): readonly Read[] {
  const known = readBefore.get(texts) ?? texts.map((text, index) => ({ index, ...(JSON.parse(text) as Omit<Read, 'index'>) }))
  readBefore.set(texts, known)
  return known
}

export function written({ index: _index, ...entry }: Read): string {
  return canonicalJson(entry)
}

const withText = (texts: readonly string[], index: number, text: string): Edit => ({ texts: texts.toSpliced(index, 1, text), index })
const change = (texts: readonly string[], entry: Read, changed: Partial<Read>): Edit =>
  withText(texts, entry.index, written({ ...entry, ...changed }))

type MakeEdit = (texts: readonly string[], chance: Chance) => Edit | null
const pickOf = (texts: readonly string[], chance: Chance, fits: (entry: Read) => boolean): Read | null => {
  const found = readAll(texts).filter(fits)
  return found.length === 0 ? null : chance.pick(found)
}

/** Edits of any entry, blind to what it means. */
export const blindEdits: Readonly<Record<string, MakeEdit>> = {
  'flips a character': (texts, chance) => {
    const index = chance.below(texts.length)
    const text = texts[index]!
    const at = chance.below(text.length)
    const other = String.fromCharCode(32 + ((text.charCodeAt(at) - 32 + 1 + chance.below(90)) % 94))
    return withText(texts, index, text.slice(0, at) + other + text.slice(at + 1))
  },
  'deletes an entry': (texts, chance) => {
    const index = chance.below(texts.length - 1)
    return { texts: texts.toSpliced(index, 1), index }
  },
  'inserts a cover entry': (texts, chance) => {
    const index = chance.below(texts.length)
    const id = `${Buffer.from(chance.bytes(4)).toString('hex')}-0000-4000-8000-000000000000`
    return { texts: texts.toSpliced(index, 0, canonicalJson({ format: 'forthright-entry/1', id, kind: 'cover', lane: 'cover' })), index }
  },
  'swaps two neighbours': (texts, chance) => {
    const index = chance.below(texts.length - 1)
    return { texts: texts.toSpliced(index, 2, texts[index + 1]!, texts[index]!), index }
  },
  'repeats an entry further on': (texts, chance) => {
    const index = 1 + chance.below(texts.length - 1)
    return { texts: texts.toSpliced(index, 0, texts[chance.below(index)]!), index }
  },
  'cuts the end off': (texts, chance) => {
    const index = texts.length - 1 - chance.below(Math.min(40, texts.length - 1))
    return { texts: texts.slice(0, index), index }
  },
  'swaps the actors of two entries': (texts, chance) => {
    const [a, b] = [
      pickOf(texts, chance, ({ actor }) => actor?.alias !== undefined),
      pickOf(texts, chance, ({ actor }) => actor?.alias !== undefined),
    ]
    if (a === null || b === null || a.actor?.alias === b.actor?.alias) return null
    const [first, second] = [change(texts, a, { actor: b.actor! }), change(texts, b, { actor: a.actor! })]
    const both = first.texts.toSpliced(b.index, 1, second.texts[b.index]!)
    return { texts: both, index: Math.min(a.index, b.index) }
  },
  'dates an entry back': (texts, chance) => {
    const entry = pickOf(texts, chance, ({ at }) => at !== undefined)
    return entry && change(texts, entry, { at: entry.at!.replace(/^\d{4}/, '2025') })
  },
  'makes a cover entry of one that says something': (texts, chance) => {
    const entry = pickOf(texts, chance, ({ kind }) => kind !== 'cover')
    return (
      entry && withText(texts, entry.index, canonicalJson({ format: 'forthright-entry/1', id: entry.id, kind: 'cover', lane: 'cover' }))
    )
  },
}

const ofKind =
  (...kinds: string[]) =>
  ({ kind }: Read) =>
    kinds.includes(kind)
const laneMates = (texts: readonly string[], { concern, lane }: Read) =>
  readAll(texts).filter((each) => each.concern === concern && each.lane === lane)
const hasNext = (texts: readonly string[], entry: Read) => laneMates(texts, entry).some(({ number }) => number === entry.number! + 1)
const nextOf = (texts: readonly string[], entry: Read) => laneMates(texts, entry).find(({ number }) => number === entry.number! + 1)!

/** Of the last days, who somebody is may come with the next batch: nothing is said of those yet. */
const isSettled = (texts: readonly string[], { at }: Read): boolean =>
  at! < daysBefore(readAll(texts).findLast((each) => each.at !== undefined)!.at!, 3)
const daysBefore = (at: string, days: number): string =>
  Temporal.Instant.from(at)
    .subtract({ hours: 24 * days })
    .toString()

/** Edits by somebody who holds the log's own key and signs everything anew: only what the entries say to each other is left to show them. */
export const insideEdits: Readonly<Record<string, MakeEdit>> = {
  'takes a step out of a concern': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => each.number !== undefined && hasNext(texts, each))
    return entry && { texts: texts.toSpliced(entry.index, 1), index: nextOf(texts, entry).index - 1 }
  },
  'changes a step that another one follows': (texts, chance) => {
    const entry = pickOf(
      texts,
      chance,
      (each) => typeof each.fields?.['item'] === 'string' && each.number !== undefined && hasNext(texts, each),
    )
    return (
      entry && {
        ...change(texts, entry, { fields: { ...entry.fields, item: `${entry.fields['item'] as string}0` } }),
        index: nextOf(texts, entry).index,
      }
    )
  },
  'swaps two steps of a concern': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => each.number !== undefined && hasNext(texts, each))
    if (entry === null) return null
    const next = nextOf(texts, entry)
    return { texts: texts.toSpliced(entry.index, 1, texts[next.index]!).toSpliced(next.index, 1, texts[entry.index]!), index: entry.index }
  },
  'moves a step into another concern': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => (each.number ?? 0) > 1)
    const other = pickOf(texts, chance, (each) => each.concern !== undefined && each.concern !== entry?.concern)
    return entry && other && change(texts, entry, { concern: other.concern! })
  },
  'leaves a number out': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => (each.number ?? 0) > 1)
    return entry && change(texts, entry, { number: entry.number! + 1 })
  },
  'writes an entry a second time': (texts, chance) => {
    const index = 1 + chance.below(texts.length - 1)
    return { texts: texts.toSpliced(index, 0, texts[chance.below(index)]!), index }
  },
  'gives a reporter’s act a time of day': (texts, chance) => {
    const entry = pickOf(texts, chance, ({ lane }) => lane === 'reporter')
    return entry && change(texts, { ...entry, at: `${entry.on}T03:07:09Z` }, {})
  },
  'hides a time of day in a reporter’s field': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('reporter_wrote'))
    return entry && change(texts, entry, { fields: { item: '03:07' } })
  },
  'names the reporter': (texts, chance) => {
    const entry = pickOf(texts, chance, ({ lane }) => lane === 'reporter')
    const staff = pickOf(texts, chance, ({ actor }) => actor?.alias !== undefined)
    return entry && staff && change(texts, entry, { actor: { role: 'reporter', alias: staff.actor!.alias! } })
  },
  'lets a stranger act': (texts, chance) => {
    const free = ({ actor, concern }: Read) => actor?.alias !== undefined && concern === undefined
    const entry = pickOf(texts, chance, (each) => free(each) && isSettled(texts, each))
    return entry && change(texts, entry, { actor: { role: entry.actor!.role, alias: '11111111-1111-4111-8111-111111111111' } })
  },
  'lets somebody act in another role': (texts, chance) => {
    const free = ofKind('signed_in', 'queue_viewed', 'attempt_refused')
    const entry = pickOf(texts, chance, (each) => free(each) && isSettled(texts, each))
    return entry && change(texts, entry, { actor: { ...entry.actor!, role: entry.actor!.role === 'auditor' ? 'guardian' : 'auditor' } })
  },
  'skips the acknowledgement': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('concern_acknowledged'))
    return entry && change(texts, entry, { fields: { ...entry.fields, to: 'resolved' } })
  },
  'lets one person do without the second': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('approval_requested'))
    if (entry === null) return null
    const { decidedBy, reasonCode, item, action } = entry.fields
    return change(texts, entry, {
      kind: 'resolving_without_investigation',
      fields: { action: action!, decidedBy: decidedBy!, from: 'triaged', item: item!, reasonCode: reasonCode!, to: 'resolving' },
    })
  },
  'lets the one who asks approve': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('approval_requested'))
    return entry && change(texts, entry, { fields: { ...entry.fields, approver: entry.actor!.alias! } })
  },
  'forges an approval’s signature': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('approval_given', 'approval_refused'))
    const forged = Buffer.concat([Buffer.of(1), chance.bytes(64)]).toString('base64')
    return entry && change(texts, entry, { fields: { ...entry.fields, signature: forged } })
  },
  'puts another summary under an approval': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('approval_given', 'approval_refused'))
    return entry && change(texts, entry, { fields: { ...entry.fields, summary: Buffer.from(chance.bytes(32)).toString('hex') } })
  },
  'turns a refusal round': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('approval_refused'))
    return entry && change(texts, entry, { kind: 'approval_given', fields: { ...entry.fields, decision: 'approve', to: 'resolving' } })
  },
  'gives more time for an answer': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('concern_raised'))
    return entry && change(texts, entry, { fields: { ...entry.fields, acknowledgeBy: '2027-06-30' } })
  },
  'calls a late answer one in time': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => each.kind === 'concern_acknowledged' && each.fields['state'] === 'missed')
    return entry && change(texts, entry, { fields: { ...entry.fields, state: 'met' } })
  },
  'moves a deadline that no rule moves': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('concern_acknowledged'))
    return entry && change(texts, entry, { fields: { ...entry.fields, dueOn: '2027-06-30', state: 'met' } })
  },
  'answers in time afterwards, by dating it back': (texts, chance) => {
    const last = (each: Read) => each.kind === 'concern_acknowledged' && !hasNext(texts, each)
    const entry = pickOf(texts, chance, (each) => last(each) && each.index > 200)
    return entry && change(texts, entry, { at: daysBefore(entry.at!, 5), fields: { ...entry.fields, state: 'met' } })
  },
  'dates a look back': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => each.kind === 'queue_viewed' && each.index > 100)
    return entry && change(texts, entry, { at: daysBefore(entry.at!, 4) })
  },
  'hides how late it was written down': (texts, chance) => {
    const entry = pickOf(texts, chance, (each) => each.kind === 'concern_recorded' && Number(each.fields['backDatedDays']) > 0)
    return entry && change(texts, entry, { fields: { ...entry.fields, backDatedDays: 0 } })
  },
  'puts a sentence into a cover entry': (texts, chance) => {
    const entry = pickOf(texts, chance, ({ kind }) => kind === 'cover')
    return (
      entry &&
      withText(texts, entry.index, canonicalJson({ format: 'forthright-entry/1', id: entry.id, kind: 'cover', lane: 'cover', note: 'x' }))
    )
  },
  'writes an entry in another form': (texts, chance) => {
    const index = chance.below(texts.length)
    return withText(texts, index, texts[index]!.replace('":"', '": "'))
  },
  'says one thing twice, so that two readers differ': (texts, chance) => {
    const entry = pickOf(texts, chance, ofKind('concern_triaged'))
    return entry && withText(texts, entry.index, texts[entry.index]!.replace('"riskGrade":', '"riskGrade":"low","riskGrade":'))
  },
}

export const chanceOf = createChance
