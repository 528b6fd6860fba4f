import { addDays, invalid, londonDate, type DateText } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { kindGroups } from '../search/kind-groups.ts'
import type { Names, ReadNames } from '../openings/index.ts'
import type { Extent, ReadExtent } from '../search/extent.ts'
import { findEntriesOf, namesIn, recordLook, searchPage, type LogFindings } from '../search/search-log.ts'
import type { Period } from '../search/search-store.ts'
import type { LogReader } from '../view-log.ts'
import {
  exceptionCodes,
  findApprovalsByDeputies,
  findBackDated,
  findChangesUndone,
  findFailedSignIns,
  findReadsOutsideDuty,
  findRefusedAttempts,
  lookKinds,
  noActs,
  type Exception,
  type ExceptionCode,
} from './exceptions.ts'
import { firstDay, readKinds, type ReadKinds } from './kinds-read.ts'
import { readStaffEntriesOf } from './oversight-store.ts'
import { countKeysGiven, readChanges, rightsKinds, standingAfter, type RightsChange } from './people.ts'

type Found = Pick<LogFindings, 'items' | 'next' | 'waiting'>

/** Who stands behind the aliases of a report. */
interface WithNames {
  readonly people: Names
}

/** Who opened what: names and emergency access first, then everything else that was read, printed or taken. */
export interface AccessReport extends WithNames {
  readonly names: Found
  readonly others: Found
}

export interface AccessQuery {
  readonly period: Period
  /** The `next` of an earlier page of each of the two lists. */
  readonly namesBefore: number | null
  readonly othersBefore: number | null
}

/** What somebody might do at the end of a day, as the log says it. */
export interface PersonThen extends RightsChange {
  /** Concerns whose keys they were given by name, until that day. */
  readonly keysGiven: number
}

export interface PeopleReport {
  readonly people: readonly PersonThen[]
  readonly names: Names
  /** False where the log has more such entries than are read at once. */
  readonly whole: boolean
}

export interface ExceptionReport {
  readonly code: ExceptionCode
  readonly count: number
  /** Newest place first; what waits for a place before all. */
  readonly items: readonly Exception[]
  readonly next: number | null
  readonly whole: boolean
}

export interface ExceptionsQuery {
  readonly period: Period
  /** One of them alone, page by page; null: the beginning of each. */
  readonly code: ExceptionCode | null
  readonly before: number | null
}

/** Each is recorded before it is read, `log_viewed`. Refusal `permission_denied` for who is no auditor. */
export interface Oversight {
  viewAccess(ctx: LogReader, query: AccessQuery): Promise<AccessReport>
  /** Refusal `invalid_input` (`in_the_future`) beside. */
  viewPeople(ctx: LogReader, on: DateText): Promise<PeopleReport>
  viewExceptions(ctx: LogReader, query: ExceptionsQuery): Promise<{ readonly reports: readonly ExceptionReport[]; readonly names: Names }>
}

const nameKinds = kindGroups.names
const otherKinds = ['content_viewed', 'summary_viewed', ...kindGroups.taken] as const
const keyKinds = ['access_granted', 'access_recovered', 'conflict_declared'] as const
const beginningOfEach = 5
/** So many looks are held against what else was done on their concerns, and so much of that is read. */
const mostLooks = 1_000
const mostAround = 20_000

export function createOversight(database: Database, audited: AuditedTransaction, readNames: ReadNames, readExtent: ReadExtent): Oversight {
  return {
    viewAccess: async (ctx, { period, namesBefore, othersBefore }) => {
      await recordLook(audited, ctx, 2 * searchPage)
      const today = londonDate(ctx.now)
      const page = { period, actor: null, concern: null }
      return database.read(async (tx) => {
        const extent = await readExtent(tx)
        const names = await findEntriesOf(tx, { ...page, kinds: nameKinds, before: namesBefore }, today, extent)
        const others = await findEntriesOf(tx, { ...page, kinds: otherKinds, before: othersBefore }, today, extent)
        const people = new Map([...(await namesIn(tx, readNames, names)), ...(await namesIn(tx, readNames, others))])
        return { names, others, people }
      })
    },
    viewPeople: async (ctx, on) => {
      if (on > londonDate(ctx.now)) throw invalid('/on', 'in_the_future', 'Choose today or a day before: rights may still change.')
      await recordLook(audited, ctx, 0)
      return database.read(async (tx) => readPeople(tx, await readExtent(tx), readNames, on))
    },
    viewExceptions: async (ctx, { period, code, before }) => {
      await recordLook(audited, ctx, 0)
      const wanted = code === null ? exceptionCodes : [code]
      const limit = code === null ? beginningOfEach : searchPage
      return database.read(async (tx) => {
        const extent = await readExtent(tx)
        const reports: ExceptionReport[] = []
        for (const each of wanted) reports.push(pageOf(each, await finders[each](tx, period, extent), before, limit))
        const exceptions = reports.flatMap(({ items }) => items)
        const said = exceptions.map(({ entry }) => entry.said)
        const names = await readNames(
          tx,
          said,
          exceptions.flatMap(({ person }) => person ?? []),
        )
        return { reports, names }
      })
    },
  }
}

async function readPeople(tx: Tx, extent: Extent, readNames: ReadNames, on: DateText): Promise<PeopleReport> {
  const until = { from: firstDay, to: on }
  const rights = await readKinds(tx, extent, rightsKinds, until)
  const keys = await readKinds(tx, extent, keyKinds, until)
  const given = countKeysGiven(keys.entries)
  const people = standingAfter(readChanges(rights.entries)).map((change) => ({ ...change, keysGiven: given.get(change.alias) ?? 0 }))
  const names = await readNames(
    tx,
    [],
    people.map(({ alias }) => alias),
  )
  return { people, names, whole: rights.whole && keys.whole }
}

interface AllFound {
  readonly all: readonly Exception[]
  readonly whole: boolean
}

const found = ({ whole }: ReadKinds, all: readonly Exception[]): AllFound => ({ all, whole })

const finders: Readonly<Record<ExceptionCode, (tx: Tx, period: Period, extent: Extent) => Promise<AllFound>>> = {
  back_dated: async (tx, period, extent) => {
    const read = await readKinds(tx, extent, ['concern_recorded'], period)
    return found(read, findBackDated(read.entries))
  },
  reads_outside_duty: async (tx, period, extent) => {
    const looks = await readKinds(tx, extent, lookKinds, period, mostLooks)
    const concerns = [...new Set(looks.entries.flatMap(({ said }) => (said.concern === null ? [] : [said.concern])))]
    const around = await readStaffEntriesOf(tx, concerns, noActs, mostAround)
    return { all: findReadsOutsideDuty(looks.entries, around), whole: looks.whole && around.length < mostAround }
  },
  changes_undone: async (tx, period, extent) => {
    const read = await readKinds(tx, extent, rightsKinds, { from: firstDay, to: period.to })
    return found(read, findChangesUndone(readChanges(read.entries), period.from))
  },
  approvals_by_deputies: async (tx, period, extent) => {
    const rights = await readKinds(tx, extent, rightsKinds, { from: firstDay, to: period.to })
    const read = await readKinds(tx, extent, ['approval_given'], period)
    return { all: findApprovalsByDeputies(read.entries, readChanges(rights.entries)), whole: rights.whole && read.whole }
  },
  refused_attempts: async (tx, period, extent) => {
    const read = await readKinds(tx, extent, ['attempt_refused'], period)
    return found(read, findRefusedAttempts(read.entries))
  },
  failed_sign_ins: async (tx, { from, to }, extent) => {
    // A row that began on the day before is still one
    const read = await readKinds(tx, extent, ['sign_in_failed', 'signed_in'], { from: addDays(from, -1), to })
    return found(
      read,
      findFailedSignIns(read.entries).filter(({ entry }) => (entry.said.on ?? from) >= from),
    )
  },
}

/** Never cut between exceptions that one entry makes: a page begins before a place. */
function pageOf(code: ExceptionCode, { all, whole }: AllFound, before: number | null, limit: number): ExceptionReport {
  const place = ({ entry }: Exception) => entry.index ?? Infinity
  const sorted = all.toReversed().toSorted((one, other) => (place(one) === place(other) ? 0 : place(other) - place(one)))
  const rest = before === null ? sorted : sorted.filter((each) => place(each) < before)
  const last = rest[limit - 1]
  const items =
    last === undefined ? rest : rest.filter((each, at) => at < limit || (place(each) === place(last) && place(last) !== Infinity))
  const lastPlace = items.length < rest.length ? items.at(-1)?.entry.index : null
  return { code, count: all.length, items, next: lastPlace ?? null, whole }
}
