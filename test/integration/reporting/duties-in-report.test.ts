import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVerifierKey, verifyTimeliness } from '../../../scripts/verify-log.mjs'
import { presentTimeliness } from '../../../src/api/reports/present.ts'
import { timelinessAnswer } from '../../../src/api/reports/schema.ts'
import { createDutySweep, dutiesInLog, dutyBeginning, dutyDone, type DutyReading } from '../../../src/duties/index.ts'
import { clockedKinds, clocksIn, timelineOf } from '../../../src/concerns/index.ts'
import type { DateText } from '../../../src/kernel/index.ts'
import { createReporting, timelinessInput, timelinessQueryOf, type Reporting, type TimelinessReport } from '../../../src/reporting/index.ts'
import { integrateAll, takeBundle, type Taken } from '../../support/verified-log.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
/** As with real concerns: of the last day that is over. */
let reporting: Reporting
let sweep: () => Promise<number>
let taken: Taken
const duties = new Map<string, DutyReading>()

const view = (query: object = {}, person: 'auditor' | 'executive' = 'auditor') =>
  reporting.timeliness.view(world.as(person), timelinessQueryOf(timelinessInput.parse({ from: '2026-11-01', limit: '1000', ...query })))
const itemsIn = (report: TimelinessReport) => report.duties.items!
const itemOf = (report: TimelinessReport, name: string) => itemsIn(report).find(({ duty }) => duty === duties.get(name)!.id)!

beforeAll(async () => {
  world = await startHandlingWorld()
  const { database, audited, settings, accounts } = world.service
  reporting = createReporting(
    {
      ...{ database, audited, settings, clockedKinds, reckonDuties: dutiesInLog },
      reckon: (raisedOn, entries, by, on) => clocksIn(timelineOf(raisedOn, entries), by, on),
    },
    { demonstration: false },
  )
  sweep = createDutySweep({ ...world.service, directory: accounts.directory })
  const guardian = () => world.as('guardian')
  const begin = async (name: string, input: object) =>
    void duties.set(name, await world.service.duties.begin(guardian(), dutyBeginning.parse(input)))
  const done = async (name: string, input: object) => world.service.duties.done(guardian(), duties.get(name)!.id, dutyDone.parse(input))
  const at = async (instant: string) => {
    world.clock.set(instant)
    await sweep()
  }
  world.clock.set('2026-11-23T09:00:00Z')
  await begin('review', { code: 'T16', startedOn: '2025-11-20' })
  await begin('complaint', { code: 'T18', startedOn: '2026-11-20' })
  await begin('request', { code: 'T17', startedOn: '2026-11-23' })
  await at('2026-11-23T10:00:00Z')
  await world.service.duties.pause(guardian(), duties.get('request')!.id, { reasonCode: 'clarification_awaited' })
  world.clock.set('2026-11-30T09:00:00Z')
  await world.service.duties.resume(guardian(), duties.get('request')!.id)
  await world.service.duties.extend(guardian(), duties.get('request')!.id, { until: '2027-02-12' as DateText, reasonCode: 'complex' })
  await begin('breach', { code: 'T19', startedAt: '2026-11-29T15:20:00Z' })
  await at('2026-12-02T15:30:00Z')
  world.clock.set('2026-12-02T18:00:00Z')
  await done('breach', { doneAt: '2026-12-02T17:40:00Z' })
  await at('2026-12-14T10:00:00Z')
  await at('2026-12-22T10:00:00Z')
  world.clock.set('2026-12-28T10:00:00Z')
  await done('review', { doneOn: '2026-12-23' })
  // Of the day that is not over: in no report
  world.clock.set('2027-01-05T09:00:00Z')
  await begin('today', { code: 'T18', startedOn: '2027-01-04' })
  await done('complaint', { doneOn: '2027-01-05' })
  await integrateAll(world)
  taken = await takeBundle(world)
}, 120_000)
afterAll(() => world.close())

describe('What the organisation owes as a whole, in the auditor’s report:', () => {
  test('each duty with its days, its outcome, its force and source, who was told, and the entries that prove it', async () => {
    const report = await view()
    expect(itemsIn(report).map(({ code }) => code)).toEqual(['T16', 'T16', 'T17', 'T18', 'T19'])
    expect(itemOf(report, 'review')).toMatchObject({
      ...{ startedOn: '2025-11-20', recordedOn: '2026-11-23', dueOn: '2026-11-20', stoppedOn: '2026-12-23', stopRecordedOn: '2026-12-28' },
      ...{ outcome: 'missed', force: 'NATIONAL_POLICY', source: expect.stringContaining('reviewed every year') as string },
      ...{ warnedOn: '2026-11-23', escalatedOn: '2026-11-23', escalatedTo: ['executive_lead'], hours: null },
    })
    expect(itemOf(report, 'request')).toMatchObject({
      ...{ firstDueOn: '2026-12-23', dueOn: '2027-02-12', outcome: 'running', pausedDays: 5, extensions: 1 },
      movedFor: ['clarification_awaited', 'complex'],
    })
    expect(itemOf(report, 'breach')).toMatchObject({ outcome: 'missed', hours: 74, startedOn: '2026-11-29', force: 'STATUTORY' })
    // As of the day that is over: its end is of today
    expect(itemOf(report, 'complaint')).toMatchObject({ outcome: 'overdue', stoppedOn: null, stoppedEntry: null })
    const kindsAt = async (places: readonly (number | null)[]) =>
      (
        await world.database.asSuperuser.query<{ kind: string }>(
          'select kind from log_position where index = any($1) order by array_position($1, index)',
          [places],
        )
      ).rows.map(({ kind }) => kind)
    const { startedEntry, warnedEntry, escalatedEntries, stoppedEntry, startedRole } = itemOf(report, 'breach')
    expect(await kindsAt([startedEntry, warnedEntry, ...escalatedEntries, stoppedEntry])).toEqual([
      ...['duty_began', 'duty_warned', 'duty_escalated', 'duty_done'],
    ])
    expect(startedRole).toBe('guardian')
  })

  test('no row has a time of day, and none names anybody', async () => {
    const items = JSON.stringify(presentTimeliness(await view()).duties)
    expect(items).not.toMatch(/\d\d:\d\d/)
    for (const person of ['guardian', 'deputy', 'executive', 'administrator'] as const)
      expect(items).not.toContain(world.as(person).person.alias)
  })

  test('says what the register says on that day, and counts what it lists', async () => {
    world.clock.set('2027-01-06T00:00:00Z')
    const report = await view()
    world.clock.set('2027-01-05T23:59:59Z')
    for (const reading of await world.service.duties.list(world.as('auditor'))) {
      const row = itemsIn(report).find(({ duty }) => duty === reading.id)!
      const { startedOn, firstDueOn, dueOn, doneOn, state, pausedDays, extensions, force, source } = reading
      expect(row).toMatchObject({ startedOn, firstDueOn, dueOn, stoppedOn: doneOn, outcome: state, pausedDays, extensions, force, source })
    }
    for (const rule of report.duties.rules) {
      const own = itemsIn(report).filter(({ code }) => code === rule.code)
      const of = (outcome: string) => own.filter((row) => row.outcome === outcome).length
      expect(rule).toMatchObject({ denominator: own.length, met: of('met'), missed: of('missed'), overdue: of('overdue') })
    }
    expect(report.duties.rules.find(({ code }) => code === 'T18')).toMatchObject({
      ...{ denominator: 2, met: 0, missed: 1, running: 1, metPercent: 0, lateWithoutEscalation: 0 },
    })
    world.clock.set('2027-01-05T09:00:00Z')
  })

  test('stands in every period in which it was open, and in no other', async () => {
    const codesIn = async (from: string, to: string) =>
      itemsIn(await view({ from, to })).map(({ code, startedOn }) => `${code} ${startedOn}`)
    expect(await codesIn('2026-01-01', '2026-10-31')).toEqual(['T16 2025-11-20'])
    expect(await codesIn('2026-12-24', '2026-12-31')).toEqual(['T16 2026-12-23', 'T17 2026-11-23', 'T18 2026-11-20'])
  })

  test('the verifier works each out from the log and agrees, with the page’s figures, as JSON and as CSV; one false word it names', async () => {
    const answer = timelinessAnswer.parse(presentTimeliness(await view()))
    const known = { file: taken.file, keys: [readVerifierKey(taken.key)] }
    const place = (name: string, written: string) => {
      const file = join(world.dataDir, name)
      writeFileSync(file, written)
      return file
    }
    const compare = (report: object) => verifyTimeliness({ ...known, report: place('report.json', JSON.stringify(report)) })
    expect(compare(answer)).toMatchObject({ exitCode: 0, compared: 5, findings: [] })
    const items = answer.duties.items!.map((row) => (row.code === 'T19' ? { ...row, outcome: 'met' } : row))
    expect(compare({ ...answer, duties: { ...answer.duties, items } })).toMatchObject({
      exitCode: 1,
      findings: [{ code: 'duty_differs', duty: duties.get('breach')!.id, differing: ['outcome'] }],
    })
    const csv = await reporting.timeliness.take({ ...world.as('auditor'), freshCode: true }, asked, 'csv', 'duties')
    const out = new PassThrough()
    const [written] = await Promise.all([text(out), csv.write(out)])
    expect(csv.fileName).toMatch(/-duties\.csv$/)
    expect(
      verifyTimeliness({ ...known, today: answer.asOf, from: answer.from, to: answer.to, report: place('d.csv', written) }),
    ).toMatchObject({
      ...{ exitCode: 0, compared: 5, findings: [] },
    })
  })

  const asked = { from: '2026-11-01' as DateText, to: null }

  test('leads have the figures and no single one; a file of single ones is refused to them', async () => {
    const { duties: seen } = await view({}, 'executive')
    expect([seen.items, seen.rules.length]).toEqual([null, 4])
    const lead = { ...world.as('executive'), freshCode: true }
    expect(await refusalOf(reporting.timeliness.take(lead, asked, 'csv', 'duties'))).toBe('permission_denied')
  })
})
