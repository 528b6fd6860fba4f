import { canonicalJson, readNewestEntry, type AuditDraft } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import type { BankHoliday, Rule } from '../timeliness/index.ts'
import { readHolidays } from './calendar/holiday-store.ts'
import { lockSettings } from './changes/change-store.ts'
import { readRules } from './limits/rule-store.ts'
import type { SeedDeps } from './seed-settings.ts'
import { readOrganisation } from './settings-store.ts'

/** What the log says of the rules it is to be judged by: codes and dates, no word that anybody typed. */
type Published = Pick<Extract<AuditDraft, { kind: 'workflow_published' | 'calendar_published' | 'limits_published' }>, 'kind' | 'fields'>

/** The days on which nobody works besides Saturdays and Sundays, in order. */
export function calendarPublished(holidays: readonly Pick<BankHoliday, 'division' | 'date'>[]): Published {
  return { kind: 'calendar_published', fields: { division: 'england-and-wales', days: holidays.map(({ date }) => date).toSorted() } }
}

/** Every version of every time limit, each as canonical JSON: what starts and stops its clock, how long, and from which day it holds. */
export function limitsPublished(rules: readonly Rule[]): Published {
  const texts = rules.map(({ label: _label, source: _source, ...rule }) => canonicalJson({ ...rule }))
  return { kind: 'limits_published', fields: { rules: texts.toSorted() } }
}

/** The entry of a change, where what the log says of it is another. */
export function republished(before: Published, after: Published, at: Temporal.Instant): AuditDraft[] {
  return canonicalJson(before.fields) === canonicalJson(after.fields) ? [] : [draftOf(after, at)]
}

/**
 * Puts the rules in force into the log, where it last said something else: whoever checks the log goes by what it says. `workflow` is the
 * transition table. Nothing where no organisation is open yet. Recorded: `workflow_published`, `calendar_published`, `limits_published`.
 */
export async function publishRules(deps: SeedDeps, workflow: object): Promise<void> {
  const { database, audited, clock } = deps
  if ((await database.read((tx) => unpublished(tx, workflow))).length === 0) return
  await audited(async (tx) => {
    await lockSettings(tx)
    const [first, ...more] = (await unpublished(tx, workflow)).map((rules) => draftOf(rules, clock.now()))
    if (first === undefined) throw new PublishedMeanwhile()
    return { value: null, entries: [first, ...more] }
  }).catch((error: unknown) => {
    if (!(error instanceof PublishedMeanwhile)) throw error
  })
}

/** Rolls the transaction back where the other process was first. */
class PublishedMeanwhile extends Error {}

/** The entries of an organisation that opens in the caller's transaction. */
export async function firstRulesPublished(tx: Tx, workflow: object, at: Temporal.Instant): Promise<AuditDraft[]> {
  return (await unpublished(tx, workflow)).map((rules) => draftOf(rules, at))
}

async function unpublished(tx: Tx, workflow: object): Promise<readonly Published[]> {
  if ((await readOrganisation(tx)) === null) return []
  const inForce: readonly Published[] = [
    { kind: 'workflow_published', fields: { table: canonicalJson(workflow as never) } },
    calendarPublished(await readHolidays(tx)),
    limitsPublished(await readRules(tx)),
  ]
  const different: Published[] = []
  for (const rules of inForce) {
    // oxlint-disable-next-line no-await-in-loop -- one connection, three kinds
    const last = await readNewestEntry(tx, rules.kind)
    if (last === null || canonicalJson(last.fields) !== canonicalJson(rules.fields)) different.push(rules)
  }
  return different
}

const draftOf = (rules: Published, at: Temporal.Instant): AuditDraft => ({ ...rules, actor: { role: 'system' }, at }) as AuditDraft
