import type { Route } from '../../../../http/index.ts'
import { instantText } from '../../../../kernel/index.ts'
import type { ShownChange } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { administratorOnly, visitingSettings, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'

/** What was changed, by whom and why: the rows before and after, whose digests the log holds. */
export function changeRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [{ method: 'get', path: '/settings/changes', policy: administratorOnly, handle: visitingSettings(pages, deps, list) }]
}

async function list({ pages, settings, ctx, response, words }: SettingsVisit): Promise<void> {
  const changes = (await settings.viewChanges(ctx)).map((change) => rowOf(change, words))
  pages.send(response, { template: 'settings/changes/list.njk', title: words.changes.title, words, view: { changes }, back: '/settings' })
}

function rowOf({ setting, changedAt, who, reason, removed, added }: ShownChange, words: SettingsWords): object {
  const { changes } = words
  return {
    what: labelOf(changes.settings, setting),
    at: instantText(changedAt),
    who: who ?? changes.somebody,
    reason,
    removed: removed.map((row) => linesOf(row, added, changes, words)),
    added: added.map((row) => linesOf(row, removed, changes, words)),
  }
}

type Row = ShownChange['removed'][number]

const unseen: ReadonlySet<string> = new Set(['id', 'division', 'language', 'digest', 'enteredBy'])
/** What a row is known by: shown even where it is the same before and after. */
const names: ReadonlySet<string> = new Set(['name', 'label', 'key', 'code', 'date', 'version'])

/** What a row says, a line each: of one that was changed, only what is other than on the opposite side. */
function linesOf(
  row: Row,
  opposite: readonly Row[],
  { parts }: SettingsWords['changes'],
  { yes, no, none }: SettingsWords,
): readonly string[] {
  const twin = opposite.find((other) => idOf(other) === idOf(row))
  const said = (value: unknown): string => (typeof value === 'boolean' ? (value ? yes : no) : textOf(value) || none)
  return Object.entries(row)
    .filter(
      ([name, value]) =>
        !unseen.has(name) && (twin === undefined ? value !== null && value !== '' : names.has(name) || twin[name] !== value),
    )
    .map(([name, value]) => `${labelOf(parts, name)}: ${said(value)}`)
}

/** Rows without an id are one of a kind: a day of the calendar, or the only row of its setting. */
function idOf({ id, date, position, code, version }: Row): string {
  return [id ?? date ?? position ?? code, id === undefined && code !== undefined ? version : null].map(textOf).join(' ')
}

/** Rows hold texts, whole numbers, yes and no, and nothing; a list or a row inside a row is none of ours. */
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
