import { londonDate, newId, readDate, type Clock, type DateText, type IntakeGroupId, type Random } from '../kernel/index.ts'
import { canonicalJson, leafHash, type AuditDraft, type AuditedTransaction, type CanonicalValue } from '../audit/index.ts'
import type { Database, Tx } from '../database/index.ts'
import { firstRules, type BankHoliday } from '../timeliness/index.ts'
import bankHolidays from './bank-holidays.json' with { type: 'json' }
import type { IntakeGroup, SpeakUpContact, Stamp } from './organisation.ts'
import { insertSettings, lockSettings, readOrganisation, readSettings, type SettingRows } from './settings-store.ts'
import { refuseOtherStamp } from './stamp.ts'

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
      await insertSettings(tx, rows, contactIds, londonDate(now))
      return entriesOf(rows, now)
    },
  }
}

function firstRows(first: FirstSettings, today: DateText, random: Random): SettingRows {
  return {
    organisation: { id: newId(random), name: first.organisation, stamp: first.stamp, odsCode: first.odsCode ?? null, openedOn: today },
    intakeGroups: first.intakeGroups.map((name) => ({ id: newId<IntakeGroupId>(random), name })),
    sites: first.sites.map((name) => ({ id: newId(random), name })),
    contacts: first.contacts,
    holidays: firstHolidays(),
    rules: firstRules,
  }
}

function firstHolidays(): BankHoliday[] {
  return bankHolidays.map(({ date, title, source, projected }) => {
    const real = readDate(date)
    if (real === null) throw new RangeError('a bank holiday has no real date')
    return { division: 'england-and-wales', date: real, title, source, projected }
  })
}

function entriesOf(rows: SettingRows, at: Temporal.Instant): [AuditDraft, ...AuditDraft[]] {
  const actor = { role: 'system' } as const
  const changed = (setting: string, listed: readonly object[]): AuditDraft => ({
    kind: 'settings_changed',
    actor,
    at,
    fields: { setting, rows: listed.length, digest: digestOf(listed) },
  })
  return [
    { kind: 'organisation_opened', actor, at, fields: { stamp: rows.organisation.stamp } },
    changed('intake_groups', rows.intakeGroups),
    changed('sites', rows.sites),
    changed('speak_up_contacts', rows.contacts),
    changed('bank_holidays', rows.holidays),
    changed('timeliness_rules', rows.rules),
  ]
}

/** The leaf hash (RFC 6962 2.1) of the rows' canonical text, in hexadecimal: what was set can be checked, and the log does not repeat it. */
function digestOf(rows: readonly object[]): string {
  return Buffer.from(leafHash(canonicalJson(rows as readonly CanonicalValue[]))).toString('hex')
}
