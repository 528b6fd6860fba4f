import { hasRole, invalid, londonDate, Refusal, type DateText } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import type { EntryKind } from '../catalogue.ts'
import type { Names, ReadNames } from '../openings/index.ts'
import { actorOf, type LogReader } from '../view-log.ts'
import { readText, type EntryReading } from './read-text.ts'
import type { Extent, ReadExtent } from './extent.ts'
import { findAlias, findPlaced, type Period } from './search-store.ts'
import { findWaiting } from './waiting-store.ts'

/** What an auditor looks for. Aliases whole, or their first eight digits or more. */
export interface LogQuery {
  readonly period: Period | null
  readonly kinds: readonly (EntryKind | 'cover')[]
  readonly actor: string | null
  readonly concern: string | null
  /** Only entries before this index: the `next` of an earlier page. Null begins with the newest. */
  readonly before: number | null
}

export interface ShownEntry {
  /** Null while it waits for its place. */
  readonly index: number | null
  readonly text: string
  readonly said: EntryReading
}

export interface LogFindings {
  /** Newest place first. The page stays what it is while the log grows. */
  readonly items: readonly ShownEntry[]
  readonly next: number | null
  /** What fits and waits for a place, newest first: on the first page alone. `more` where some were left out. */
  readonly waiting: { readonly items: readonly ShownEntry[]; readonly more: boolean }
  /** Who stands behind the aliases of those entries. */
  readonly names: Names
  /** Entries with a place, and how many of them say nothing. */
  readonly size: number
  readonly covers: number
}

/** Entries to a page. */
export const searchPage = 25
const waitingPage = 50
/** So many that wait are looked through at most. */
const waitingLookedThrough = 2_000

export interface LogSearcher {
  /**
   * Looks through the log. Refusal `permission_denied` for who is no auditor; `invalid_input` for an alias that is none, or that several begin
   * with. Recorded before it is read: `log_viewed`.
   */
  search(ctx: LogReader, query: LogQuery): Promise<LogFindings>
}

export function createLogSearch(
  database: Database,
  audited: AuditedTransaction,
  readNames: ReadNames,
  readExtent: ReadExtent,
): LogSearcher {
  return {
    search: async (ctx, query) => {
      await recordLook(audited, ctx, searchPage)
      return database.read(async (tx) => {
        const extent = await readExtent(tx)
        const found = await findEntriesOf(tx, query, londonDate(ctx.now), extent)
        return { ...found, names: await namesIn(tx, readNames, found), size: extent.size, covers: extent.covers }
      })
    },
  }
}

/** A page of what fits, in its place or waiting. Refusal `invalid_input`, as `search`. */
export async function findEntriesOf(
  tx: Tx,
  query: LogQuery,
  today: DateText,
  extent: Extent,
): Promise<Pick<LogFindings, 'items' | 'next' | 'waiting'>> {
  const wanted = await withWholeAliases(tx, query)
  const rows = await findPlaced(tx, { ...wanted, limit: searchPage + 1 }, extent)
  const items = rows.slice(0, searchPage).map(({ index, text }) => ({ index, text, said: readText(text) }))
  const waiting = query.before === null ? await readWaiting(tx, wanted, today) : { items: [], more: false }
  return { items, next: rows.length > searchPage ? (items.at(-1)?.index ?? null) : null, waiting }
}

export const namesIn = (tx: Tx, readNames: ReadNames, { items, waiting }: Pick<LogFindings, 'items' | 'waiting'>): Promise<Names> =>
  readNames(
    tx,
    [...items, ...waiting.items].map(({ said }) => said),
  )

/** What every reader of the log must be, and leave. Refusal `permission_denied`. */
export async function recordLook(audited: AuditedTransaction, ctx: LogReader, entries: number): Promise<void> {
  requireAuditor(ctx)
  const entry = { kind: 'log_viewed', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields: { entries } } as const
  await audited(async () => ({ value: null, entries: [entry] }))
}

export function requireAuditor(ctx: LogReader): void {
  if (!hasRole(ctx.person, 'auditor')) throw new Refusal('permission_denied')
}

/** Refusal `invalid_input` for an alias that is none, or that several begin with. */
export async function withWholeAliases(tx: Tx, query: LogQuery): Promise<LogQuery> {
  return { ...query, actor: await wholeAlias(tx, 'actor', query.actor), concern: await wholeAlias(tx, 'concern', query.concern) }
}

const shortest = 8

async function wholeAlias(tx: Tx, name: 'actor' | 'concern', given: string | null): Promise<string | null> {
  if (given === null) return null
  const digits = given.replaceAll('-', '').toLowerCase()
  const sound = /^[0-9a-f]+$/.test(digits) && digits.length >= shortest && digits.length <= 32
  if (!sound) throw invalid(`/${name}`, 'wrong_format', 'Enter an alias of the log, or its first eight digits.')
  const found = await findAlias(tx, name, digits)
  if (found === null) return fullForm(digits)
  if (found[0] !== found[1]) throw invalid(`/${name}`, 'ambiguous', 'Several aliases begin like this. Enter more digits.')
  return found[0]
}

/** An alias that has no entry yet, or none at all: nothing is found under it. */
function fullForm(digits: string): string {
  const hex = digits.padEnd(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

async function readWaiting(tx: Tx, query: LogQuery, today: DateText): Promise<LogFindings['waiting']> {
  const { kinds, period } = query
  const aliases = [query.actor, query.concern].filter((alias) => alias !== null)
  // An alias may stand in another place of the text: what is found by it is looked at before it is counted
  const limit = aliases.length === 0 ? waitingPage + 1 : waitingLookedThrough
  const any = kinds.length === 0 && aliases.length === 0 && period === null
  const through = any ? limit : waitingLookedThrough
  const { texts, all } = await findWaiting(tx, today, { kinds, aliases, period, through, limit })
  const fitting = texts.map((text) => ({ index: null, text, said: readText(text) })).filter(({ said }) => fits(said, query))
  return { items: fitting.slice(0, waitingPage), more: fitting.length > waitingPage || !all }
}

function fits(said: EntryReading, { period, kinds, actor, concern }: LogQuery): boolean {
  return (
    (kinds.length === 0 || (kinds as readonly (string | null)[]).includes(said.kind)) &&
    (actor === null || said.actor === actor) &&
    (concern === null || said.concern === concern) &&
    (period === null || (said.on !== null && said.on >= period.from && said.on <= period.to))
  )
}
