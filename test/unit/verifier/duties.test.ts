import { beforeAll, describe, expect, test } from 'vitest'
import { main, verifyTimeliness } from '../../../scripts/verify-log.mjs'
import { zipOf } from '../../support/honest-log/bundle.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { growHonestLog, type HonestLog } from '../../support/honest-log/grow.ts'
import { actorOf, byRole, openWorld, write } from '../../support/honest-log/world.ts'
import { keysOf } from './clock-story.ts'
import { place, rewritten, verdictOn } from './stage.ts'

type Fields = Readonly<Record<string, unknown>>
type DutyAct = readonly [at: string, kind: string, fields: Fields]

const id = (digit: number) => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`
const [request, breach, report, nextReport, complaint, quarter] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

/** Autumn 2026: a request that stood still and was extended, a breach told too late, a report that recurs, a return, and a complaint that is still open. */
const story: readonly DutyAct[] = [
  ['2026-09-03T09:00:00Z', 'duty_began', { duty: report, code: 'T15', startedOn: '2025-09-10', dueOn: '2026-09-10' }],
  ['2026-09-03T09:15:00Z', 'duty_warned', { duty: report, code: 'T15', dueOn: '2026-09-10', stepOn: '2026-08-12' }],
  ['2026-09-08T10:00:00Z', 'duty_done', { duty: report, code: 'T15', number: 1, doneOn: '2026-09-07', state: 'met' }],
  ['2026-09-08T10:00:00Z', 'duty_began', { duty: nextReport, code: 'T15', startedOn: '2026-09-07', dueOn: '2027-09-07' }],
  ['2026-09-09T10:00:00Z', 'duty_began', { duty: request, code: 'T17', startedOn: '2026-09-07', dueOn: '2026-10-07' }],
  ['2026-09-10T10:00:00Z', 'duty_paused', { duty: request, code: 'T17', number: 1, reasonCode: 'identity_awaited' }],
  ['2026-09-17T10:00:00Z', 'duty_resumed', { duty: request, code: 'T17', number: 2 }],
  [
    '2026-09-18T10:00:00Z',
    'duty_extended',
    { duty: request, code: 'T17', number: 3, before: '2026-10-14', until: '2026-11-13', reasonCode: 'complex' },
  ],
  ['2026-09-21T10:00:00Z', 'duty_began', { duty: complaint, code: 'T18', startedOn: '2026-09-21', dueOn: '2026-10-21' }],
  ['2026-10-01T10:00:00Z', 'duty_began', { duty: quarter, code: 'T14', startedOn: '2026-09-30', dueOn: '2026-11-06' }],
  ['2026-10-14T08:00:00Z', 'duty_warned', { duty: complaint, code: 'T18', dueOn: '2026-10-21', stepOn: '2026-10-14' }],
  // Over the night in which the clock is put back
  [
    '2026-10-23T16:00:00Z',
    'duty_began',
    { duty: breach, code: 'T19', startedOn: '2026-10-23', startedAt: '2026-10-23T15:30:00Z', dueOn: '2026-10-26' },
  ],
  [
    '2026-10-26T15:45:00Z',
    'duty_escalated',
    {
      ...{ duty: breach, code: 'T19', step: 'executive_lead', dueOn: '2026-10-26', dueAt: '2026-10-26T15:30:00Z' },
      ...{ stepOn: '2026-10-26', stepAt: '2026-10-26T15:30:01Z' },
    },
  ],
  [
    '2026-10-26T17:00:00Z',
    'duty_done',
    { duty: breach, code: 'T19', number: 1, doneOn: '2026-10-26', doneAt: '2026-10-26T16:30:00Z', state: 'missed' },
  ],
  [
    '2026-10-27T08:00:00Z',
    'duty_escalated',
    { duty: complaint, code: 'T18', step: 'executive_lead', dueOn: '2026-10-21', stepOn: '2026-10-22' },
  ],
  ['2026-11-05T10:00:00Z', 'duty_done', { duty: quarter, code: 'T14', number: 1, doneOn: '2026-11-05', state: 'met' }],
  ['2026-11-12T10:00:00Z', 'duty_done', { duty: request, code: 'T17', number: 4, doneOn: '2026-11-12', state: 'met' }],
]

let log: HonestLog
beforeAll(async () => {
  log = await growHonestLog({ seed: 1, acts: 10, measure: 0, waits: false, rotates: false, restores: 0 })
})

const secondsOf = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 1000
const said = new Set(['duty_warned', 'duty_escalated'])

/** The entries of a service in which these acts were done, each composed as the product does, in an order that a batch may have. */
async function bundleOf(acts: readonly DutyAct[], { mixed = false } = {}) {
  const world = openWorld(createChance(7), secondsOf('2026-09-01T09:00:00Z'))
  const guardian = byRole(world, 'guardian')
  for (const [at, kind, fields] of acts.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    world.now = secondsOf(at)
    const system = said.has(kind)
    const actor = system ? ({ role: 'system' } as const) : actorOf(guardian)
    write(world, { kind: kind as never, actor, fields: system ? { ...fields, person: [guardian.alias] } : fields })
  }
  world.now = secondsOf('2026-11-20T09:00:00Z')
  write(world, { kind: 'signed_in', actor: actorOf(guardian), fields: {} })
  const texts = world.waiting.map(({ text }) => text)
  const first = texts.findIndex((text) => text.includes('"kind":"duty_'))
  const files = await rewritten(log, mixed ? [...texts.slice(0, first), ...texts.slice(first).toReversed()] : texts)
  return { files, file: place('duties.zip', zipOf(files)) }
}

const findingsIn = async (acts: readonly DutyAct[], order = {}) => verdictOn((await bundleOf(acts, order)).files, log).findings
const other = (kind: string, duty: string, change: (act: DutyAct) => DutyAct | null): DutyAct[] =>
  story.map((act) => (act[1] === kind && act[2]['duty'] === duty ? change(act) : act)).filter((act) => act !== null)
const fields =
  (more: Fields) =>
  ([at, kind, was]: DutyAct): DutyAct => [at, kind, { ...was, ...more }]
const on =
  (at: string) =>
  ([, kind, was]: DutyAct): DutyAct => [at, kind, was]
const left = () => null

describe('what the organisation owes', () => {
  test('raises no alarm as it was, in whatever order it is read, but for that order', async () => {
    expect(await findingsIn(story)).toEqual([])
    expect((await findingsIn(story, { mixed: true })).filter(({ check }) => check !== 'order')).toEqual([])
  })

  test.each<[string, () => DutyAct[], string, RegExp]>([
    [
      'a date that the law does not give',
      () => other('duty_began', request, fields({ dueOn: '2026-11-07' })),
      'wrong_deadline',
      /T17 was due/,
    ],
    [
      'an hour more for a breach',
      () => other('duty_escalated', breach, fields({ dueAt: '2026-10-26T16:30:00Z' })),
      'wrong_deadline',
      /T19/,
    ],
    [
      'a beginning to come',
      () => other('duty_began', complaint, fields({ startedOn: '2026-09-22', dueOn: '2026-10-22' })),
      'duty_to_come',
      /T18/,
    ],
    ['done before it began', () => other('duty_done', request, fields({ doneOn: '2026-09-06' })), 'done_before_it_began', /T17/],
    ['done on a day to come', () => other('duty_done', quarter, fields({ doneOn: '2026-11-06' })), 'done_to_come', /T14/],
    ['a late one called in time', () => other('duty_done', breach, fields({ state: 'met' })), 'wrong_outcome', /T19 was met/],
    [
      'late by the day, and called in time',
      () => other('duty_done', request, ([, kind, was]) => ['2026-11-17T10:00:00Z', kind, { ...was, doneOn: '2026-11-16' }]),
      'wrong_outcome',
      /T17 was met/,
    ],
    ['a report that was done, taken out', () => other('duty_done', report, left), 'runs_twice', /T15 a second time/],
    ['the next report taken out', () => other('duty_began', nextReport, left), 'no_next', /T15/],
    [
      'a next report from another day',
      () => other('duty_began', nextReport, fields({ startedOn: '2026-09-08', dueOn: '2027-09-08' })),
      'runs_twice',
      /T15/,
    ],
    ['the beginning taken out', () => other('duty_began', complaint, left), 'no_such_duty', /nobody began/],
    ['a step between taken out', () => other('duty_resumed', request, left), 'duty_gap', /number 2 is missing/],
    [
      'a pause of what never stands still',
      () => [...story, ['2026-10-02T10:00:00Z', 'duty_paused', { duty: quarter, code: 'T14', number: 1, reasonCode: 'fee_awaited' }]],
      'pause_not_allowed',
      /T14/,
    ],
    [
      'going on without a pause',
      () => other('duty_paused', request, ([at]) => [at, 'duty_resumed', { duty: request, code: 'T17', number: 1 }]),
      'not_paused',
      /T17/,
    ],
    ['more than two months more', () => other('duty_extended', request, fields({ until: '2026-12-15' })), 'extension_too_long', /T17/],
    ['another date before the later one', () => other('duty_extended', request, fields({ before: '2026-10-07' })), 'wrong_deadline', /T17/],
    ['a later date once it was late', () => other('duty_extended', request, on('2026-10-15T10:00:00Z')), 'moved_too_late', /T17/],
    [
      'something after the end',
      () => [...story, ['2026-11-13T10:00:00Z', 'duty_paused', { duty: request, code: 'T17', number: 5, reasonCode: 'fee_awaited' }]],
      'duty_done_already',
      /T17/,
    ],
    ['a warning of another date', () => other('duty_warned', complaint, fields({ dueOn: '2026-10-22' })), 'wrong_deadline', /T18/],
    [
      'passed up though it was not late',
      () => other('duty_escalated', complaint, ([, kind, was]) => ['2026-10-21T15:00:00Z', kind, { ...was, stepOn: '2026-10-21' }]),
      'told_too_early',
      /T18/,
    ],
    [
      'passed up an hour before the 72 are over',
      () => other('duty_escalated', breach, on('2026-10-26T14:45:00Z')),
      'told_too_early',
      /T19/,
    ],
    [
      'passed up twice',
      () => [
        ...story,
        [
          '2026-10-28T08:00:00Z',
          'duty_escalated',
          { duty: complaint, code: 'T18', step: 'executive_lead', dueOn: '2026-10-21', stepOn: '2026-10-22' },
        ],
      ],
      'told_twice',
      /T18/,
    ],
    [
      'passed up to whom the limit does not name',
      () => other('duty_escalated', complaint, fields({ step: 'deputy' })),
      'told_wrongly',
      /T18/,
    ],
    ['passed up after it was done', () => other('duty_escalated', breach, on('2026-10-27T15:45:00Z')), 'told_when_done', /T19/],
    [
      'a duty under another rule',
      () =>
        other('duty_done', complaint, left).map((act) =>
          act[1] === 'duty_warned' && act[2]['duty'] === complaint ? fields({ code: 'T17' })(act) : act,
        ),
      'wrong_duty',
      /another rule/,
    ],
  ])('%s: named', async (_what, acts, code, words) => {
    const findings = await findingsIn(acts())
    const found = findings.find((finding) => finding.code === code)
    expect(findings.map((finding) => finding.code)).toContain(code)
    expect(found).toMatchObject({ severity: 'tampered', message: expect.stringMatching(words) })
    expect(found!.index).toBeGreaterThan(0)
  })

  const timeliness = async (acts: readonly DutyAct[], more: object = {}) => {
    const { file } = await bundleOf(acts)
    return { file, told: verifyTimeliness({ file, keys: keysOf(log), ...more }) }
  }

  test('stands in the check of timeliness, with whom the clock told', async () => {
    const { told, file } = await timeliness(story, { rows: true })
    expect(told).toMatchObject({ exitCode: 0, findings: [] })
    const rowOf = (duty: string) => told.dutyRows.find((row) => row.duty === duty)
    expect(rowOf(request)).toMatchObject({ firstDueOn: '2026-10-07', dueOn: '2026-11-13', outcome: 'met', pausedDays: 5, extensions: 1 })
    expect(rowOf(breach)).toMatchObject({ dueAt: '2026-10-26T15:30:00Z', outcome: 'missed', hours: 73 })
    expect(rowOf(breach)).toMatchObject({ escalatedOn: '2026-10-26', escalatedTo: 'executive_lead' })
    expect(rowOf(complaint)).toMatchObject({ outcome: 'overdue', warnedOn: '2026-10-14' })
    expect(told.duties.find(({ code }) => code === 'T15')).toMatchObject({ met: 1, running: 1, overdue: 0 })
    let out = ''
    expect(main(['timeliness', file, ...log.keys.flatMap((key) => ['--key', key])], (text) => (out += text))).toBe(0)
    expect(out).toMatch(/Duties of the organisation as a whole[\s\S]*T18 +0 +0 +0 +0 +1 +0/)
    expect(out).toContain(`late: T18 ${complaint}, due 2026-10-21; told from 2026-10-27: executive_lead`)
    const earlier = verifyTimeliness({ file, keys: keysOf(log), today: '2026-10-20', rows: true })
    expect(earlier.dutyRows.find(({ duty }) => duty === complaint)).toMatchObject({ outcome: 'running', escalatedTo: '' })
  })

  test('stands in every period in which it was open, so that what takes a year is not lost between two', async () => {
    const { file } = await bundleOf(story)
    const of = (from: string, to: string) =>
      new Set(verifyTimeliness({ file, keys: keysOf(log), from, to, rows: true }).dutyRows.map(({ duty }) => duty))
    expect(of('2026-09-01', '2026-09-08')).toEqual(new Set([report, nextReport, request]))
    expect(of('2026-11-06', '2026-11-20')).toEqual(new Set([nextReport, request, complaint]))
  })

  test('late though nobody was told, and neither done, is named as missing something', async () => {
    const { told } = await timeliness(other('duty_escalated', complaint, left))
    expect(told).toMatchObject({ exitCode: 3, findings: [{ code: 'nobody_told', message: expect.stringContaining('T18') as string }] })
    const withoutEnd = (await timeliness(other('duty_done', request, left))).told
    expect(withoutEnd.findings.map(({ code }) => code)).toEqual(['nobody_told'])
  })
})

type DutyCells = Readonly<Record<string, string | number | null | readonly (string | number | null)[]>>

describe('the organisation’s duties in the service’s report', () => {
  const listed = ['escalatedTo', 'escalatedEntries', 'movedFor']
  let file: string
  let ours: readonly DutyCells[]
  let today: string
  beforeAll(async () => {
    ;({ file } = await bundleOf(story))
    const told = verifyTimeliness({ file, keys: keysOf(log), rows: true })
    today = told.today!
    const worded = (row: object): DutyCells =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]: [string, string]) => {
          if (!listed.includes(name)) return [name, value]
          const words = value === '' ? [] : value.split(' ')
          return [name, name === 'escalatedEntries' ? words.map(Number) : words]
        }),
      )
    ours = told.dutyRows.map(({ dueAt: _dueAt, ...row }) => worded(row))
  })
  const sumsOf = (items: readonly DutyCells[]) =>
    [...Map.groupBy(items, ({ code }) => code as string)].map(([code, own]) => {
      const of = (...wanted: readonly string[]) => own.filter(({ outcome }) => wanted.includes(outcome as string))
      const untold = of('missed', 'overdue').filter(({ escalatedTo }) => (escalatedTo as readonly string[]).length === 0).length
      return {
        ...{ code, version: 1, denominator: own.length, lateWithoutEscalation: untold },
        ...Object.fromEntries(['met', 'missed', 'running', 'paused', 'overdue'].map((outcome) => [outcome, of(outcome).length])),
      }
    })
  const compared = (duties: object | undefined) => {
    const text = JSON.stringify({ from: '2018-01-01', to: today, asOf: today, concerns: { items: [], next: null }, duties })
    return verifyTimeliness({ file, keys: keysOf(log), report: place('report.json', Buffer.from(text)) })
  }
  const comparedItems = (items: readonly DutyCells[]) => compared({ rules: sumsOf(items), items })
  const changed = (duty: string, change: DutyCells) =>
    comparedItems(ours.map((row) => (row['duty'] === duty ? { ...row, ...change } : row)))

  test('agree where they are what the entries give, as JSON and as CSV', () => {
    expect(comparedItems(ours)).toMatchObject({ exitCode: 0, compared: ours.length, findings: [] })
    const header = Object.keys(ours[0]!)
    const cell = (value: DutyCells[string]) => (Array.isArray(value) ? value.join(' ') : `${(value as string | number | null) ?? ''}`)
    const csv = [header.join(','), ...ours.map((row) => header.map((name) => cell(row[name]!)).join(','))].join('\r\n')
    const told = verifyTimeliness({ file, keys: keysOf(log), today, report: place('duties.csv', Buffer.from(`${csv}\r\n`)) })
    expect(told).toMatchObject({ exitCode: 0, compared: ours.length, findings: [] })
  })

  test.each<[string, () => DutyCells, string]>([
    ['a late one called in time', () => ({ outcome: 'met' }), 'outcome'],
    ['another date', () => ({ dueOn: '2026-10-27' }), 'dueOn'],
    ['another day of its end', () => ({ stoppedOn: '2026-10-25' }), 'stoppedOn'],
    ['an hour less', () => ({ hours: 72 }), 'hours'],
    ['law called local', () => ({ force: 'LOCAL' }), 'force'],
    ['written down sooner', () => ({ stopRecordedOn: '2026-10-25' }), 'stopRecordedOn'],
    ['told sooner', () => ({ escalatedOn: '2026-10-25' }), 'escalatedOn'],
    ['somebody else told', () => ({ escalatedTo: ['deputy'] }), 'escalatedTo'],
    ['another entry', () => ({ startedEntry: 1 }), 'startedEntry'],
    ['another entry of who was told', () => ({ escalatedEntries: [1] }), 'escalatedEntries'],
    ['another reason', () => ({ movedFor: ['complex'] }), 'movedFor'],
  ])('%s: named, with the duty', (_what, change, name) => {
    const told = changed(breach, change())
    const found = told.findings.find(({ code }) => code === 'duty_differs')
    expect([told.exitCode, found?.duty, found?.differing]).toEqual([1, breach, [name]])
    expect(found?.message).toContain('T19')
  })

  test('one left out, one twice, and one of its own making are named', () => {
    const codesOf = (items: readonly DutyCells[]) => comparedItems(items).findings.map(({ code }) => code)
    expect(codesOf(ours.filter(({ duty }) => duty !== complaint))).toEqual(['duty_missing', 'total_differs'])
    expect(codesOf([...ours, ours[0]!])).toEqual(['duty_twice', 'total_differs'])
    expect(codesOf([...ours, { ...ours[0]!, duty: id(9) }])).toEqual(['duty_unknown', 'total_differs'])
  })

  test('false totals are named, also that of those late of whom nobody was told', () => {
    const falseIn = (change: object) =>
      compared({ items: ours, rules: sumsOf(ours).map((sum) => (sum.code === 'T18' ? { ...sum, ...change } : sum)) })
    for (const change of [{ denominator: 2 }, { overdue: 0 }, { lateWithoutEscalation: 1 }])
      expect(falseIn(change)).toMatchObject({ exitCode: 1, findings: [{ code: 'total_differs', rule: 'T18' }] })
  })

  test('a report that leaves them all out says too little, and what had no place yet is to be downloaded again', () => {
    expect(compared(undefined)).toMatchObject({ exitCode: 3, findings: [{ code: 'duties_not_told' }] })
    expect(changed(breach, { startedEntry: null, escalatedEntries: [null] })).toMatchObject({
      exitCode: 3,
      findings: [{ code: 'no_place_told' }],
    })
  })
})
