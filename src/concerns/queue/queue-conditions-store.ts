import { Prisma } from '../../database/generated/client.ts'
import type { DateText, UserId } from '../../kernel/index.ts'
import type { UrgencyBounds } from '../../timeliness/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { isEnded, type Openness, type Status } from '../../workflow/index.ts'

/** What a row must be to be listed: clear columns only. */
export interface QueueConditions {
  readonly reference: string | null
  /** Null: whatever needs action, which is all whose work is not over, and what is but was written to since, or owes something soon. */
  readonly statuses: readonly Status[] | null
  readonly due: 'overdue' | 'today' | 'soon' | null
  readonly owner: UserId | 'none' | null
  readonly unread: boolean
  readonly openness: Openness | null
  readonly danger: boolean
  readonly detriment: boolean
  /** Raised on this day or later. */
  readonly raisedSince: DateText | null
}

/** Whose queue: a concern is in it through a grant of this holder, of one of these kinds. */
export interface QueueHolder {
  readonly holder: UserId
  readonly kinds: readonly CompartmentKind[]
}

/** A row's place in the published order. `key` is the date its rank sorts by, 'infinity' where it has none. */
export interface QueuePlace {
  readonly rank: number
  readonly key: string
  readonly raisedOn: string
  readonly id: string
}

/** Counts that stop at a cap: `all` of what is listed, the others of the whole queue, since each is a way to narrow it. */
export interface QueueCounts {
  readonly all: number
  readonly overdue: number
  readonly dueToday: number
  readonly unread: number
}

/** What one page is asked for. */
export interface QueueQuery {
  readonly who: QueueHolder
  readonly conditions: QueueConditions
  readonly bounds: UrgencyBounds
  readonly after: QueuePlace | null
  readonly limit: number
  readonly cap: number
}

export const noConditions: QueueConditions = {
  reference: null,
  statuses: null,
  due: null,
  owner: null,
  unread: false,
  openness: null,
  danger: false,
  detriment: false,
  raisedSince: null,
}

export function all(...conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' and ')
}

/** Grants are asked for by kind, one or two. */
export function grantsOf({ holder, kinds }: QueueHolder): Prisma.Sql {
  return Prisma.sql`g.holder = ${holder} and g.kind in (${Prisma.join([...kinds])})`
}

/** What is known of a row already: it needs action whatever its status, or only where the work goes on. */
export type KnownOfRow = 'needs action' | 'nothing new'

/** The clear columns against what is wanted; `c` is the concern. */
export function conditionsSql(conditions: QueueConditions, bounds: UrgencyBounds, known?: KnownOfRow): Prisma.Sql {
  const { reference, due, owner, openness, danger, detriment, raisedSince } = conditions
  return all(
    statusSql(conditions.statuses, bounds, known),
    ...(reference === null ? [] : [Prisma.sql`c.reference = ${reference}`]),
    ...(due === null ? [] : [dueSql(due, bounds)]),
    ...(owner === null ? [] : [owner === 'none' ? Prisma.sql`c.owner_id is null` : Prisma.sql`c.owner_id = ${owner}::uuid`]),
    ...(conditions.unread ? [Prisma.sql`c.unread_since is not null`] : []),
    ...(openness === null ? [] : [Prisma.sql`c.openness = ${openness}`]),
    ...(danger ? [Prisma.sql`c.danger`] : []),
    ...(detriment ? [Prisma.sql`c.open_detriment`] : []),
    ...(raisedSince === null ? [] : [Prisma.sql`c.raised_on >= ${raisedSince}::date`]),
  )
}

/**
 * In words that the indexes of open concerns answer to. A message, open bad treatment, or what was promised for afterwards and falls due (how the
 * person fares after three months) brings an ended concern back to those who handle it.
 */
function statusSql(statuses: readonly Status[] | null, { soonUntil }: UrgencyBounds, known: KnownOfRow | undefined): Prisma.Sql {
  const open = Prisma.sql`c.status not in ('resolved', 'closed', 'withdrawn')`
  if (statuses === null) {
    if (known === undefined)
      return Prisma.sql`(${open} or c.unread_since is not null or c.open_detriment or c.next_clock_due <= ${soonUntil}::date)`
    return known === 'needs action' ? Prisma.sql`true` : open
  }
  if (statuses.length === 0) return Prisma.sql`false`
  const among = Prisma.sql`c.status in (${Prisma.join([...statuses])})`
  return statuses.some(isEnded) ? among : all(among, open)
}

function dueSql(due: NonNullable<QueueConditions['due']>, { today, soonUntil }: UrgencyBounds): Prisma.Sql {
  switch (due) {
    case 'overdue':
      return Prisma.sql`c.next_clock_due < ${today}::date`
    case 'today':
      return Prisma.sql`c.next_clock_due = ${today}::date`
    case 'soon':
      return Prisma.sql`c.next_clock_due > ${today}::date and c.next_clock_due <= ${soonUntil}::date`
  }
}
