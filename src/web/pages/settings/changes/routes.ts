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

function rowOf({ setting, changedAt, who, reason, removed, added }: ShownChange, { changes }: SettingsWords): object {
  return {
    what: labelOf(changes.settings, setting),
    at: instantText(changedAt),
    who: who ?? changes.somebody,
    reason,
    removed: removed.map(linesOf),
    added: added.map(linesOf),
  }
}

/** A row as it stands, without what only the database needs: name and value, a line each. */
function linesOf(row: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(row)
    .filter(([name, value]) => !['id', 'division', 'language', 'digest', 'enteredBy'].includes(name) && value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`)
}
