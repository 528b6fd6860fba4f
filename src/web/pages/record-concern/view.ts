import { onBehalfChannels, recipients, type OnBehalfInput, type ReadBack } from '../../../concerns/index.ts'
import type { DateText } from '../../../kernel/index.ts'
import { categoriesInForce } from '../../../settings/index.ts'
import { labels } from '../../../workflow/index.ts'
import { dateInWords, plural } from '../../layout/index.ts'
import { codeOptions, labelOf, peopleOptions, type Option } from '../../staff/options.ts'
import type { RecordSettings } from '../../staff/deps.ts'
import { valuesOf, type Typed } from '../../staff/typed.ts'
import { recordNames } from './form.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

const channelLabels = Object.fromEntries(onBehalfChannels.map((code) => [code, labels.channels[code]]))

export interface Choice {
  readonly value: string
  readonly text: string
  readonly selected: boolean
}

const choices = (any: string, list: Readonly<Record<string, string>>, chosen: string): readonly Choice[] => [
  { value: '', text: any, selected: chosen === '' },
  ...Object.entries(list).map(([value, text]) => ({ value, text, selected: value === chosen })),
]

/** The options of the questions that both ways of recording ask. */
export function sharedOptions(typed: Typed, settings: RecordSettings, today: DateText, words: Words) {
  // What was chosen and has left the list since is still shown: an answer is never changed behind its writer's back.
  const sites = Object.fromEntries(
    [...settings.sites.map(({ name }) => name), ...typed.many('site').filter((site) => site !== '')].map((name) => [name, name]),
  )
  const groups = Object.fromEntries(settings.intakeGroups.map(({ id, name }) => [id, name]))
  return {
    channels: codeOptions(channelLabels, typed.many('channel')),
    opennesses: codeOptions(labels.opennesses, typed.many('openness')),
    elements: codeOptions(categoriesOffered(settings, today), typed.many('elements')),
    sites: settings.sites.length === 0 ? null : choices(words.site.rather, sites, typed.one('site')),
    professionalGroups: choices(words.professionalGroup.rather, labels.professionalGroups, typed.one('professionalGroup')),
    immediateDanger: codeOptions(words.immediateDanger.options, typed.many('immediateDanger')),
    treatedBadly: codeOptions(words.treatedBadly.options, typed.many('treatedBadly')),
    wantsCode: codeOptions(words.wantsCode.options, typed.many('wantsCode')),
    groups:
      settings.intakeGroups.length < 2
        ? null
        : Object.entries(groups).map(([value, text]) => ({ value, text, selected: value === typed.one('intakeGroup') })),
  }
}

/** The categories in force on the day, by code: the official elements and the organisation's own. */
function categoriesOffered({ categories }: RecordSettings, today: DateText): Readonly<Record<string, string>> {
  return Object.fromEntries(categoriesInForce(categories, today).map(({ code, label }) => [code, label]))
}

export function formView(typed: Typed, settings: RecordSettings, today: DateText, words: Words) {
  const doors = Object.fromEntries(recipients.map((code) => [code, words.recipient.options[code]]))
  return {
    values: valuesOf(typed, recordNames),
    ...sharedOptions(typed, settings, today, words),
    recipients: codeOptions(doors, typed.many('recipient')),
    deputyMayRead: codeOptions(words.deputyMayRead.options, typed.many('deputyMayRead')),
    standby: codeOptions(words.standby.options, typed.many('standby')),
  }
}

interface Fact {
  readonly key: string
  readonly text: string
}

export interface ReadBackView {
  readonly text: string
  readonly cut: readonly { readonly kind: string; readonly text: string }[]
  readonly facts: readonly Fact[]
  readonly readers: readonly Option[]
  readonly overdue: boolean
  /** Everything typed, to be sent again with the text. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[]
}

export function readBackView(
  back: ReadBack,
  input: OnBehalfInput,
  typed: Typed,
  { settings, today }: { readonly settings: RecordSettings; readonly today: DateText },
  words: Words,
  language: string,
): ReadBackView {
  return {
    text: back.narrative,
    cut: back.cut.map(({ kind, text }) => ({ kind: words.readBack.cut.kinds[kind], text })),
    facts: factsOf(back, input, categoriesOffered(settings, today), words, language),
    readers: peopleOptions(back.readers, []),
    overdue: back.acknowledgeBy < today,
    hidden: recordNames.filter((name) => name !== 'text').flatMap((name) => typed.many(name).map((value) => ({ name, value }))),
  }
}

function factsOf(
  back: ReadBack,
  input: OnBehalfInput,
  categories: Readonly<Record<string, string>>,
  words: Words,
  language: string,
): readonly Fact[] {
  const say = words.readBack
  const fact = (key: string, text: string | null | undefined): readonly Fact[] => (text ? [{ key, text }] : [])
  const late = back.backDatedDays === 0 ? '' : `. ${plural(language, back.backDatedDays, say.backDated)}`
  return [
    ...fact(words.channel.legend, labels.channels[input.channel]),
    ...fact(words.receivedOn.legend, `${dateInWords(input.receivedOn)}${late}`),
    ...fact(words.people.label, input.people > 1 ? String(input.people) : null),
    ...fact(words.openness.legend, labels.opennesses[input.openness]),
    ...fact(words.name.label, input.identity?.name),
    ...fact(words.contact.label, input.identity?.contact),
    ...fact(words.elements.legend, [...input.elements, ...(input.categories ?? [])].map((code) => labelOf(categories, code)).join('; ')),
    ...fact(words.site.label, input.site),
    ...fact(words.happened.label, input.happened),
    ...fact(words.immediateDanger.legend, input.immediateDanger && words.immediateDanger.options[input.immediateDanger]),
    ...fact(words.treatedBadly.legend, input.treatedBadly && words.treatedBadly.options[input.treatedBadly]),
    ...fact(words.professionalGroup.label, input.professionalGroup && labels.professionalGroups[input.professionalGroup]),
    ...fact(words.about.label, input.about.join('; ')),
    ...fact(words.wantsCode.legend, say.code[input.wantsCode ? 'yes' : 'no']),
    ...fact(say.acknowledgeBy, dateInWords(back.acknowledgeBy)),
  ]
}
