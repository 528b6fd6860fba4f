import { thingsThatMayShowWhoYouAre, type DraftAnswers, type Reader } from '../../../concerns/index.ts'
import type { DateText } from '../../../kernel/index.ts'
import type { FormFields } from '../../../http/index.ts'
import type { ReporterSettings } from '../../reporter/deps.ts'
import { words as checkWords } from '../check/words.en.ts'
import { words as dangerWords } from '../danger/words.en.ts'
import { offeredCategories, showElements } from '../elements/view.ts'
import { words as elementWords } from '../elements/words.en.ts'
import { showNotes } from '../inbox-notes/view.ts'
import { words as identityWords } from '../identity/words.en.ts'
import { words as knownWords } from '../known/words.en.ts'
import { readerInWords, showAbout, showDoor, type Door } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { words as notesWords } from '../notes/words.en.ts'
import { words as treatmentWords } from '../treatment/words.en.ts'
import { words as happenedWords } from '../what-happened/words.en.ts'
import { showWhereAndWhen } from '../where-when/view.ts'
import { words as whereWords } from '../where-when/words.en.ts'
import { showWork } from '../kind-of-work/view.ts'
import { words as workWords } from '../kind-of-work/words.en.ts'
import type { words as english } from './words.en.ts'

export interface Around {
  readonly settings: ReporterSettings
  readonly everyone: readonly Reader[]
  readonly doors: readonly Door[]
  readonly on: DateText
  readonly mail: { readonly setUp: boolean }
}

/** Each page's own words, so that both forms ask the same question in the same words. */
const questions = {
  danger: dangerWords,
  elements: elementWords,
  happened: happenedWords,
  where: whereWords,
  work: workWords,
  treatment: treatmentWords,
  readers: readerWords,
  known: knownWords,
  identity: identityWords,
  notes: notesWords,
  check: checkWords,
}

/** The whole form with what stands in its boxes, exactly as it was typed. */
export function showOnePage(form: FormFields, { settings, everyone, doors, on, mail }: Around, words: typeof english): object {
  const one = (name: string): string | undefined => form.one(name) || undefined
  const where = showWhereAndWhen({ site: one('site'), intakeGroup: form.one('intakeGroup') } as DraftAnswers, settings, whereWords)
  return {
    q: questions,
    typed: {
      ...Object.fromEntries(textFields.map((name) => [name, form.one(name)])),
      elements: form.many('elements'),
      readers: form.many('readers'),
    },
    dangerHint: `${dangerWords.hint} ${dangerWords.now.wait}`,
    elements: showElements({}, offeredCategories(settings.categories, {}, on), elementWords).items,
    sites: where.sites,
    groups: where.groups,
    work: showWork({}, workWords).items,
    about: showAbout({}, everyone, readerWords).readers,
    door: showDoor({}, doors, false, readerWords),
    recipient: one('recipient') ?? 'guardians',
    deputyMayRead: one('deputyMayRead') ?? 'yes',
    standby: one('standby') ?? 'no',
    known: [
      { value: 'anonymous', text: knownWords.options.anonymous.text, hint: { text: knownWords.options.anonymous.hint } },
      { value: 'confidential', text: words.known.confidential, hint: { text: words.known.confidentialHint } },
      { value: 'open', text: knownWords.options.open.text, hint: { text: knownWords.options.open.hint } },
    ],
    notes: showNotes(form, mail, notesWords),
    notesOpen: ['wants', 'address', 'part', 'understood'].some((name) => form.one(name).trim() !== ''),
  }
}

const textFields = [
  'immediateDanger',
  'narrative',
  'intakeGroup',
  'site',
  'happened',
  'day',
  'month',
  'year',
  'professionalGroup',
  'treatedBadly',
  'about',
  'openness',
  'name',
  'contact',
]

/** What a person has to have seen before it is sent: things that may show who they are, and who will read it where they changed that. */
export interface SecondLook {
  readonly mayShow: readonly { readonly kind: string; readonly excerpt: string }[]
  readonly readers: readonly string[]
  /** Comes back with the form: what is not in it yet is shown before anything is sent. */
  readonly seen: readonly string[]
}

/** A form has room for 400 fields: a text full of numbers must not make one that cannot be sent. */
const mostSeen = 100

/** Null where there is nothing to look at, or all of it was seen. */
export function secondLook(answers: DraftAnswers, readers: readonly Reader[], form: FormFields): SecondLook | null {
  const said = [answers.narrative, answers.happened].filter((text) => text !== undefined).join('\n')
  const found = answers.openness === 'open' ? [] : thingsThatMayShowWhoYouAre(said)
  const { about = [], recipient = 'guardians', deputyMayRead = true } = answers
  const asUsual = about.length === 0 && recipient === 'guardians' && deputyMayRead
  const toSee = [...found.map(({ kind, excerpt }) => `${kind} ${excerpt}`), ...(asUsual ? [] : readers.map(({ id }) => `reader ${id}`))]
  const shown = toSee.length > mostSeen ? [...toSee.slice(0, mostSeen), `${toSee.length} in all`] : toSee
  const seen = new Set(form.many('seen'))
  if (shown.every((one) => seen.has(one))) return null
  return {
    mayShow: found.map(({ kind, excerpt }) => ({ kind: checkWords.mayShow.kinds[kind], excerpt })),
    readers: asUsual ? [] : readers.map((reader) => readerInWords(reader, readerWords)),
    seen: shown,
  }
}
