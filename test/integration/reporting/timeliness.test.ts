import { PassThrough } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockedKinds, clocksIn, keepAllClocks, sendOnInput, taskInputs, timelineOf } from '../../../src/concerns/index.ts'
import { dutiesInLog } from '../../../src/duties/index.ts'
import { addDays, londonDate, type ConcernId, type DateText } from '../../../src/kernel/index.ts'
import { createReporting, timelinessInput, timelinessQueryOf, type ConcernRow, type Reporting } from '../../../src/reporting/index.ts'
import { readConcernEntries } from '../../../src/audit/index.ts'
import { rowOf } from '../../../src/reporting/clock-row.ts'
import { startSigning } from '../../support/log.ts'
import { sweepOf } from '../../support/sweep.ts'
import { unzip } from '../../support/unzip.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
let signing: ReturnType<typeof startSigning>
/** As with real concerns: the last day that is over. */
let reporting: Reporting
const ids: ConcernId[] = []
const tokens = new Map<ConcernId, string>()
let readNow: (query?: object) => ReturnType<Reporting['timeliness']['view']>

beforeAll(async () => {
  world = await startHandlingWorld()
  signing = startSigning(world)
  const { database, audited, settings } = world.service
  const reckon: Parameters<typeof createReporting>[0]['reckon'] = (raisedOn, entries, by, on) =>
    clocksIn(timelineOf(raisedOn, entries), by, on)
  reporting = createReporting({ database, audited, settings, reckon, reckonDuties: dutiesInLog, clockedKinds }, { demonstration: false })
  readNow = (query = {}) =>
    reporting.timeliness.view(world.as('auditor'), timelinessQueryOf(timelinessInput.parse({ from: '2026-11-01', ...query })))
  const raiseOn = async (day: string) => {
    world.clock.set(`${day}T10:00:00Z`)
    const { id, token } = await world.raise({ openness: 'anonymous' })
    ids.push(id)
    tokens.set(id, token)
    return id
  }
  const [answered, late, silent, resolved] = [
    await raiseOn('2026-11-23'),
    await raiseOn('2026-11-23'),
    await raiseOn('2026-11-24'),
    await raiseOn('2026-11-24'),
  ]
  await world.bring(answered, 'triaged')
  world.clock.set('2026-12-01T09:00:00Z')
  await world.act('guardian', late, 'escalate', { to: 'executive_lead', reason: 'Nobody has answered.' } as never)
  world.clock.set('2026-12-02T09:00:00Z')
  await world.bring(late, 'acknowledged')
  await world.bring(resolved, 'resolved')
  const visit = { requestId: 'test', now: world.clock.now() }
  await world.concerns.sendOn(await world.concerns.openByToken(visit, tokens.get(silent)!), sendOnInput.parse({ reason: 'late' }), null)
  world.clock.set('2026-12-07T00:05:00Z')
  await keepAllClocks(world.service)
  // After the night: a concern of yesterday has no kept clock yet, one of today is not over
  await raiseOn('2026-12-08')
  world.clock.set('2026-12-09T09:00:00Z')
  await raiseOn('2026-12-09')
  await signing.integrate()
}, 120_000)
afterAll(async () => {
  await signing.close()
  await world.close()
})

const yesterday = (): DateText => addDays(londonDate(world.clock.now()), -1)

/** What the one pure function says of every concern on the report's day. */
async function reckonedRows(): Promise<Map<string, object>> {
  const { rows } = await world.database.asSuperuser.query<{ id: ConcernId; alias: string; raised: DateText }>(
    'select id, log_alias as alias, raised_on::text as raised from concern',
  )
  const by = await world.service.settings.current()
  const all = new Map<string, object>()
  for (const { id, alias, raised } of rows) {
    const entries = await world.service.database.read((tx) => readConcernEntries(tx, id))
    const known = entries.filter(({ kind, on }) => clockedKinds.includes(kind) && on <= yesterday())
    if (!known.some(({ kind }) => kind === 'concern_raised')) continue
    for (const clock of clocksIn(timelineOf(raised, known), by, yesterday()))
      all.set([alias, clock.code, clock.cycle, clock.of ?? '', clock.round].join(' '), rowOf(clock))
  }
  return all
}

const keyOf = ({ concern, code, cycle, of, round }: ConcernRow) => [concern, code, cycle, of ?? '', round].join(' ')

describe('The auditor’s timeliness report', () => {
  test('says of every clock what the one pure function says of it, and leaves none out', async () => {
    const { concerns } = await readNow({ limit: '1000' })
    const reckoned = await reckonedRows()
    expect(concerns!.next).toBe(null)
    expect(new Set(concerns!.items.map(keyOf))).toEqual(new Set(reckoned.keys()))
    for (const row of concerns!.items) expect(row).toMatchObject(reckoned.get(keyOf(row))!)
    // Kept clocks and clocks reckoned anew both took part
    expect(new Set(concerns!.items.map(({ startedOn }) => startedOn))).toContain('2026-12-08')
  })

  test('counts the same clocks as it lists', async () => {
    const { rules, concerns, months } = await readNow({ limit: '1000' })
    for (const rule of rules) {
      const own = concerns!.items.filter(({ code }) => code === rule.code)
      const of = (outcome: string) => own.filter((row) => row.outcome === outcome).length
      expect([rule.code, rule.met, rule.missed, rule.running, rule.overdue]).toEqual([
        ...[rule.code, of('met'), of('missed'), of('running'), of('overdue')],
      ])
      expect(rule.denominator + rule.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(own.length)
    }
    const t1 = rules.find(({ code }) => code === 'T1')!
    expect(months.reduce((sum, { met, missed, overdue, running, paused }) => sum + met + missed + overdue + running + paused, 0)).toBe(
      t1.denominator,
    )
    expect(t1).toMatchObject({ met: 1, missed: 2, overdue: 1, running: 1, metPercent: 25, lateWithoutEscalation: 1 })
    expect(concerns!.items.filter(({ code, escalatedOn }) => code === 'T1' && escalatedOn !== null)).toMatchObject([
      { concern: await aliasOf(ids[1]!), escalatedOn: '2026-12-01', escalatedTo: ['executive_lead'], escalatedRoles: ['guardian'] },
      { concern: await aliasOf(ids[2]!), escalatedOn: '2026-12-02', escalatedTo: ['executive_lead'], escalatedRoles: ['reporter'] },
    ])
  })

  test('leads from each clock to the entries that started, stopped and passed it up, and says in which role they were written', async () => {
    const { concerns } = await readNow({ limit: '1000', code: 'T1' })
    const row = concerns!.items.find(({ escalatedRoles }) => escalatedRoles[0] === 'guardian')!
    const at = [row.startedEntry, row.escalatedEntry, row.stoppedEntry]
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
      'select kind from log_position where index = any($1) order by array_position($1, index)',
      [at],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['concern_raised', 'concern_escalated', 'concern_acknowledged'])
    expect([row.startedRole, row.stoppedRole]).toEqual(['reporter', 'guardian'])
    for (const each of concerns!.items)
      expect([each.stoppedOn === null, each.stoppedEntry === null]).toEqual(each.stoppedOn === null ? [true, true] : [false, false])
  })

  test('has as many concerns as were raised and as the log says, and tells where a number is not there yet', async () => {
    const { population } = await readNow()
    expect(population).toEqual({ raised: 5, inLog: 5, waiting: 0, recordedToday: 0, reported: 5 })
  })

  test('is the same whatever reporters and staff do today', async () => {
    const before = await readNow({ limit: '1000' })
    await world.raise()
    await world.bring(ids[2]!, 'triaged')
    await keepAllClocks(world.service)
    const after = await readNow({ limit: '1000' })
    expect(after).toEqual(before)
    world.clock.set('2026-12-10T09:00:00Z')
    const next = await readNow({ limit: '1000' })
    expect(next.population.reported).toBe(7)
    const reckoned = await reckonedRows()
    expect(new Set(next.concerns!.items.map(keyOf))).toEqual(new Set(reckoned.keys()))
    for (const row of next.concerns!.items) expect(row).toMatchObject(reckoned.get(keyOf(row))!)
  })

  test('leaves nobody out because a night was missed', async () => {
    const before = await readNow({ limit: '1000' })
    await world.database.asSuperuser.query('delete from concern_clock where concern_id = $1', [ids[2]])
    expect(await readNow({ limit: '1000' })).toEqual(before)
  })

  test('goes on page by page, without a gap or a repetition, in one order', async () => {
    const whole = await readNow({ limit: '1000' })
    const items: ConcernRow[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await readNow({ limit: '4', ...(cursor !== '' && { cursor }) })
      items.push(...page.concerns!.items)
      cursor = page.concerns!.next
    }
    expect(items).toEqual(whole.concerns!.items)
  })

  test('gives leads figures of whole months that are over, and no single clock; others nothing', async () => {
    const query = timelinessQueryOf(timelinessInput.parse({ from: '2026-11-23', to: '2026-12-09' }))
    const { period, concerns, population } = await reporting.timeliness.view(world.as('executive'), query)
    expect(period).toMatchObject({ from: '2026-11-01', to: '2026-11-30' })
    expect([concerns, population.reported]).toEqual([null, 5]) // four, to the nearest five
    for (const person of ['guardian', 'investigator', 'administrator'] as const)
      expect(await refusalOf(reporting.timeliness.view(world.as(person), query))).toBe('permission_denied')
  })

  test('takes figures away for a lead as it shows them: rounded, so that no file tells of one concern more', async () => {
    const taken = await reporting.timeliness.take(
      { ...world.as('executive'), freshCode: true },
      { from: '2026-11-01' as DateText, to: '2026-11-30' as DateText },
      ...(['csv', 'figures'] as const),
    )
    const out = new PassThrough()
    const [written] = await Promise.all([text(out), taken.write(out)])
    const [names, ...lines] = written
      .trimEnd()
      .split('\r\n')
      .map((line) => line.replaceAll(/"[^"]*"/g, '').split(','))
    const counted = ['denominator', 'met', 'missed', 'running', 'paused', 'overdue', 'excluded', 'lateWithoutEscalation', 'moved']
    const numbers = lines.flatMap((cells) => counted.map((name) => Number(cells[names!.indexOf(name)] ?? '')))
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers.filter((each) => each % 5 !== 0)).toEqual([])
    for (const name of ['median', 'p90', 'longestOpen'])
      expect(lines.map((cells) => cells[names!.indexOf(name)])).toEqual(lines.map(() => ''))
  })

  test('leaves the house with a fresh second factor alone, each row of the list a line', async () => {
    const asked = { from: '2026-11-01' as DateText, to: null }
    expect(await refusalOf(reporting.timeliness.take({ ...world.as('auditor'), freshCode: false }, asked, 'csv', 'concerns'))).toBe(
      'step_up_required',
    )
    const taken = await reporting.timeliness.take({ ...world.as('auditor'), freshCode: true }, asked, 'csv', 'concerns')
    const out = new PassThrough()
    const [written] = await Promise.all([text(out), taken.write(out)])
    const { concerns } = await readNow({ limit: '1000' })
    const lines = written.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^concern,code,version,cycle,of,round,startedOn,firstDueOn,dueOn,stoppedOn,outcome,workingDays/)
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual(concerns!.items.map(({ concern, code }) => [concern, code]))
    expect((await world.entries()).findLast(({ kind }) => kind === 'report_exported')?.fields).toMatchObject({
      report: 'timeliness',
      format: 'csv concerns',
    })
  })

  test('says in a file of figures which dates the limit gives, and which were set with each action', async () => {
    const asked = { from: '2026-11-01' as DateText, to: null }
    const taken = await reporting.timeliness.take({ ...world.as('auditor'), freshCode: true }, asked, 'csv', 'figures')
    const out = new PassThrough()
    const [written] = await Promise.all([text(out), taken.write(out)])
    const [names, ...lines] = written
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    const dueFrom = new Map(lines.map((cells) => [cells[names!.indexOf('code')], cells[names!.indexOf('dueFrom')]]))
    expect(Object.fromEntries(dueFrom)).toMatchObject({ T1: 'limit', T7: 'notified', T13: 'set' })
  })
})

/** The sheets of an OpenDocument file by name, each row the text of its cells. */
function sheetsOf(zip: Buffer): ReadonlyMap<string, readonly (readonly string[])[]> {
  const content = Buffer.from(unzip(zip).find(({ name }) => name === 'content.xml')!.bytes).toString()
  const plain = (xml: string) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const cellsIn = (row: string) =>
    [...row.matchAll(/<table:table-cell[^>]*?(?:\/>|>(?:<text:p>([^<]*)<\/text:p>)?<\/table:table-cell>)/g)].map(([, text = '']) =>
      plain(text),
    )
  return new Map(
    content
      .split('<table:table table:name="')
      .slice(1)
      .map((sheet) => [
        sheet.slice(0, sheet.indexOf('"')),
        [...sheet.matchAll(/<table:table-row>(.*?)<\/table:table-row>/g)].map(([, row = '']) => cellsIn(row)),
      ]),
  )
}

describe('Page, CSV and spreadsheet', () => {
  test('are one report: every figure and every clock is the same in each', async () => {
    const ctx = { ...world.as('auditor'), freshCode: true }
    const take = async (format: 'csv' | 'ods', part: 'concerns' | 'figures' = 'concerns') => {
      const taken = await reporting.timeliness.take(ctx, { from: '2026-11-01' as DateText, to: null }, format, part)
      const out = new PassThrough()
      const [bytes] = await Promise.all([buffer(out), taken.write(out)])
      return bytes
    }
    const linesOf = (csv: Buffer) => csv.toString().trimEnd().split('\r\n').map(fieldsOf)
    const sheets = sheetsOf(await take('ods'))
    const [figures, clocks] = [linesOf(await take('csv', 'figures')), linesOf(await take('csv', 'concerns'))]
    expect(sheets.get('figures')).toEqual(figures)
    expect(sheets.get('concerns')).toEqual(clocks)

    const { rules, concerns, population, months, period } = await readNow({ limit: '1000' })
    const said = (row: object, column: string) => textOf((row as Readonly<Record<string, unknown>>)[column])
    const shown = (rows: readonly object[], columns: readonly string[]) => rows.map((row) => columns.map((column) => said(row, column)))
    expect(clocks.slice(1)).toEqual(shown(concerns!.items, clocks[0]!))
    const flat = rules.map(({ estimate, moved, excluded, ...rule }) => ({
      ...rule,
      ...{ estimatedMedian: estimate.median, estimatedP90: estimate.p90 },
      ...{ moved: moved.clocks, pausedDays: moved.pausedDays, extensions: moved.extensions },
      ...{ movedMetByDue: moved.metByDue, movedMetByFirstDue: moved.metByFirstDue },
      excluded: excluded.reduce((sum, { count }) => sum + count, 0),
    }))
    expect(figures.slice(1)).toEqual(shown(flat, figures[0]!))
    expect(sheets.get('months')!.slice(1)).toEqual(shown(months, sheets.get('months')![0]!))
    const about = new Map(sheets.get('about')!.map(([what = '', value = '']) => [what, value]))
    for (const [what, value] of Object.entries({ ...period, ...population })) expect([what, about.get(what)]).toEqual([what, textOf(value)])
  })
})

describe('Two actions that ran out on the same day, of which one was done before anybody above was told,', () => {
  test('are not both told as passed up', async () => {
    world.clock.set('2026-12-14T09:00:00Z')
    const set = async (title: string) => {
      const input = taskInputs.set.parse({ title, ownerName: 'Head of estates', dueOn: '2026-12-16' })
      return (await world.concerns.tasks.set(world.as('guardian'), ids[3]!, input, null)).id
    }
    const [dam, lock] = [await set('Mend the dam'), await set('Mend the lock')]
    world.clock.set('2026-12-17T08:00:00Z')
    await world.concerns.tasks.done(world.as('guardian'), ids[3]!, { task: lock, evidence: 'Seen.' }, null)
    world.clock.set('2026-12-17T09:15:00Z')
    await sweepOf(world)()
    world.clock.set('2026-12-18T00:05:00Z')
    await keepAllClocks(world.service)
    const told = async () => {
      const { rules, concerns } = await readNow({ limit: '1000', code: 'T13' })
      const of = (task: string) => concerns!.items.find((row) => row.of === task)!
      return [rules.find(({ code }) => code === 'T13')!.lateWithoutEscalation, of(dam).escalatedOn, of(lock).outcome, of(lock).escalatedOn]
    }
    // From the kept rows, and reckoned anew
    expect(await told()).toEqual([1, '2026-12-17', 'missed', null])
    await world.database.asSuperuser.query('delete from concern_clock where concern_id = $1', [ids[3]])
    expect(await told()).toEqual([1, '2026-12-17', 'missed', null])
  })
})

describe('The simulator', () => {
  test('judges concluded concerns by another limit, for those who may see figures, and leaves everything as it is', async () => {
    const rows = () => world.database.asSuperuser.query('select * from concern_clock order by 1, 2, 3, 4, 5').then((found) => found.rows)
    const before = await rows()
    const found = await reporting.simulate(world.as('auditor'), { code: 'T1', limit: 10, unit: 'working_days', from: '2026-11-01' })
    expect(found).toMatchObject({
      concerns: 1,
      comparison: {
        clocks: 1,
        before: { met: 0, missed: 1, metPercent: 0, medianLateness: 4 },
        after: { met: 1, missed: 0 },
        missedNowMet: 1,
      },
      changed: [{ concern: await aliasOf(ids[3]!), before: { outcome: 'missed' }, after: { outcome: 'met' } }],
    })
    expect(await rows()).toEqual(before)
    const forLead = await reporting.simulate(world.as('nonExecutive'), { code: 'T1', limit: 10, unit: 'working_days' })
    expect([forLead.changed, forLead.period.to]).toEqual([null, '2026-11-30'])
    expect(await refusalOf(reporting.simulate(world.as('guardian'), { code: 'T1', limit: 10, unit: 'working_days' }))).toBe(
      'permission_denied',
    )
    expect(await refusalOf(reporting.simulate(world.as('auditor'), { code: 'T13', limit: 10, unit: 'working_days' }))).toEqual({
      invalid_input: ['/code not_an_option'],
    })
  })
})

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The fields of one line of CSV (RFC 4180). */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare)

async function aliasOf(id: ConcernId): Promise<string> {
  const { rows } = await world.database.asSuperuser.query<{ alias: string }>('select log_alias as alias from concern where id = $1', [id])
  return rows[0]!.alias
}
