import {
  categoriesOn,
  disclosureCategories,
  disclosureRoutes,
  type AssessmentContent,
  type AssessmentVersion,
} from '../../../../concerns/index.ts'
import { instantText, type DateText } from '../../../../kernel/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { codeOptions, type Option } from '../../../staff/options.ts'
import type { Typed } from '../../../staff/typed.ts'
import type { Section } from './sections.ts'
import { words } from './words.en.ts'

interface Row {
  readonly key: string
  readonly lines: readonly string[]
  readonly section: Section
}

export interface VersionView {
  readonly version: number
  readonly heading: string
  readonly author: string
  readonly writtenAt: string
  readonly genuine: boolean
  readonly status: string | null
  readonly note: string | null
  readonly rows: readonly Row[]
  readonly current: boolean
}

export function versionView(shown: AssessmentVersion): VersionView {
  const { version, author, writtenAt, genuine, content } = shown
  return {
    version,
    heading: words.version(version),
    author: author ?? words.unknown,
    writtenAt: instantText(writtenAt),
    genuine,
    status: content && words.statuses[content.status],
    note: content?.note ?? null,
    rows: content === null ? [] : answerRows(content),
    current: false,
  }
}

/** The answers section by section; one that was left open says so. */
export function answerRows(content: Omit<AssessmentContent, 'status'>): readonly Row[] {
  const say = words.sections
  const answered = (part: { readonly answer: keyof typeof words.answers; readonly reason?: string | undefined } | undefined) =>
    part === undefined ? [words.open] : lines(words.answers[part.answer], part.reason)
  return [
    { section: 'information', key: say.information.title, lines: [...answered(content.information), ...lines(content.information?.when)] },
    { section: 'kinds', key: say.kinds.title, lines: kindLines(content.kinds) },
    { section: 'belief', key: say.belief.title, lines: answered(content.belief) },
    { section: 'public-interest', key: say['public-interest'].title, lines: answered(content.publicInterest) },
    {
      section: 'made-to',
      key: say['made-to'].title,
      lines: content.madeTo === undefined ? [words.open] : lines(routes[content.madeTo.route], content.madeTo.reason),
    },
    { section: 'worker-status', key: say['worker-status'].title, lines: answered(content.workerStatus) },
  ]
}

function kindLines(kinds: AssessmentContent['kinds']): string[] {
  if (kinds === undefined) return [words.open]
  const label = (code: string) => disclosureCategories.find((category) => category.code === code)?.label ?? code
  return [...kinds.answers.map(({ kind, answer }) => `${label(kind)}: ${words.answers[answer]}`), ...lines(kinds.reason)]
}

const lines = (...texts: readonly (string | undefined)[]): string[] => texts.filter((text) => text !== undefined)

const routes = Object.fromEntries(
  Object.entries(disclosureRoutes).map(([code, { label, source }]) => [code, source === null ? label : `${label} (${source})`]),
) as Record<keyof typeof disclosureRoutes, string>

/** What a section's page asks. */
export function sectionView(section: Section, typed: Typed, raisedOn: DateText): object {
  const field = { information: 'information', belief: 'belief', 'public-interest': 'publicInterest', 'worker-status': 'workerStatus' }
  if (section === 'kinds') return { kinds: kindChoices(typed, raisedOn), later: laterKinds(raisedOn), reason: typed.one('kinds-reason') }
  if (section === 'made-to')
    return { name: 'madeTo', options: codeOptions(routes, typed.many('madeTo')), reason: typed.one('madeTo-reason') }
  if (section === 'result') return { statuses: statusOptions(typed), note: typed.one('note') }
  const name = field[section]
  return {
    name,
    options: codeOptions(words.answers, typed.many(name)),
    reason: typed.one(`${name}-reason`),
    when: section === 'information' ? typed.one('information-when') : null,
  }
}

function statusOptions(typed: Typed): readonly (Option & { readonly hint: { readonly text: string } })[] {
  return codeOptions(words.statuses, typed.many('status')).map((option) => ({
    ...option,
    hint: { text: words.statusHints[option.value as keyof typeof words.statusHints] },
  }))
}

function kindChoices(typed: Typed, raisedOn: DateText): readonly object[] {
  return categoriesOn(raisedOn).map(({ code, label, source }) => ({
    name: `kind-${code}`,
    label,
    source,
    items: [
      { value: '', text: words.notAnswered },
      ...codeOptions(words.answers, typed.many(`kind-${code}`)).map(({ value, text, checked }) => ({ value, text, selected: checked })),
    ],
  }))
}

function laterKinds(raisedOn: DateText): readonly string[] {
  return disclosureCategories
    .filter(({ validFrom }) => validFrom > raisedOn)
    .map(({ label, validFrom }) => words.sections.kinds.later(label, dateInWords(validFrom)))
}
