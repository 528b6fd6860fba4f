import { londonDate, newId, readDate, type Clock, type DateText, type IntakeGroupId, type Random } from '../kernel/index.ts'
import type { AuditDraft, AuditedTransaction } from '../audit/index.ts'
import type { Database, Tx } from '../database/index.ts'
import { firstRules } from '../timeliness/index.ts'
import bankHolidays from './bank-holidays.json' with { type: 'json' }
import { holidaysArea } from './calendar/holiday-store.ts'
import type { HolidayRow } from './calendar/holidays.ts'
import { firstCategories } from './categories/categories.ts'
import { categoriesArea } from './categories/category-store.ts'
import { digestOfRows, type Area } from './changes/area.ts'
import { contactsArea } from './contacts/contacts-store.ts'
import { rulesArea } from './limits/rule-store.ts'
import type { IntakeGroup, SpeakUpContact, Stamp } from './organisation.ts'
import { intakeGroupsArea, sitesArea } from './places/places-store.ts'
import { insertSettings, lockSettings, readOrganisation, readSettings, type FirstRows } from './settings-store.ts'
import { refuseOtherStamp } from './stamp.ts'
import { firstTexts } from './texts/in-force.ts'
import { storedText } from './texts/publish-text.ts'
import { readTexts } from './texts/text-store.ts'
import { writeValue } from './values/value-store.ts'

export interface SeedDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
}

/** What an organisation starts with, beside the bank holidays and time limits that every one starts with. */
export interface FirstSettings {
  readonly stamp: Stamp
  readonly organisation: string
  readonly odsCode?: string
  readonly intakeGroups: readonly string[]
  readonly sites: readonly string[]
  readonly contacts: readonly SpeakUpContact[]
}

/** Rolls the transaction back where the other process was first. */
class OpenedMeanwhile extends Error {}

/**
 * Opens the organisation, once: a second call, or a second process, changes nothing. Returns the intake groups. Throws
 * `CannotStart` where the organisation has the other stamp. Records `organisation_opened` and one `settings_changed` for each
 * kind of setting, with the hash of its rows.
 */
export async function seedSettings(deps: SeedDeps, first: FirstSettings): Promise<readonly IntakeGroup[]> {
  const opened = await alreadyOpened(deps.database, first.stamp)
  if (opened !== null) return opened
  try {
    return await open(deps, first)
  } catch (error) {
    if (!(error instanceof OpenedMeanwhile)) throw error
    return (await alreadyOpened(deps.database, first.stamp)) ?? []
  }
}

async function alreadyOpened(database: Database, stamp: Stamp): Promise<readonly IntakeGroup[] | null> {
  const rows = await database.read(readSettings)
  if (rows === null) return null
  refuseOtherStamp(rows.organisation.stamp, stamp)
  return rows.intakeGroups
}

async function open(deps: SeedDeps, first: FirstSettings): Promise<readonly IntakeGroup[]> {
  const prepared = prepareSettings(deps, first)
  return deps.audited(async (tx) => {
    const entries = await prepared.open(tx)
    if (entries === null) throw new OpenedMeanwhile()
    return { value: prepared.intakeGroups, entries }
  })
}

/** An organisation that is not open yet, with the ids its intake groups will have. */
export interface PreparedSettings {
  readonly intakeGroups: readonly IntakeGroup[]
  /** Writes all of it in the caller's transaction and answers with the entries to record; null where an organisation is open already. */
  open(tx: Tx): Promise<readonly [AuditDraft, ...AuditDraft[]] | null>
}

/** For a setup that writes an organisation and its first people together, or neither. */
export function prepareSettings({ clock, random }: Pick<SeedDeps, 'clock' | 'random'>, first: FirstSettings): PreparedSettings {
  const now = clock.now()
  const rows = firstRows(first, londonDate(now), random)
  return {
    intakeGroups: rows.intakeGroups,
    open: async (tx) => {
      await lockSettings(tx)
      if ((await readOrganisation(tx)) !== null) return null
      const contactIds = rows.contacts.map(() => newId(random))
      await insertSettings(tx, rows, contactIds)
      // The group named first, not the first by name
      await writeValue(tx, 'intake', { unsureGroupId: rows.intakeGroups[0]?.id ?? null })
      return entriesOf(tx, rows, now)
    },
  }
}

function firstRows(first: FirstSettings, today: DateText, random: Random): FirstRows {
  return {
    organisation: { id: newId(random), name: first.organisation, stamp: first.stamp, odsCode: first.odsCode ?? null, openedOn: today },
    intakeGroups: first.intakeGroups.map((name) => ({ id: newId<IntakeGroupId>(random), name })),
    sites: first.sites.map((name) => ({ id: newId(random), name })),
    contacts: first.contacts,
    holidays: firstHolidays(today),
    rules: firstRules,
    categories: firstCategories.map((category) => ({ id: newId(random), ...category })),
    texts: firstTexts.map((text) => storedText(text, random, today, null)),
  }
}

function firstHolidays(enteredOn: DateText): HolidayRow[] {
  return bankHolidays.map(({ date, title, source, projected }) => {
    const real = readDate(date)
    if (real === null) throw new RangeError('a bank holiday has no real date')
    return { division: 'england-and-wales', date: real, title, source, projected, enteredOn }
  })
}

const firstAreas: readonly Area[] = [
  intakeGroupsArea,
  sitesArea,
  contactsArea,
  holidaysArea,
  rulesArea,
  categoriesArea,
  { setting: 'texts', read: async (tx) => (await readTexts(tx)).map((text) => ({ ...text })) },
]

/** With the digests of the rows as they stand, so that the first change by an administrator can be seen to follow on them. */
async function entriesOf(tx: Tx, { organisation }: FirstRows, at: Temporal.Instant): Promise<[AuditDraft, ...AuditDraft[]]> {
  const actor = { role: 'system' } as const
  const entries: [AuditDraft, ...AuditDraft[]] = [{ kind: 'organisation_opened', actor, at, fields: { stamp: organisation.stamp } }]
  for (const { setting, read } of firstAreas) {
    const rows = await read(tx)
    entries.push({ kind: 'settings_changed', actor, at, fields: { setting, rows: rows.length, digest: digestOfRows(rows) } })
  }
  return entries
}
