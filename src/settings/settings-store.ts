import { dateFromColumn, dateToColumn, type DateText, type IntakeGroupId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { BankHoliday, Rule } from '../timeliness/index.ts'
import type { IntakeGroup, Organisation, Site, SpeakUpContact, Stamp } from './organisation.ts'

/** Everything the settings are made of, as rows. */
export interface SettingRows {
  readonly organisation: Organisation
  readonly intakeGroups: readonly IntakeGroup[]
  readonly sites: readonly Site[]
  readonly contacts: readonly SpeakUpContact[]
  readonly holidays: readonly BankHoliday[]
  readonly rules: readonly Rule[]
}

/** The organisation, or null where the database was never opened. There is one for each database and log. */
export async function readOrganisation(tx: Tx): Promise<Organisation | null> {
  const row = await tx.organisation.findFirst()
  return row && { id: row.id, name: row.name, stamp: row.stamp as Stamp, odsCode: row.odsCode, openedOn: dateFromColumn(row.openedOn) }
}

export async function readSettings(tx: Tx): Promise<SettingRows | null> {
  const organisation = await readOrganisation(tx)
  if (organisation === null) return null
  const intakeGroups = await tx.intakeGroup.findMany({ orderBy: { name: 'asc' } })
  const contacts = await tx.speakUpContact.findMany({ orderBy: { position: 'asc' } })
  const holidays = await tx.bankHoliday.findMany({ where: { division: 'england-and-wales' }, orderBy: { date: 'asc' } })
  const rules = await tx.timelinessRule.findMany({ orderBy: [{ code: 'asc' }, { version: 'asc' }] })
  return {
    organisation,
    intakeGroups: intakeGroups.map(({ id, name }) => ({ id: id as IntakeGroupId, name })),
    sites: await tx.site.findMany({ orderBy: { name: 'asc' } }),
    contacts: contacts.map(({ name, detail, way, source }) => ({ name, detail, way, source })),
    holidays: holidays.map(({ date, title, source, projected }) => ({
      division: 'england-and-wales',
      date: dateFromColumn(date),
      title,
      source,
      projected,
    })),
    rules: rules.map((row) => ({
      ...row,
      unit: row.unit as Rule['unit'],
      force: row.force as Rule['force'],
      validFrom: dateFromColumn(row.validFrom),
    })),
  }
}

export async function insertSettings(tx: Tx, rows: SettingRows, contactIds: readonly string[], enteredOn: DateText): Promise<void> {
  await tx.organisation.create({ data: { ...rows.organisation, openedOn: dateToColumn(rows.organisation.openedOn) } })
  await tx.intakeGroup.createMany({ data: [...rows.intakeGroups] })
  await tx.site.createMany({ data: [...rows.sites] })
  await tx.speakUpContact.createMany({ data: rows.contacts.map((contact, at) => ({ ...contact, id: contactIds[at]!, position: at + 1 })) })
  await tx.bankHoliday.createMany({
    data: rows.holidays.map((holiday) => ({ ...holiday, date: dateToColumn(holiday.date), enteredOn: dateToColumn(enteredOn) })),
  })
  await tx.timelinessRule.createMany({ data: rows.rules.map((rule) => ({ ...rule, validFrom: dateToColumn(rule.validFrom) })) })
}

/** Makes two processes that open the organisation at once do it one after the other. Held to the end of the transaction. */
export async function lockSettings(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright settings', 0))`
}
