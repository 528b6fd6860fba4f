import { join } from 'node:path'
import { compose } from '../../src/composition.ts'
import { keepAllClocks } from '../../src/concerns/index.ts'
import { connectionOf } from '../../src/database/index.ts'
import { addDays, systemClock, systemRandom, type DateText } from '../../src/kernel/index.ts'
import { clocksOf, createCalendar, firstRules, isOpen, type TimelineEvent } from '../../src/timeliness/index.ts'
import { passwordCost } from '../../src/vault/index.ts'
import type { Household } from '../../test/support/process.ts'
import { fillTo } from './filling.ts'
import { line, perSecond, title } from './paper.ts'

const holidays = ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31']

/** How many open concerns the one reckoning gets through in a second, from events in memory: every clock of each. */
export function measureReckoning(quick: boolean): void {
  const many = quick ? 20_000 : 100_000
  title(`The clocks of ${many.toLocaleString('en-GB')} open concerns, by one processor`)
  const histories = Array.from({ length: many }, (_, at) => historyOf(at))
  const calendar = createCalendar(holidays.map((date) => ({ date })))
  const today = '2027-06-01' as DateText
  const began = performance.now()
  let [clocks, open] = [0, 0]
  for (const events of histories) {
    const readings = clocksOf(events, firstRules, calendar, today)
    clocks += readings.length
    if (readings.some(isOpen)) open += 1
  }
  const seconds = (performance.now() - began) / 1000
  line('concerns', `${perSecond(many / seconds)}, ${perSecond(clocks / seconds)} clocks; ${open} of them open`)
}

/** The first acts of a concern, one more with each; every fourth is paused, every fifth given a later date. */
function historyOf(number: number): TimelineEvent[] {
  const start = addDays('2026-09-01' as DateText, number % 240)
  const after = (days: number) => addDays(start, days)
  const road: TimelineEvent[] = [
    { kind: 'acknowledged', on: after(1 + (number % 4)) },
    { kind: 'risk_graded', on: after(6) },
    { kind: 'investigation_decided', on: after(6) },
    { kind: 'investigation_started', on: after(8), until: after(70) },
    { kind: 'decision_told', on: after(8) },
    { kind: 'updated', on: after(20) },
    ...(number % 4 === 0 ? [{ kind: 'clock_paused', on: after(22), clock: 'T7', until: after(30) }] : []),
    ...(number % 5 === 0 ? [{ kind: 'clock_extended', on: after(40), clock: 'T7', until: after(100) }] : []),
    { kind: 'updated', on: after(45) },
    { kind: 'report_approved', on: after(80) },
  ]
  return [{ kind: 'received', on: start }, ...road.slice(0, 1 + (number % road.length))]
}

/** The night's reckoning of every concern from its entries, for the first time and where nothing has changed: by the concern, it must stay flat. */
export async function measureClocks(house: Household, size: number): Promise<void> {
  title(`Keeping the clocks of ${size.toLocaleString('en-GB')} concerns`)
  await fillTo(house, size)
  const { dataDir } = house
  const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
  const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
  const service = await compose(world, connectionOf({ dataDir }), { maxConnections: 2 })
  try {
    for (const which of ['the first night', 'a night on which nothing changed']) {
      const began = performance.now()
      const count = await keepAllClocks(service)
      const seconds = (performance.now() - began) / 1000
      line(which, `${seconds.toFixed(1)} s, ${perSecond(count / seconds)}, ${((1000 * seconds) / count).toFixed(2)} ms a concern`)
    }
  } finally {
    await service.close()
  }
}
