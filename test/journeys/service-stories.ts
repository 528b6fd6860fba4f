import { takeBackup } from '../../scripts/backup/take-backup.ts'
import { declareRestore } from '../../scripts/restore/declare.ts'
import { londonDate, systemRandom } from '../../src/kernel/index.ts'
import { createCheckpointMail } from '../../src/mailing.ts'
import { createRegularNote } from '../../src/regular-note.ts'
import { calendarChange, limitChange } from '../../src/settings/index.ts'
import { createBackupKeys } from '../../src/vault/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { PersonName } from '../support/app.ts'
import type { TestSigning } from '../support/log.ts'
import type { Leaves } from './lost-keys.ts'
import { callWhoIsOnCall } from './on-call-story.ts'

/** What the service is told, and what the rest is judged by. */
export async function changeSettings(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { raise, service } = world
  const fresh = (person: PersonName) => world.contextOf(person)
  await leaves(['settings_changed', 'settings_previewed', 'limits_published', 'calendar_published', 'deadline_moved'], async () => {
    await raise()
    const ctx = async () => ({ ...(await fresh('administrator')), steppedUp: true })
    const admin = service.settingsAdministration
    const today = londonDate(world.clock.now())
    const limits = await admin.viewLimits(await ctx())
    const change = limitChange.parse({
      ...{ code: 'T1', force: 'LOCAL', source: 'A test', limit: 9, unit: 'working_days', validFrom: limits.earliest },
    })
    await admin.previewLimit(await ctx(), change)
    await admin.changeLimit(await ctx(), { change, seen: limits.seen, reason: 'To see' })
    const { calendar } = await service.settings.current()
    const day = calendarChange.parse({ change: 'add', date: calendar.addWorkingDays(today, 1), title: 'A day', source: 'Proclaimed' })
    await admin.changeCalendar(await ctx(), { day, seen: (await admin.viewCalendar(await ctx())).seen, reason: 'To see' })
  })
}

async function* walkOver<Row>(rows: Promise<readonly Row[]>) {
  yield* await rows
}

/** What the service does by itself: signs, mails, is backed up, and comes back from a backup. */
export async function runByItself(world: HandlingWorld, signing: TestSigning, leaves: Leaves): Promise<void> {
  const fresh = (person: PersonName) => world.contextOf(person)
  await leaves(
    ['log_key_announced', 'log_key_retired', 'checkpoint_mailed', 'mail_round_made', 'urgent_called', 'backup_made', 'restore_declared'],
    async () => {
      await signing.keys.rotate()
      await signing.integrate()
      world.clock.advance({ hours: 31 * 24 })
      await signing.integrate()
      const ctx = { ...(await fresh('administrator')), steppedUp: true }
      const { seen: before } = await world.service.settingsAdministration.viewCheckpointReaders(ctx)
      const reader = { role: 'Board secretary', name: 'Priya Nair', address: 'priya@trust.example' }
      await world.service.settingsAdministration.addCheckpointReader(ctx, { ...reader, seen: before, reason: 'Agreed' })
      // Never back: codes of a later time were used
      world.clock.set(world.clock.now().toZonedDateTimeISO('UTC').add({ days: 1 }).with({ hour: 8 }).toInstant().toString())
      await createCheckpointMail(world.service).mailIfDue()
      await createRegularNote(world.service).writeIfDue()
      await callWhoIsOnCall(world, ctx)
      const { dataDir, clock, database, origin: publicOrigin } = world
      const { publicKey } = createBackupKeys()
      const backup = { owner: database.owner, dataDir, publicOrigin, clock, random: systemRandom }
      await takeBackup(backup, publicKey, async () => {})
      const declaration = { clock, random: systemRandom, outside: [], copyOn: '2027-03-01', noticeDays: 3, newerList: null }
      const query = async (sql: string, values: readonly unknown[] = []) => (await database.asSuperuser.query(sql, [...values])).rows
      await declareRestore(declaration, { query, walk: (sql) => walkOver(query(sql)) })
    },
  )
}
