import type { Tx } from '../database/index.ts'
import { dateFromColumn, dateToColumn } from '../kernel/index.ts'
import { readHolidays } from './calendar/holiday-store.ts'
import type { HolidayRow } from './calendar/holidays.ts'
import type { Category } from './categories/categories.ts'
import { insertCategories, readCategories } from './categories/category-store.ts'
import { insertContacts, readContacts } from './contacts/contacts-store.ts'
import { insertRules, readVersions, rulesOf, type RuleVersion } from './limits/rule-store.ts'
import type { IntakeGroup, Organisation, Site, SpeakUpContact, Stamp } from './organisation.ts'
import { readGroups, readSites } from './places/places-store.ts'
import type { Rule } from '../timeliness/index.ts'
import type { StoredText } from './texts/stored-text.ts'
import { insertTexts, readTexts } from './texts/text-store.ts'
import { readValues } from './values/value-store.ts'
import type { Values } from './values/values.ts'

export { lockSettings } from './changes/change-store.ts'

/** What an organisation is opened with, as rows. */
export interface FirstRows {
  readonly organisation: Organisation
  readonly intakeGroups: readonly IntakeGroup[]
  readonly sites: readonly Site[]
  readonly contacts: readonly SpeakUpContact[]
  readonly holidays: readonly HolidayRow[]
  readonly rules: readonly Rule[]
  readonly categories: readonly Category[]
  readonly texts: readonly StoredText[]
}

/** Everything the settings in force are made of. */
export interface SettingRows extends FirstRows {
  readonly limitVersions: readonly RuleVersion[]
  readonly values: Values
}

/** The organisation, or null where the database was never opened. There is one for each database and log. */
export async function readOrganisation(tx: Tx): Promise<Organisation | null> {
  const row = await tx.organisation.findFirst()
  return row && { id: row.id, name: row.name, stamp: row.stamp as Stamp, odsCode: row.odsCode, openedOn: dateFromColumn(row.openedOn) }
}

export async function readSettings(tx: Tx): Promise<SettingRows | null> {
  const organisation = await readOrganisation(tx)
  if (organisation === null) return null
  const [sites, limitVersions] = [await readSites(tx), await readVersions(tx)]
  return {
    organisation,
    intakeGroups: (await readGroups(tx)).map(({ id, name }) => ({ id, name })),
    sites: sites.filter(({ retiredOn }) => retiredOn === null).map(({ id, name }) => ({ id, name })),
    contacts: await readContacts(tx),
    holidays: await readHolidays(tx),
    rules: rulesOf(limitVersions),
    limitVersions,
    categories: await readCategories(tx),
    texts: await readTexts(tx),
    values: await readValues(tx),
  }
}

export async function insertSettings(tx: Tx, rows: FirstRows, contactIds: readonly string[]): Promise<void> {
  await tx.organisation.create({ data: { ...rows.organisation, openedOn: dateToColumn(rows.organisation.openedOn) } })
  await tx.intakeGroup.createMany({ data: [...rows.intakeGroups] })
  await tx.site.createMany({ data: [...rows.sites] })
  await insertContacts(tx, rows.contacts, contactIds)
  await tx.bankHoliday.createMany({
    data: rows.holidays.map((holiday) => ({ ...holiday, date: dateToColumn(holiday.date), enteredOn: dateToColumn(holiday.enteredOn) })),
  })
  await insertRules(tx, rows.rules)
  await insertCategories(tx, rows.categories)
  await insertTexts(tx, rows.texts)
}
