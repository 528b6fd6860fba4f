import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { main, readDay, reckonClocks, verifyTimeliness, type ReckonedRow } from '../../../scripts/verify-log.mjs'
import { clocksIn, timelineOf } from '../../../src/concerns/clocks/timeline.ts'
import type { DateText } from '../../../src/kernel/index.ts'
import { rowOf } from '../../../src/reporting/clock-row.ts'
import { concernRow, saidIn } from '../../../src/reporting/concern-rows.ts'
import { clocksOf, createCalendar, type ClockReading, type Rule } from '../../../src/timeliness/index.ts'
import { filesOf, zipOf } from '../../support/honest-log/bundle.ts'
import { growHonestLog, type HonestLog } from '../../support/honest-log/grow.ts'
import { bankHolidays, calendar } from '../timeliness/days.ts'
import { anyFacts, anyHistory, anyRules, anyToday } from '../timeliness/histories.ts'
import { bundleOf, keysOf, retold, story, type StoryAct } from './clock-story.ts'
import { place, verdictOn } from './stage.ts'

const none = -2_147_483_648
const dayOf = (date: string | undefined) => (date === undefined ? none : readDay(date))
const items = ['', 'a', 'b']

test('the verifier, written apart, works out the same clocks in four thousand histories', () => {
  const holidays = new Set(bankHolidays.map(({ date }) => readDay(date)))
  let compared = 0
  fc.assert(
    fc.property(anyHistory, anyRules, anyToday, anyFacts, (history, { rules }, today, { danger, returnChannel }) => {
      const events = history.map((event, at) => ({ ...event, entry: String(at) }))
      const theirs = reckonClocks({
        events: events.map(({ kind, on, of = '', until, clock = '', entry }) => ({
          event: kind,
          ...{ entry, clock, item: items.indexOf(of), day: readDay(on), until: dayOf(until) },
        })),
        rules: rules.map((rule) => ({ ...rule, validFrom: readDay(rule.validFrom) })),
        ...{ holidays, facts: { danger, reachable: returnChannel }, today: readDay(today) },
      })
      const ours = clocksOf(
        events,
        rules.filter(({ scope }) => scope === 'concern'),
        calendar,
        today,
        { danger, returnChannel },
      )
      compared += ours.length
      const read = ({ code, version, cycle, of, round, startedOn, firstDueOn, dueOn, ...clock }: ClockReading) => [
        ...[code, version, cycle, items.indexOf(of ?? ''), round, readDay(startedOn), readDay(firstDueOn), readDay(dueOn)],
        ...[dayOf(clock.stoppedOn), clock.pausedDays, clock.extensions, clock.state, clock.workingDaysTaken, clock.endedBy ?? null],
        ...[clock.startEntry, clock.stopEntry],
      ]
      expect(
        theirs.map((clock) => [
          ...[clock.code, clock.version, clock.cycle, clock.item, clock.round, clock.startedOn, clock.firstDueOn, clock.dueOn],
          ...[clock.stoppedOn, clock.pausedDays, clock.extensions, clock.outcome, clock.workingDays, clock.endedBy],
          ...[clock.began.entry, clock.stop?.entry],
        ]),
      ).toEqual(ours.map(read))
    }),
    { numRuns: 4_000 },
  )
  expect(compared).toBeGreaterThan(10_000)
})

/** Every clock of a log by the product's own reckoning, as rows of its report. */
function reported(texts: readonly string[], today: string): ReckonedRow[] {
  const entries = texts.map((text, index) => ({ ...JSON.parse(text), index })).filter(({ lane }) => lane !== 'cover')
  const newest = (kind: string) => entries.findLast((entry) => entry.kind === kind).fields
  const rules = (newest('limits_published').rules as string[]).map((rule) => JSON.parse(rule) as Rule)
  const settings = { rules, calendar: createCalendar((newest('calendar_published').days as string[]).map((date) => ({ date }))) }
  const byConcern = Map.groupBy(
    entries.filter(({ concern }) => concern !== undefined),
    ({ concern }) => concern as string,
  )
  return [...byConcern].flatMap(([concern, own]) => {
    const on = (entry: { on?: string; at?: string }) =>
      (entry.on ?? Temporal.Instant.from(entry.at!).toZonedDateTimeISO('Europe/London').toPlainDate().toString()) as DateText
    const received =
      own.find(({ kind }) => kind === 'concern_recorded')?.fields.receivedOn ?? on(own.find(({ kind }) => kind === 'concern_raised'))
    const told = own.map((entry) => ({ kind: entry.kind, on: on(entry), text: JSON.stringify(entry) })).filter((entry) => entry.on <= today)
    // Of one day staff's acts come first
    const inOrder = told.toSorted((a, b) =>
      a.on < b.on ? -1 : a.on > b.on ? 1 : Number(isReporters(a.text)) - Number(isReporters(b.text)),
    )
    return clocksIn(timelineOf(received, told), settings, today as DateText)
      .filter(({ code }) => rules.some((rule) => rule.code === code && rule.scope === 'concern'))
      .map((reading) => {
        const {
          openness: _o,
          riskGrade: _g,
          decision: _d,
          receivedOn: _r,
          recordedOn: _c,
          lag: _l,
          movedFor: _m,
          ...row
        } = concernRow(rowOf(reading), {
          concern: { id: '', alias: concern, raisedOn: received, entries: inOrder },
          said: saidIn({ entries: inOrder }),
          reading,
          placeOf: (entry) => own.find(({ id }) => id === entry)?.index ?? null,
          asOf: today as DateText,
          calendar: settings.calendar,
        })
        return { ...row, escalatedTo: row.escalatedTo.join(' '), escalatedRoles: row.escalatedRoles.join(' ') }
      })
  })
}

const isReporters = (text: string): boolean => (JSON.parse(text) as { lane: string }).lane === 'reporter'

const reportOf = (rows: readonly object[], more: object = {}) =>
  place('report.json', JSON.stringify({ from: '2020-01-01', to: '2030-12-31', concerns: { items: rows, next: null }, ...more }))

describe('of honest logs', () => {
  test.each([3, 14, 15, 92])(
    'it gives every clock as the product does, and finds no fault with the product’s report (seed %i)',
    async (seed) => {
      const log = await growHonestLog({ seed, acts: 250, measure: 0, waits: false, rotates: false, restores: 0 })
      const file = place('honest.zip', zipOf(await filesOf(log)))
      const { rows, today } = verifyTimeliness({ file, keys: keysOf(log), rows: true })
      const ours = reported(log.texts, today!)
      const byText = (list: readonly ReckonedRow[]) => list.map((row) => JSON.stringify(row)).toSorted()
      expect(rows!.length).toBeGreaterThan(20)
      expect(byText(rows!)).toEqual(byText(ours))
      const compared = verifyTimeliness({ file, keys: keysOf(log), report: reportOf(ours, { asOf: today }) })
      expect(compared).toMatchObject({ verdict: 'whole', exitCode: 0, compared: ours.length, findings: [] })
    },
  )
})

describe('a concern whose investigation was paused and given a later date', () => {
  let log: HonestLog
  beforeAll(async () => {
    log = await growHonestLog({ seed: 1, acts: 10, measure: 0, waits: false, rotates: false, restores: 0 })
  })
  const codesIn = async (acts: readonly StoryAct[]) => {
    const { files } = await bundleOf(log, acts)
    return verdictOn(files, log).findings.map(({ code, severity }) => `${severity} ${code}`)
  }
  const others = (kind: string, clock: string, fields: object) =>
    retold((act) => (act[1] === kind && act[2]['clock'] === clock ? [act[0], kind, { ...act[2], ...fields }] : act))

  test('raises no alarm as it was', async () => {
    expect(await codesIn(story)).toEqual([])
  })

  test.each<[string, () => StoryAct[], string]>([
    [
      'a pause of the first answer',
      () => retold((act) => act, ['2026-09-07', 'clock_paused', { clock: 'T1', of: null, until: '2026-09-30', reasonCode: 'police' }]),
      'pause_not_allowed',
    ],
    ['a pause of more than the limit allows', () => others('clock_paused', 'T7', { until: '2027-02-01' }), 'pause_too_long'],
    [
      'a pause once the date had passed',
      () => retold((act) => act, ['2026-11-02', 'clock_paused', { clock: 'T7', of: null, until: '2026-11-05', reasonCode: 'police' }]),
      'moved_too_late',
    ],
    [
      'a later date once the date had passed',
      () =>
        retold(
          (act) => act,
          ['2026-11-02', 'clock_extended', { clock: 'T7', of: null, before: '2026-10-30', until: '2026-11-30', reasonCode: 'more' }],
        ),
      'moved_too_late',
    ],
    [
      'a later date for the decision, which can have none',
      () =>
        retold(
          (act) => act,
          ['2026-09-08', 'clock_extended', { clock: 'T4', of: null, before: '2026-09-22', until: '2026-11-30', reasonCode: 'more' }],
        ),
      'extension_not_allowed',
    ],
    ['another date before the extension', () => others('clock_extended', 'T7', { before: '2026-10-16' }), 'wrong_deadline'],
    ['another date before a task’s', () => others('clock_extended', 'T13', { before: '2026-10-29' }), 'wrong_deadline'],
    ['a warning of another date', () => others('clock_warned', 'T7', { dueOn: '2026-11-30' }), 'wrong_deadline'],
    ['an escalation of another date', () => others('clock_escalated', 'T6', { dueOn: '2026-10-21' }), 'wrong_deadline'],
    ['an escalation of another word', () => others('clock_escalated', 'T6', { round: 2 }), 'wrong_deadline'],
    ['an escalation of a clock that never ran', () => others('clock_escalated', 'T6', { cycle: 2 }), 'no_such_clock'],
    [
      'an escalation before the date',
      () => retold((act) => (act[1] === 'clock_escalated' && act[2]['clock'] === 'T7' ? ['2026-10-29', act[1], act[2]] : act)),
      'told_too_early',
    ],
    [
      'a moved deadline of the decision that no calendar gives',
      () =>
        retold(
          (act) => act,
          ['2026-09-08', 'deadline_moved', { setting: 'bank_holidays', clock: 'T4', of: null, before: '2026-09-22', after: '2026-09-24' }],
        ),
      'wrong_deadline',
    ],
  ])('%s is found', async (_, acts, code) => {
    expect(await codesIn(acts())).toContain(`tampered ${code}`)
  })

  const today = '2026-11-15'
  const compare = async (change: (rows: ReckonedRow[]) => object[], more: object = {}) => {
    const { file } = await bundleOf(log, story)
    const { rows } = verifyTimeliness({ file, keys: keysOf(log), today, rows: true })
    return {
      rows: rows!,
      verdict: verifyTimeliness({ file, keys: keysOf(log), report: reportOf(change([...rows!]), { asOf: today, ...more }) }),
    }
  }

  test('is reported as late, by the date it was given last', async () => {
    const { rows, verdict } = await compare((all) => all)
    expect(verdict).toMatchObject({ exitCode: 0, compared: rows.length, findings: [] })
    expect(rows.find(({ code }) => code === 'T7')).toMatchObject({
      ...{ firstDueOn: '2026-10-08', dueOn: '2026-10-30', stoppedOn: '2026-11-03', outcome: 'missed', pausedDays: 5, extensions: 1 },
    })
    expect(rows.find(({ code }) => code === 'T13')).toMatchObject({ dueOn: '2026-11-06', outcome: 'met' })
  })

  test.each<[string, (row: ReckonedRow) => object]>([
    ['late counted as kept', (row) => ({ ...row, outcome: 'met' })],
    ['a later date than the log has', (row) => ({ ...row, dueOn: '2026-11-30', extensions: 2, outcome: 'met' })],
    ['fewer days', (row) => ({ ...row, workingDays: 1 })],
    ['another place in the log', (row) => ({ ...row, stoppedEntry: row.stoppedEntry! - 1 })],
    ['answered by somebody else', (row) => ({ ...row, stoppedRole: 'investigator' })],
    ['nobody told', (row) => ({ ...row, escalatedOn: null, escalatedEntry: null, escalatedTo: [], escalatedRoles: [] })],
    ['another lead told', (row) => ({ ...row, escalatedTo: ['non_executive_lead'] })],
    ['left out as not needed', (row) => ({ ...row, outcome: 'not_applicable', endedBy: 'withdrawn' })],
  ])('%s in the report is found, with concern and rule', async (_, change) => {
    const { rows, verdict } = await compare((all) => all.map((row) => (row.code === 'T7' ? change(row) : row)))
    expect(verdict).toMatchObject({ exitCode: 1, verdict: 'tampered' })
    expect(verdict.findings).toMatchObject([{ code: 'row_differs', concern: rows[0]!.concern, rule: 'T7' }])
    expect(verdict.findings[0]!.message).toContain(rows[0]!.concern)
  })

  test('names the entries that started and stopped it, who wrote them, and whom the clock told', async () => {
    const { rows, verdict } = await compare((all) => all.map((row) => ({ ...row, stoppedEntry: null })))
    const t7 = rows.find(({ code }) => code === 'T7')!
    const { texts } = await bundleOf(log, story)
    const kindAt = (index: number | null) => (index === null ? null : (JSON.parse(texts[index]!) as { kind: string }).kind)
    expect([t7.startedEntry, t7.escalatedEntry, t7.stoppedEntry].map(kindAt)).toEqual([
      ...['investigation_started', 'clock_escalated', 'findings_recorded'],
    ])
    expect(t7).toMatchObject({ startedRole: 'guardian', stoppedRole: 'guardian', escalatedOn: '2026-11-02' })
    expect(t7).toMatchObject({ escalatedTo: 'executive_lead', escalatedRoles: 'system' })
    // A report that is older than the entry's place is not wrong, and not whole either
    expect(verdict).toMatchObject({ exitCode: 3, findings: [{ code: 'no_place_told' }] })
  })

  test('an escalation of one action is not told of another that was late on the same days', async () => {
    const [dam, lock] = ['33333333-2222-4333-8444-555555555555', '44444444-2222-4333-8444-555555555555']
    const told = { clock: 'T13', of: dam, cycle: 1, round: 1, step: 'executive_lead', dueOn: '2026-10-01', stepOn: '2026-10-02' }
    const acts = retold(
      (act) => act,
      ['2026-09-11', 'task_set', { task: dam, dueOn: '2026-10-01' }],
      ['2026-09-11', 'task_set', { task: lock, dueOn: '2026-10-01' }],
      ['2026-10-02', 'clock_escalated', told],
      ['2026-10-02', 'task_done', { task: lock }],
    )
    const { file, texts } = await bundleOf(log, acts)
    const { rows } = verifyTimeliness({ file, keys: keysOf(log), today, rows: true })
    const of = (list: readonly ReckonedRow[]) =>
      [dam, lock].map((each) => list.find((row) => row.of === each)).map((row) => [row?.outcome, row?.escalatedOn])
    const expected = [
      ['overdue', '2026-10-02'],
      ['missed', null],
    ]
    expect(of(rows!)).toEqual(expected)
    expect(of(reported(texts, today))).toEqual(expected)
  })

  test('a row that is missing, made up or there twice is found', async () => {
    const codes = async (change: (rows: ReckonedRow[]) => object[]) => (await compare(change)).verdict.findings.map(({ code }) => code)
    expect(await codes((all) => all.filter(({ code }) => code !== 'T7'))).toEqual(['row_missing'])
    expect(await codes((all) => [...all, { ...all[0]!, concern: '99999999-9999-4999-8999-999999999999' }])).toEqual(['row_unknown'])
    expect(await codes((all) => [...all, all[0]!])).toEqual(['row_twice'])
  })

  test('other totals, or another number of concerns, are found', async () => {
    const rules = [{ code: 'T7', met: 1, missed: 0, running: 0, paused: 0, overdue: 0, excluded: [] }]
    const { verdict } = await compare((all) => all, { rules, population: { inLog: 2, waiting: 0 } })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['population_differs', 'total_differs'])
  })

  test('concerns that wait for the log are no fault, and the answer says that not all is there', async () => {
    const later = { concern: '99999999-9999-4999-8999-999999999999' }
    const { verdict } = await compare((all) => [...all, { ...all[0]!, ...later }], { population: { inLog: 1, waiting: 1 } })
    expect(verdict).toMatchObject({ exitCode: 3, verdict: 'incomplete' })
  })

  test('the command compares JSON and CSV, says what differs, and refuses what is no report', async () => {
    const { rows } = await compare((all) => all)
    const { file } = await bundleOf(log, story)
    const run = (...more: string[]) => {
      let out = ''
      const code = main(['timeliness', file, ...log.keys.flatMap((key) => ['--key', key]), ...more], (text) => (out += text))
      return { code, out }
    }
    const csv = (list: readonly object[]) =>
      [
        Object.keys(list[0]!).join(),
        ...list.map((row) =>
          Object.values(row)
            .map((value) => (value === null ? '' : `"${String(value)}"`))
            .join(),
        ),
      ].join('\r\n')
    expect(run()).toMatchObject({ code: 0, out: expect.stringMatching(/T7 +0 +1 +0/) })
    const same = ['--today', today, '--report']
    expect(run(...same, place('rows.csv', csv(rows)))).toMatchObject({ code: 0, out: expect.stringContaining('AGREES') })
    const forged = rows.map((row) => (row.code === 'T7' ? { ...row, outcome: 'met' } : row))
    expect(run(...same, place('rows.csv', csv(forged)))).toMatchObject({ code: 1, out: expect.stringMatching(/T7: outcome met.*missed/) })
    expect(run('--report', place('none.json', '{"a":1}')).code).toBe(2)
    expect(run('--report', place('part.json', JSON.stringify({ concerns: { items: [], next: 'x' } }))).code).toBe(2)
    expect(run('--from', 'yesterday').code).toBe(2)
    expect(JSON.parse(run('--json').out).rows.length).toBeGreaterThan(5)
  })
})
