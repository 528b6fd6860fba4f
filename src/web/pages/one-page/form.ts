import { raiseInput, type DraftAnswers, type RaiseInput, type Reader } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { shownFaults, type FaultWords, type ShownFault } from '../../layout/index.ts'
import { readDanger } from '../danger/form.ts'
import { words as dangerWords } from '../danger/words.en.ts'
import { readElements } from '../elements/form.ts'
import { readIdentity } from '../identity/form.ts'
import { readKnown } from '../known/form.ts'
import { readAbout, readDoor } from '../readers/form.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { words as notesWords } from '../inbox-notes/words.en.ts'
import { readNotes } from '../notes/form.ts'
import { readTreatment } from '../treatment/form.ts'
import { readWhatHappened } from '../what-happened/form.ts'
import { readWhereAndWhen } from '../where-when/form.ts'
import { words as whereWords } from '../where-when/words.en.ts'
import { readWork } from '../kind-of-work/form.ts'
import type { words as english } from './words.en.ts'

interface Part {
  readonly read: (form: FormFields, everyone: readonly Reader[]) => DraftAnswers
  readonly faultWords?: FaultWords
}

/** Every question with the reader of its own page, in the order of this one. Only the danger question may be left out here. */
const partsOf = (words: typeof english): readonly Part[] => [
  { read: (form) => (form.has('immediateDanger') ? readDanger(form) : {}), faultWords: { words: dangerWords.errors } },
  { read: readElements },
  { read: readWhatHappened, faultWords: { words: words.errors } },
  {
    read: readWhereAndWhen,
    faultWords: { fields: { '/awareSince': 'awareSince-year' }, words: { 'awareSince-year': whereWords.errors.awareSince } },
  },
  { read: readWork },
  { read: readTreatment },
  { read: readAbout, faultWords: { words: readerWords.about.errors } },
  { read: (form) => (form.has('recipient') ? readDoor(form) : {}), faultWords: { words: readerWords.door.errors } },
  { read: readKnown },
  { read: readIdentity, faultWords: { fields: ofTheKnown } },
  { read: readNotes, faultWords: { words: notesWords.errors } },
]

const ofTheKnown = { '/identity': 'name', '/identity/name': 'name', '/identity/contact': 'contact', '/notices': 'address' }

export type OnePage =
  { readonly input: RaiseInput; readonly answers: DraftAnswers } | { readonly faults: readonly [ShownFault, ...ShownFault[]] }

/** All answers of the page as one input, by the schema that every way to raise a concern runs; or every fault at once, in the order of the page. */
export function readOnePage(form: FormFields, everyone: readonly Reader[], words: typeof english): OnePage {
  const read = partsOf(words).map((part) => orFaults(() => part.read(form, everyone), part.faultWords))
  const [first, ...others] = read.flatMap((each) => ('faults' in each ? each.faults : []))
  if (first !== undefined) return { faults: [first, ...others] }
  const answers: DraftAnswers = Object.assign({}, ...read.map((each) => ('value' in each ? each.value : {})))
  const { unlisted: _unlisted, refused: _refused, noNotes: _noNotes, ...said } = answers
  const whole = orFaults(() => readInput(raiseInput, said), { fields: ofTheKnown, words: words.errors })
  return 'value' in whole ? { input: whole.value, answers } : { faults: whole.faults }
}

type Read<Value> = { readonly value: Value } | { readonly faults: readonly [ShownFault, ...ShownFault[]] }

function orFaults<Value>(read: () => Value, faultWords: FaultWords | undefined): Read<Value> {
  try {
    return { value: read() }
  } catch (error) {
    const [first, ...others] = shownFaults(error, faultWords)
    if (first === undefined) throw error
    return { faults: [first, ...others] }
  }
}
