import { builtInViews, type CappedCount, type QueueItem, type QueuePage } from '../../../concerns/index.ts'
import { labels, statusWords } from '../../../workflow/index.ts'
import { plural, type PluralForms } from '../../layout/index.ts'
import { deadlineOf, type Deadline } from '../../staff/deadlines.ts'
import { codeOptions, labelOf, type Option } from '../../staff/options.ts'
import { ownerInWords } from '../../staff/owner.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { filterNames, queueHref, saveHref, without, type Chosen, type FilterName } from './form.ts'
import { words } from './words.en.ts'

interface Count {
  readonly text: string
  /** Null where there is nothing to go to. */
  readonly href: string | null
}

interface QueueRow {
  readonly href: string
  readonly reference: string
  readonly title: string | null
  /** What stands in its place where there is none. */
  readonly untitled: string
  readonly danger: boolean
  readonly detriment: boolean
  readonly site: string | null
  readonly deadline: Deadline | null
  readonly why: string
  readonly status: string
  readonly about: string
  readonly owner: string
  readonly unread: boolean
  readonly age: string
}

export interface QueueView {
  readonly counts: readonly Count[]
  readonly rows: readonly QueueRow[]
  readonly filters: Readonly<Record<FilterName, readonly Option[]>>
  readonly chosen: readonly { readonly text: string; readonly href: string }[]
  readonly showing: string | null
  readonly nextHref: string | null
  readonly firstHref: string | null
  readonly filtered: boolean
  /** The views everybody has. */
  readonly views: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
  readonly saveHref: string | null
  /** Told once, above the whole list. */
  readonly onlyGuardian: boolean
}

export function queueView(page: QueuePage, chosen: Chosen, firstRow: number, language: string): QueueView {
  const { items, next } = page
  return {
    counts: countsOf(page, language),
    rows: items.map(rowOf),
    filters: filtersOf(chosen, page.owners),
    chosen: chosenView(chosen, page.owners),
    showing: showingWords(page, firstRow),
    nextHref: next === null ? null : queueHref(chosen, { cursor: next, from: firstRow + items.length }),
    firstHref: firstRow === 1 ? null : queueHref(chosen),
    filtered: Object.keys(chosen).length > 0,
    views: builtIns(chosen),
    saveHref: Object.keys(chosen).length === 0 ? null : saveHref(chosen),
    onlyGuardian: page.onlyGuardian && firstRow === 1 && Object.keys(chosen).length === 0,
  }
}

function countsOf({ counts }: QueuePage, language: string): readonly Count[] {
  const say = words.counts
  return [
    count(counts.overdue, say.overdue, say.overdueMore, { due: 'overdue' }, language),
    count(counts.dueToday, say.dueToday, say.dueTodayMore, { due: 'today' }, language),
    count(counts.unread, say.unread, say.unreadMore, { unread: 'yes' }, language),
  ]
}

function count(capped: CappedCount, forms: PluralForms, more: string, filter: Chosen, language: string): Count {
  const text = plural(language, capped.count, capped.more ? { other: more } : forms)
  return { text, href: capped.count === 0 ? null : queueHref(filter) }
}

function rowOf(item: QueueItem): QueueRow {
  return {
    href: `/concerns/${item.id}`,
    reference: item.reference,
    title: item.title,
    untitled: untitledOf(item),
    danger: item.danger,
    detriment: item.openDetriment,
    site: item.site,
    deadline: item.nextClock && deadlineOf(item.nextClock),
    why: item.why.words,
    status: statusWords[item.status].staff,
    about: item.withheld === null ? aboutOf(item) : words.withheld[item.withheld].about,
    owner: ownerInWords(item),
    unread: item.unread,
    age: String(item.ageInWorkingDays),
  }
}

/** What stands for a title that is not there: none was given, or the reader is not the one to read it. */
export function untitledOf({ withheld }: Pick<QueueItem, 'withheld'>): string {
  return withheld === null ? staffWords.noTitle : words.withheld[withheld].title
}

const aboutOf = ({ elements }: QueueItem): string => elements.map((element) => labels.elements[element]).join('; ') || staffWords.noElements

/** The views everybody has, with the one in use marked. */
export function builtIns(chosen: Chosen): QueueView['views'] {
  return Object.entries(builtInViews).map(([code, filter]) => ({
    href: queueHref(filter),
    text: labelOf(words.views.builtIn, code),
    current: queueHref(filter) === queueHref(chosen),
  }))
}

const statuses = Object.fromEntries(Object.entries(statusWords).map(([code, { staff }]) => [code, staff]))

/** What each filter can be. A column of the queue in clear, every one of them. */
const choices: Readonly<Record<FilterName, Readonly<Record<string, string>>>> = {
  stage: words.filters.stage,
  status: statuses,
  due: words.filters.due,
  owner: { me: words.filters.owner.me, none: words.filters.owner.none },
  unread: { yes: words.filters.only.unread },
  openness: labels.opennesses,
  danger: { yes: words.filters.only.danger },
  detriment: { yes: words.filters.only.detriment },
  raised: { this_week: words.filters.raised.thisWeek },
}

function choicesOf(name: FilterName, owners: QueuePage['owners']): Readonly<Record<string, string>> {
  return name === 'owner' ? { ...choices.owner, ...Object.fromEntries(owners.map((owner) => [owner.id, owner.name])) } : choices[name]
}

function filtersOf(chosen: Chosen, owners: QueuePage['owners']): QueueView['filters'] {
  const options = (name: FilterName) => codeOptions(choicesOf(name, owners), [chosen[name] ?? ''])
  return Object.fromEntries(filterNames.map((name) => [name, options(name)])) as QueueView['filters']
}

/** The filters in use, each in words with the address of the list without it. */
export function chosenView(chosen: Chosen, owners: QueuePage['owners']): QueueView['chosen'] {
  return filterNames.flatMap((name) => {
    const code = chosen[name]
    return code === undefined
      ? []
      : [{ text: `${words.filters.names[name]}: ${chosenWords(name, code, owners)}`, href: queueHref(without(chosen, name)) }]
  })
}

function chosenWords(name: FilterName, code: string, owners: QueuePage['owners']): string {
  if (code === 'yes') return words.filters.yes
  const known = choicesOf(name, owners)
  return name === 'owner' && !Object.hasOwn(known, code) ? words.filters.owner.other : labelOf(known, code)
}

function showingWords({ items, counts }: QueuePage, firstRow: number): string | null {
  if (items.length === 0) return null
  const say = words.paging
  const all = String(counts.all.count)
  return say.showing(String(firstRow), String(firstRow + items.length - 1), counts.all.more ? say.over(all) : all)
}
