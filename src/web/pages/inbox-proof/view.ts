import type { ProofOfRaising } from '../../../concerns/index.ts'
import { labels } from '../../../workflow/index.ts'
import { dateInWords } from '../../layout/index.ts'
import type { ReporterSettings } from '../../reporter/deps.ts'
import { labelOf } from '../../staff/options.ts'
import { coarseDateInWords } from '../check/view.ts'
import { words as checkWords } from '../check/words.en.ts'
import { knowersAmong, knownTo } from '../identity/view.ts'
import { words as knownWords } from '../known/words.en.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english
type Proven = ProofOfRaising & { readonly place: NonNullable<ProofOfRaising['place']> }

export interface LetterView {
  readonly raised: string
  readonly readers: readonly string[]
  /** Null where it is kept back. */
  readonly said: readonly Row[] | null
  readonly facts: readonly { readonly key: string; readonly value: string }[]
}

interface Row {
  readonly key: string
  readonly values: readonly string[]
}

/** What the file says, in words. It has no date of its own: that would be the day on which somebody looked. */
export function showLetter({ raisedOn, enteredOn, readers, said, entryId, place }: Proven, settings: Named, words: Words): LetterView {
  const { paper } = words
  const [raised, entered] = [dateInWords(raisedOn), dateInWords(enteredOn)]
  return {
    raised: raisedOn === enteredOn ? paper.raised(raised) : paper.recorded(raised, entered),
    readers: readers.map((reader) => readerInWords(reader, readerWords)),
    said: said && rowsOf(said, settings, readers),
    facts: [
      { key: paper.rows.name, value: place.log },
      { key: paper.rows.entry, value: String(place.index) },
      { key: paper.rows.id, value: entryId },
      { key: paper.rows.size, value: String(place.size) },
      { key: paper.rows.root, value: Buffer.from(place.root).toString('base64') },
    ],
  }
}

type Named = Pick<ReporterSettings, 'categories'>
type Said = NonNullable<ProofOfRaising['said']>

/** The answers in the order of the questions; those that were skipped are left out. */
function rowsOf(said: Said, { categories }: Named, readers: ProofOfRaising['readers']): readonly Row[] {
  const { rows, danger, treated } = checkWords
  const { anonymous, confidential, open } = knownWords.options
  const known = { anonymous: anonymous.text, confidential: knownTo(knowersAmong(readers), confidential), open: open.text }
  const lines: readonly (readonly [keyof typeof rows, readonly string[]])[] = [
    ['narrative', textsIn(said['narrative'])],
    ['immediateDanger', textsIn(said['immediateDanger']).map((code) => labelOf(danger, code))],
    [
      'elements',
      [
        ...textsIn(said['elements']).map((code) => labelOf(labels.elements, code)),
        ...textsIn(said['categories']).map((code) => categories.find((category) => category.code === code)?.label ?? code),
      ],
    ],
    ['site', textsIn(said['site'])],
    ['happened', textsIn(said['happened'])],
    ['awareSince', textsIn(said['awareSince']).map(coarseDateInWords)],
    ['professionalGroup', textsIn(said['professionalGroup']).map((code) => labelOf(labels.professionalGroups, code))],
    ['treatedBadly', textsIn(said['treatedBadly']).map((code) => labelOf(treated, code))],
    ['about', textsIn(said['about'])],
    ['openness', textsIn(said['openness']).map((code) => labelOf(known, code))],
  ]
  return lines.filter(([, values]) => values.length > 0).map(([field, values]) => ({ key: rows[field], values }))
}

function textsIn(value: Said[string]): readonly string[] {
  return [value].flat().filter((text): text is string => typeof text === 'string')
}
