import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type ConcernId, type DateText } from '../../kernel/index.ts'
import { nextClock, type ClockReading, type Pause } from '../../timeliness/index.ts'

/** The clocks of one concern, as they were reckoned. */
export interface ReckonedClocks {
  readonly id: ConcernId
  readonly clocks: readonly ClockReading[]
}

/**
 * Writes down the clocks of these concerns, in one statement. Rows that hold the same already stay as they are, and clocks that are no more go:
 * another calendar or limit can do that.
 */
export async function writeClocks(tx: Tx, concerns: readonly ReckonedClocks[]): Promise<void> {
  const rows = concerns.flatMap(({ id, clocks }) => clocks.map((clock) => ({ id, clock })))
  const column = <T>(read: (clock: ClockReading) => T): T[] => rows.map(({ clock }) => read(clock))
  await tx.$executeRaw`
    with given as (
      select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${column(({ code }) => code)}::text[], ${column(({ cycle }) => cycle)}::int[],
        ${column(({ of }) => of ?? '')}::text[], ${column(({ round }) => round)}::int[], ${column(({ version }) => version)}::int[],
        ${column(({ startedOn }) => day(startedOn))}::date[], ${column(({ firstDueOn }) => day(firstDueOn))}::date[],
        ${column(({ dueOn }) => day(dueOn))}::date[], ${column(({ stoppedOn }) => day(stoppedOn))}::date[],
        ${column(({ endedBy }) => endedBy ?? null)}::text[], ${column(({ pause }) => day(pause?.from))}::date[],
        ${column(({ pause }) => day(pause?.until))}::date[], ${column(({ pausedDays }) => pausedDays)}::int[], ${column(({ extensions }) => extensions)}::int[])
        as row (concern_id, code, cycle, of, round, rule_version, started_on, first_due_on, due_on, stopped_on, ended_by, paused_from,
          paused_until, paused_days, extensions)
    ), gone as (
      delete from concern_clock c where c.concern_id = any(${concerns.map(({ id }) => id)}::uuid[]) and not exists (
        select 1 from given g where (g.concern_id, g.code, g.cycle, g.of, g.round) = (c.concern_id, c.code, c.cycle, c.of, c.round))
    )
    insert into concern_clock as c (concern_id, code, cycle, of, round, rule_version, started_on, first_due_on, due_on, stopped_on, ended_by,
      paused_from, paused_until, paused_days, extensions)
    select * from given
    on conflict on constraint concern_clock_pk do update set rule_version = excluded.rule_version, started_on = excluded.started_on,
      first_due_on = excluded.first_due_on, due_on = excluded.due_on, stopped_on = excluded.stopped_on, ended_by = excluded.ended_by,
      paused_from = excluded.paused_from, paused_until = excluded.paused_until, paused_days = excluded.paused_days, extensions = excluded.extensions
    where (c.rule_version, c.started_on, c.first_due_on, c.due_on, c.stopped_on, c.ended_by, c.paused_from, c.paused_until, c.paused_days,
      c.extensions)
      is distinct from (excluded.rule_version, excluded.started_on, excluded.first_due_on, excluded.due_on, excluded.stopped_on,
        excluded.ended_by, excluded.paused_from, excluded.paused_until, excluded.paused_days, excluded.extensions)`
}

/** Which clock of each concern comes first, for lists. The concerns' versions stay: what a colleague decided on is still there. */
export async function writeNextDates(tx: Tx, concerns: readonly ReckonedClocks[]): Promise<void> {
  const next = concerns.map(({ id, clocks }) => ({ id, first: nextClock(clocks) }))
  await tx.$executeRaw`
    update concern set next_clock_code = n.code, next_clock_due = n.due
    from unnest(${next.map(({ id }) => id)}::uuid[], ${next.map(({ first }) => first?.code ?? null)}::text[],
      ${next.map(({ first }) => day(first?.dueOn))}::date[]) as n (id, code, due)
    where concern.id = n.id and (concern.next_clock_code, concern.next_clock_due) is distinct from (n.code, n.due)`
}

/** What a row of a clock knows beside its date: which version of its limit it goes by, and its last pause. */
export interface KeptClock {
  readonly version: number
  readonly pause: Pause | null
}

/** Of the clock that comes first, for each of these concerns that has its row already. */
export async function readFirstClocks(tx: Tx, ids: readonly ConcernId[]): Promise<ReadonlyMap<string, KeptClock>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; version: number; from: Date | null; until: Date | null }[]>`
    select c.id, k.rule_version as version, k.paused_from as "from", k.paused_until as until
    from concern c
    join concern_clock k on k.concern_id = c.id and k.code = c.next_clock_code and k.due_on = c.next_clock_due and k.stopped_on is null
    where c.id = any(${[...ids]}::uuid[])`
  return new Map(
    rows.map(({ id, version, from, until }) => [
      id,
      { version, pause: from && until && { from: dateFromColumn(from), until: dateFromColumn(until) } },
    ]),
  )
}

function day(date: DateText | null | undefined): Date | null {
  return date ? dateToColumn(date) : null
}
