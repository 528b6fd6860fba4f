import { groupsWithOneGuardian, type Directory, type StaffContext } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import { addDays, hasRole, londonDate, Refusal, type ConcernId, type DateText, type Role, type StaffMember } from '../../kernel/index.ts'
import { urgencyBounds, urgencyOf } from '../../timeliness/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { stageOf, statuses, type Status } from '../../workflow/index.ts'
import { named } from '../reading/concern-view.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import type { QueueFilter } from '../acts/handling-inputs.ts'
import { hadOtherKeys } from '../sealing/holders.ts'
import { readFirstClocks, type KeptClock } from '../clocks/clock-store.ts'
import { nextClockView } from '../clocks/next-clock.ts'
import { cursorParts, readCursor, writeCursor } from './page-cursor.ts'
import { openIfWhole, readHeader, signKeysOf } from '../sealing/opening.ts'
import { readQueueRows, type QueueRow } from './queue-rows-store.ts'
import { createReadQueue } from './queue-store.ts'
import type { QueueConditions, QueueCounts, QueueHolder, QueuePlace } from './queue-conditions-store.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { HeaderContent } from '../sealing/sealed-contents.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { CappedCount, QueueItem, QueuePage, Withheld } from './queue-views.ts'

const countedUpTo = 100

/**
 * The concerns that need this person's action, in the published order of urgency, with the reason for each place. Without a filter on stage or
 * status it leaves out what has ended, unless the person who raised it has written since, bad treatment is open, or a date falls due soon. Recorded: one `queue_viewed`, committed
 * before the headers are opened, which names no concern. Refusal `permission_denied`, `invalid_input`.
 */
export function createViewQueue(deps: ConcernDeps): ConcernUseCases['viewQueue'] {
  const readQueue = createReadQueue()
  return async (ctx, filter) => {
    const settings = await deps.settings.current()
    return recordingRefusals(deps, ctx, 'view_queue', null, async () => {
      const who: QueueHolder = { holder: ctx.person.userId, kinds: kindsFor(ctx.person) }
      const conditions = conditionsOf(filter, ctx)
      const after = filter.cursor === undefined ? null : placeIn(filter.cursor)
      const bounds = urgencyBounds(londonDate(ctx.now), settings.calendar)
      const { directory, ...read } = await deps.audited(async (tx) => {
        const { places: found, counts } = await readQueue(tx, {
          who,
          conditions,
          bounds,
          after,
          limit: filter.limit + 1,
          cap: countedUpTo + 1,
        })
        const places = found.slice(0, filter.limit)
        const ids = places.map(({ id }) => id as ConcernId)
        const rows = await readQueueRows(tx, ids, who.holder)
        const clocks = await readFirstClocks(tx, ids)
        const last = found.length > filter.limit ? (places.at(-1) ?? null) : null
        return {
          value: { rows, clocks, counts, last, directory: await deps.directory.current(tx) },
          // Neither which nor how many: two looks, one without a concern and one with it, would date the moment it was sent.
          entries: [{ kind: 'queue_viewed', actor: actorOf(ctx.person, roleIn(ctx.person)), at: ctx.now, fields: {} }],
        }
      })
      return pageOf(ctx, read, directory, settings)
    })
  }
}

/** Guardians and leads see what they hold INTERNAL of, investigators what they investigate. */
function kindsFor(person: StaffMember): CompartmentKind[] {
  const kinds: CompartmentKind[] = [
    ...(hasRole(person, 'guardian', 'executive_lead', 'non_executive_lead') ? (['internal'] as const) : []),
    ...(hasRole(person, 'investigator') ? (['investigation'] as const) : []),
  ]
  if (kinds.length === 0) throw new Refusal('permission_denied')
  return kinds
}

function roleIn(person: StaffMember): Role | undefined {
  return (['guardian', 'executive_lead', 'non_executive_lead', 'investigator'] as const).find((role) => person.roles.includes(role))
}

/** So many days, today among them. */
const week = 7

function conditionsOf(filter: QueueFilter, ctx: StaffContext): QueueConditions {
  return {
    reference: filter.reference ?? null,
    statuses: statusesOf(filter),
    due: filter.due ?? null,
    owner: filter.owner === 'me' ? ctx.person.userId : (filter.owner ?? null),
    unread: filter.unread === 'yes',
    openness: filter.openness ?? null,
    danger: filter.danger === 'yes',
    detriment: filter.detriment === 'yes',
    raisedSince: filter.raised === undefined ? null : addDays(londonDate(ctx.now), 1 - week),
  }
}

/** Whoever asks for one by its reference wants it whatever its status. */
function statusesOf({ stage, status, reference }: QueueFilter): readonly Status[] | null {
  if (stage === undefined && status === undefined && reference === undefined) return null
  return statuses.filter((each) => (status === undefined || each === status) && (stage === undefined || stageOf(each) === stage))
}

function placeIn(cursor: string): QueuePlace {
  const { rank, date, id } = cursorParts
  const [at, key, raisedOn, row] = readCursor(cursor, [rank, date, date, id]) as [string, string, string, string]
  return { rank: Number(at), key, raisedOn, id: row }
}

interface Read {
  readonly rows: readonly QueueRow[]
  readonly clocks: ReadonlyMap<string, KeptClock>
  readonly counts: QueueCounts
  readonly last: QueuePlace | null
}

function pageOf(ctx: StaffContext, { rows, clocks, counts, last }: Read, directory: Directory, settings: ConcernSettings): QueuePage {
  const today = londonDate(ctx.now)
  return {
    items: rows.map((row) => itemOf(row, clocks.get(row.concern.id), headerOf(row, ctx, directory), directory, settings, today)),
    owners: ownersFor(ctx, directory),
    onlyGuardian: isOnlyGuardian(ctx, directory),
    next: last && writeCursor([last.rank, last.key, last.raisedOn, last.id]),
    counts: { all: capped(counts.all), overdue: capped(counts.overdue), dueToday: capped(counts.dueToday), unread: capped(counts.unread) },
  }
}

function isOnlyGuardian({ person }: StaffContext, directory: Directory): boolean {
  return groupsWithOneGuardian(directory).some((group) => directory.guardiansOf(group)[0]?.id === person.userId)
}

function ownersFor({ person }: StaffContext, directory: Directory): QueuePage['owners'] {
  const owners = person.intakeGroupIds.flatMap((group) => directory.guardiansOf(group))
  return [...new Map(owners.map(({ id, name }) => [id, { id, name }])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** The header of one row, or why there is none to read: the rest of the page stays readable. */
function headerOf({ grant, header, reporterKey }: QueueRow, ctx: StaffContext, directory: Directory): HeaderContent | Withheld {
  if (grant === null) return 'not_shown'
  const part = openIfWhole(grant, ctx)
  if (part === undefined && hadOtherKeys(directory, ctx.person.userId)) return 'sealed_to_old_keys'
  return (header && readHeader(header, part, signKeysOf(directory, reporterKey))) ?? 'record_not_genuine'
}

function itemOf(
  { concern, detrimentWithoutPlan, coveredFor }: QueueRow,
  clock: KeptClock | undefined,
  read: HeaderContent | Withheld,
  directory: Directory,
  settings: ConcernSettings,
  today: DateText,
): QueueItem {
  const [header, withheld] = typeof read === 'string' ? [null, read] : [read, null]
  const { code, words } = urgencyOf({ ...concern, detrimentWithoutPlan, nextDueOn: concern.nextClockDue }, today, settings.calendar)
  return {
    id: concern.id,
    reference: concern.reference,
    stage: stageOf(concern.status),
    status: concern.status,
    version: concern.version,
    raisedOn: concern.raisedOn,
    riskGrade: concern.riskGrade,
    openness: concern.openness,
    danger: concern.danger,
    owner: concern.ownerId && named(directory, concern.ownerId),
    coveringFor: coveredFor && named(directory, coveredFor),
    nextClock: nextClockView(concern, clock, settings, today),
    why: { code, words },
    unread: concern.unreadSince !== null,
    ageInWorkingDays: settings.calendar.workingDaysBetween(concern.raisedOn, today),
    withheld,
    title: header?.title ?? null,
    elements: header?.elements ?? [],
    site: header?.site ?? null,
    openDetriment: concern.openDetriment,
  }
}

function capped(count: number): CappedCount {
  return { count: Math.min(count, countedUpTo), more: count > countedUpTo }
}
