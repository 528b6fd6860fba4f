import { thingsThatMayShowWhoYouAre, type DraftAnswers, type Reader } from '../../../concerns/index.ts'
import { labels } from '../../../workflow/index.ts'
import { dateInWords } from '../../layout/index.ts'
import type { ReporterSettings } from '../../reporter/deps.ts'
import { changeHref, steps } from '../../reporter/steps.ts'
import { labelOf } from '../../staff/options.ts'
import { words as elementWords } from '../elements/words.en.ts'
import { isKnown, knowersAmong, knownTo } from '../identity/view.ts'
import { words as notesWords } from '../inbox-notes/words.en.ts'
import { words as knownWords } from '../known/words.en.ts'
import { othersIn, readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

/** A row of the list: one answer, each of its parts on a line of its own; none where it was skipped. */
export interface Row {
  readonly field: string
  readonly key: string
  readonly values: readonly string[]
  readonly change: string
}

export interface CheckView {
  readonly rows: readonly Row[]
  readonly mayShow: readonly { readonly kind: string; readonly excerpt: string }[]
  readonly change: string
}

interface Known {
  readonly answers: DraftAnswers
  readonly settings: ReporterSettings
  /** Everybody who could be ticked, and those who will read it. */
  readonly everyone: readonly Reader[]
  readonly readers: readonly Reader[]
  /** Those who may read it only if nobody answers in time. */
  readonly standby: readonly Reader[]
}

export function showCheck(known: Known, words: Words): CheckView {
  const lines = linesOf(known, words)
  const rows = fields.flatMap((field): Row[] => {
    const values = lines[field]?.filter((line) => line !== undefined && line !== '')
    return values === undefined ? [] : [{ field, key: words.rows[field], values: values as string[], change: changeHref(pageOf[field]) }]
  })
  return { rows, mayShow: mayShowOf(known.answers, words), change: changeHref(steps.whatHappened) }
}

type Field = keyof Words['rows']

/** In the order of the list. */
const pageOf = {
  narrative: steps.whatHappened,
  immediateDanger: steps.danger,
  elements: steps.elements,
  intakeGroup: steps.whereAndWhen,
  site: steps.whereAndWhen,
  happened: steps.whereAndWhen,
  awareSince: steps.whereAndWhen,
  professionalGroup: steps.work,
  treatedBadly: steps.treatment,
  about: steps.about,
  readers: steps.door,
  openness: steps.known,
  name: steps.identity,
  contact: steps.identity,
  notes: steps.notes,
} as const satisfies Record<Field, string>

const fields = Object.keys(pageOf) as Field[]

/** The lines of each row; undefined for a row that is not there. */
function linesOf(known: Known, words: Words): Record<Field, Lines> {
  const { answers } = known
  return {
    narrative: [answers.narrative],
    immediateDanger: [named(answers.immediateDanger, words.danger)],
    elements: elementsInWords(answers, known.settings),
    intakeGroup: groupOf(known),
    site: [answers.site],
    happened: [answers.happened],
    awareSince: [answers.awareSince && coarseDateInWords(answers.awareSince)],
    professionalGroup: [named(answers.professionalGroup, labels.professionalGroups)],
    treatedBadly: [named(answers.treatedBadly, words.treated)],
    about: [...tickedOf(known), ...othersIn(answers)],
    readers: [...known.readers.map(inWords), ...known.standby.map((reader) => readerWords.list.later(inWords(reader)))],
    openness: [opennessInWords(known)],
    ...identityOf(answers),
    notes: isKnown(answers) ? notesInWords(answers, words) : undefined,
  }
}

type Lines = readonly (string | undefined)[] | undefined

const inWords = (reader: Reader): string => readerInWords(reader, readerWords)

function named<Code extends string>(code: Code | undefined, names: Readonly<Record<Code, string>>): string | undefined {
  return code === undefined ? undefined : names[code]
}

/** Asked only where there is something to choose. */
function groupOf({ answers, settings: { intakeGroups } }: Known): Lines {
  return intakeGroups.length < 2 ? undefined : [intakeGroups.find(({ id }) => id === answers.intakeGroup)?.name]
}

function opennessInWords({ answers: { openness = 'anonymous' }, readers }: Known): string {
  const { options } = knownWords
  return openness === 'confidential' ? knownTo(knowersAmong(readers), options.confidential) : options[openness].text
}

function tickedOf({ answers, everyone }: Known): readonly string[] {
  return everyone.filter(({ id }) => answers.about?.includes(id)).map(inWords)
}

function identityOf(answers: DraftAnswers): Record<'name' | 'contact', Lines> {
  if (!isKnown(answers)) return { name: undefined, contact: undefined }
  return { name: [answers.identity?.name], contact: [answers.identity?.contact] }
}

function notesInWords({ notices, noNotes }: DraftAnswers, { notes }: Words): Lines {
  if (notices === undefined) return [noNotes && notes.none]
  return [notes.to(notices.address), notesWords.part.choices[notices.part]]
}

function elementsInWords(answers: DraftAnswers, { categories }: ReporterSettings): readonly string[] {
  const nameOf = (code: string) => categories.find((category) => category.code === code)?.label ?? labelOf(labels.elements, code)
  const extra = { something_else: elementWords.somethingElse, not_sure: elementWords.notSure }
  return [...[...(answers.elements ?? []), ...(answers.categories ?? [])].map(nameOf), ...(answers.unlisted ?? []).map((one) => extra[one])]
}

/** "2025", "October 2025" or "4 October 2025". */
export function coarseDateInWords(text: string): string {
  const [year = '', month, day] = text.split('-')
  if (month === undefined) return year
  if (day !== undefined) return dateInWords(text)
  return Temporal.PlainYearMonth.from(text).toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' })
}

/** Nothing for somebody who raises it openly: they want to be known. */
function mayShowOf(answers: DraftAnswers, words: Words): CheckView['mayShow'] {
  if (answers.openness === 'open') return []
  const said = [answers.narrative, answers.happened].filter((text) => text !== undefined).join('\n')
  return thingsThatMayShowWhoYouAre(said).map(({ kind, excerpt }) => ({ kind: words.mayShow.kinds[kind], excerpt }))
}
