import { batchSchedule } from './audit/index.ts'
import { compose, paceOf } from './composition.ts'
import {
  createSweep,
  createTellUrgentCalls,
  createUrgentLook,
  forgetReporterOrder,
  keepAllClocks,
  keepTonightsClocks,
  purgeReporterRows,
  purgeSampleTexts,
} from './concerns/index.ts'
import { createDutySweep } from './duties/index.ts'
import { findDutyKey, openLogKeys, openPublishedFile } from './config/index.ts'
import { connectionOf, createJobRunner, signerConnectionOf } from './database/index.ts'
import { addSampleConcerns } from './demonstration/index.ts'
import { createSigning } from './signing.ts'
import { createMailing, mailSchedule } from './mailing.ts'
import { readStartUp } from './start-up.ts'
import { assertStrong, dutyKeysOf } from './vault/index.ts'

/**
 * The background process, started by `main.ts` and gone with it. Its jobs run by the clock alone and look at the state: none is made by a
 * reporter's act, because its timestamp would date that act.
 */
const startUp = readStartUp(process.env)
const { config, log } = startUp
// A fault of the database is told by its kind: its own words go on no console. The web process starts us again.
process.on('uncaughtException', (error) => {
  log('internal_error', { where: 'worker', kind: error.name })
  process.exit(1)
})
const connection = connectionOf(startUp.server)
const service = await compose(startUp, connection, { maxConnections: 4 })

const signing = createSigning(service, {
  connection: signerConnectionOf(startUp.server),
  files: openLogKeys(config.data.secretsDir, assertStrong),
  pace: paceOf(config.mode),
  witnesses: config.witnesses,
  published: openPublishedFile(config.data.dir),
  tell: (state) => void process.send?.({ signing: state }),
})

const dutyKey = findDutyKey(config.data.secretsDir, (key) => dutyKeysOf(key).publicKey)
const dutyKeys = dutyKey && dutyKeysOf(dutyKey)
if (dutyKeys === null) log('duty_key_missing')
process.send?.({ lacks: dutyKeys === null ? ['duty_key_missing'] : [] })
const mailing = createMailing(service, config.mail, config.calls, dutyKeys)

const jobs = {
  purge: async () =>
    (await purgeReporterRows(service.database, service.clock)) +
    (await purgeSampleTexts(service.database, service.clock)) +
    (await service.accounts.purgeSessions()) +
    (await service.accounts.forgetNames()) +
    (await mailing.purge()),
  forget_order: async () => {
    await forgetReporterOrder(service.database)
    return 0
  },
  keep_clocks: () => keepTonightsClocks(service),
  sweep_clocks: createSweep({ ...service, directory: service.accounts.directory, dutyKeys }),
  sweep_duties: createDutySweep({ ...service, directory: service.accounts.directory }),
  integrate: () => signing.run(),
  check_log: () => service.auditing.checks.runNightly(),
  mail_checkpoint: () => mailing.mailCheckpoint(),
  write_notes: () => mailing.writeNotes(),
  write_notices: () => mailing.writeNotices(),
  look_for_danger: createUrgentLook(service),
  tell_urgent_calls: createTellUrgentCalls(service),
  deliver_mail: () => mailing.deliver(),
} as const
const schedule: Record<keyof typeof jobs, string> = {
  purge: '15 * * * *',
  forget_order: '40 4 * * *',
  keep_clocks: '5 0 * * *',
  // In working hours of every day: what falls due does so by its day, on the first of these
  sweep_clocks: '*/15 8-17 * * *',
  // Hours run at night and at weekends; what goes by its day waits for the day
  sweep_duties: '*/15 * * * *',
  integrate: batchSchedule,
  check_log: '30 3 * * *',
  mail_checkpoint: mailSchedule,
  write_notes: '* * * * *',
  write_notices: '* * * * *',
  look_for_danger: '*/15 * * * *',
  tell_urgent_calls: '50 4 * * *',
  deliver_mail: '* * * * *',
}

const often: ReadonlySet<string> = new Set(['sweep_duties', 'write_notes', 'write_notices', 'deliver_mail'])

const boss = createJobRunner(connection)
boss.on('error', () => log('job_failed', { job: 'runner', kind: 'connection' }))
await boss.start()
for (const name of Object.keys(jobs) as (keyof typeof jobs)[]) {
  await boss.createQueue(name, { policy: 'singleton', retryLimit: 3 })
  await boss.schedule(name, schedule[name], null, { tz: 'Europe/London' })
  await boss.work(name, async () => {
    try {
      const count = await jobs[name]()
      // One that looks again and again speaks only where it did something; one that looks for danger never, since a line has a time
      if (name !== 'look_for_danger' && (count > 0 || !often.has(name))) log('job_done', { job: name, count })
    } catch (error) {
      log('job_failed', { job: name, kind: error instanceof Error ? error.name : 'unknown' })
      throw error
    }
  })
}
log('worker_started')
// What was due while nothing ran is made up for
if (config.mode !== 'demonstration') void makeUp()
process.send?.('ready')

/** The batch first, so that a letter that was due meanwhile tells of it. */
async function makeUp(): Promise<void> {
  await signing.run().catch(() => log('job_failed', { job: 'integrate', kind: 'start' }))
  await mailing.mailCheckpoint().catch(() => log('job_failed', { job: 'mail_checkpoint', kind: 'start' }))
}

async function stop(): Promise<void> {
  await boss.stop({ graceful: true, timeout: 5_000 })
  await signing.close()
  await service.close()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('disconnect', () => process.exit(0)) // the web process is gone, and with it the database

if (config.sampleConcerns) log('sample_concerns_added', { count: await addSampleConcerns(service, startUp.clock.now()) })
// They are of days gone by, for which no batch looks once the log has begun; nor did a night go by in which their clocks were written down
if (config.mode === 'demonstration') {
  await keepAllClocks(service)
  signing.keepRunning()
}
