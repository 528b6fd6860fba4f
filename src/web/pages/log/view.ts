import { mostTaken, type LogFindings } from '../../../audit/index.ts'
import { entryRow, countText, type EntryRow } from './rows.ts'
import { dateBox, type Typed } from './form.ts'
import { words } from './words.en.ts'

interface Choice {
  readonly value: string
  readonly text: string
  readonly checked: boolean
}

export interface LogView {
  readonly rows: readonly EntryRow[]
  readonly waiting: readonly EntryRow[]
  readonly waitingMore: boolean
  readonly typed: Typed
  readonly dates: { readonly from: string; readonly to: string }
  readonly groups: readonly Choice[]
  readonly kinds: readonly Choice[]
  readonly coverChecked: boolean
  readonly chosen: readonly { readonly text: string; readonly href: string }[]
  readonly filtered: boolean
  readonly size: string
  readonly covers: string | null
  readonly nextHref: string | null
  readonly firstHref: string | null
  /** False where the search had a fault. */
  readonly found: boolean
  readonly mostTaken: string
}

export function showLog(found: LogFindings | null, typed: Typed, later: boolean): LogView {
  const address = (change: Readonly<Record<string, string>>) => `/log?${new URLSearchParams({ ...typed, ...change }).toString()}`
  return {
    ...(found === null ? nothing : whatWasFound(found)),
    typed,
    found: found !== null,
    mostTaken: countText(mostTaken),
    dates: { from: dateBox(typed.from), to: dateBox(typed.to) },
    groups: choices(words.groups, typed.kind),
    kinds: choices(words.kinds, typed.kind),
    coverChecked: typed.kind === 'cover',
    chosen: chosenOf(typed),
    filtered: Object.keys(typed).length > 0,
    nextHref: typeof found?.next === 'number' ? address({ before: String(found.next) }) : null,
    firstHref: later ? address({}) : null,
  }
}

const nothing = { rows: [], waiting: [], waitingMore: false, size: '0', covers: null }

const whatWasFound = ({ items, waiting, size, covers, names }: LogFindings) => ({
  rows: items.map((item) => entryRow(item, names)),
  waiting: waiting.items.map((item) => entryRow(item, names)),
  waitingMore: waiting.more,
  size: countText(size),
  covers: covers === 0 ? null : countText(covers),
})

const choices = (labels: Readonly<Record<string, string>>, chosen: string | undefined): Choice[] =>
  Object.entries(labels).map(([value, text]) => ({ value, text, checked: value === chosen }))

function chosenOf(typed: Typed): LogView['chosen'] {
  const names: Readonly<Record<string, string>> = { ...words.kinds, ...words.groups, cover: words.table.coverKind }
  return Object.entries(typed).map(([box, value]) => {
    const { [box as keyof Typed]: _, ...rest } = typed
    const address = new URLSearchParams(rest).toString()
    const said = box === 'kind' ? (names[value] ?? value) : value
    return { text: `${words.boxes[box as keyof typeof words.boxes]}: ${said}`, href: address === '' ? '/log' : `/log?${address}` }
  })
}
