import type { AuditDraft } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import { londonDate, newId } from '../kernel/index.ts'
import { firstCategories } from './categories/categories.ts'
import { insertCategories, readCategories } from './categories/category-store.ts'
import { digestOfRows } from './changes/area.ts'
import { lockSettings } from './changes/change-store.ts'
import type { SeedDeps } from './seed-settings.ts'
import { readOrganisation } from './settings-store.ts'
import { firstTexts } from './texts/in-force.ts'
import { storedText } from './texts/publish-text.ts'
import { insertTexts, readTexts } from './texts/text-store.ts'

/**
 * Enters what a release brings and this organisation does not have: categories where there are none at all, and versions of texts whose number
 * nobody has used. Changes nothing that is there. Recorded: one `settings_changed` for each kind, where there was something to enter.
 */
export async function completeSettings(deps: SeedDeps): Promise<void> {
  const missing = await deps.database.read((tx) => missingIn(deps, tx))
  if (missing === null) return
  await deps.audited(async (tx) => {
    await lockSettings(tx)
    // Another process may have been first.
    const { categories, texts } = (await missingIn(deps, tx)) ?? { categories: [], texts: [] }
    await insertCategories(tx, categories)
    await insertTexts(tx, texts)
    const entered = (setting: string, rows: readonly object[]): AuditDraft => ({
      kind: 'settings_changed',
      actor: { role: 'system' },
      at: deps.clock.now(),
      fields: { setting, rows: rows.length, digest: digestOfRows(rows as never) },
    })
    return { value: null, entries: [entered('categories', categories), entered('texts', texts)] }
  })
}

async function missingIn({ clock, random }: SeedDeps, tx: Tx) {
  if ((await readOrganisation(tx)) === null) return null
  const today = londonDate(clock.now())
  const categories = (await readCategories(tx)).length > 0 ? [] : firstCategories.map((category) => ({ id: newId(random), ...category }))
  const held = new Set((await readTexts(tx)).map(({ key, version }) => `${key}|${version}`))
  const texts = firstTexts.filter(({ key, version }) => !held.has(`${key}|${version}`)).map((text) => storedText(text, random, today, null))
  return categories.length + texts.length === 0 ? null : { categories, texts }
}
