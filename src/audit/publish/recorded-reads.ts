import { hasRole, Refusal } from '../../kernel/index.ts'
import type { Database } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { FormatFault, parseTilePath } from '../notes/index.ts'
import { countOpenings, openingLines, type NameOpenings } from '../openings/index.ts'
import { requireFreshFactor } from '../taking.ts'
import { actorOf, type LogReader, type LogTaker } from '../view-log.ts'
import type { LogBundle } from './bundle.ts'
import type { LogPlace } from './log-place.ts'
import type { LogEntries, PublishedLog } from './published-log.ts'

/**
 * What auditors take from the log. Each is recorded before it is read: `log_viewed` for a page, `log_exported` for what is made to be taken away.
 * Refusal `permission_denied` for anybody else, `not_found` for what is not there; and `step_up_required` for many entries at once, which leave the
 * house: an entry and its proof alone are what the page shows.
 */
export interface RecordedReads {
  viewEntries(ctx: LogReader, from: LogPlace, limit: number): Promise<LogEntries>
  takeEntryBundle(ctx: LogTaker, path: string): Promise<Uint8Array>
  takeProof(ctx: LogReader, index: number): Promise<string>
  /** With `names`, who stands behind each alias as far as it is kept (`openings.jsonl`); how many is in the entry. */
  takeBundle(ctx: LogTaker, options?: { readonly names: boolean }): Promise<LogBundle>
}

export function createRecordedReads(
  log: PublishedLog,
  audited: AuditedTransaction,
  { database, openings }: { readonly database: Database; readonly openings: Pick<NameOpenings, 'open'> },
): RecordedReads {
  const record = async (
    ctx: LogReader,
    fields: Readonly<Record<string, string | number>>,
    kind: 'log_viewed' | 'log_exported' = 'log_exported',
  ) => {
    if (!hasRole(ctx.person, 'auditor')) throw new Refusal('permission_denied')
    const entry = { kind, actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields } as const
    await audited(async () => ({ value: null, entries: [entry] }))
  }
  return {
    viewEntries: async (ctx, from, limit) => {
      await record(ctx, { entries: limit }, 'log_viewed')
      return log.readLogEntries(from, limit, ctx.now)
    },
    takeEntryBundle: async (ctx, path) => {
      const { number, width } = readTilePath(path, 'entries')
      await requireFreshFactor(audited, ctx)
      await record(ctx, { what: 'entries', from: number * 256, entries: width })
      return log.readEntryBundle(number, width)
    },
    takeProof: async (ctx, index) => {
      await record(ctx, { what: 'proof', from: index, entries: 1 })
      return (await log.readProof(index)).proof
    },
    takeBundle: async (ctx, { names } = { names: false }) => {
      const bundle = await log.prepareBundle(names ? { openings: (size) => openingLines(database, openings, size) } : {})
      await requireFreshFactor(audited, ctx)
      const given = names ? { openings: await countOpenings(database, bundle.size) } : {}
      await record(ctx, { what: 'bundle', from: 0, entries: bundle.size, size: bundle.size, ...given })
      return bundle
    },
  }
}

/** Hashes of the tree, which are everybody's. `path` without the leading `tile/`. Refusal `invalid_input`, `not_found`. */
export function readTileAt(log: PublishedLog, path: string): Promise<Uint8Array> {
  const found = readTilePath(path, 'tile')
  return log.readTile(found.level, found.number, found.width)
}

function readTilePath<Kind extends 'tile' | 'entries'>(path: string, kind: Kind) {
  const found = parsed(kind === 'entries' ? `tile/entries/${path}` : `tile/${path}`)
  if (found?.kind !== kind) throw malformedPath()
  return found as Extract<ReturnType<typeof parseTilePath>, { kind: Kind }>
}

function parsed(path: string) {
  try {
    return parseTilePath(path)
  } catch (error) {
    if (error instanceof FormatFault) return null
    throw error
  }
}

const malformedPath = (): Refusal =>
  new Refusal('invalid_input', {
    faults: [
      { pointer: '', code: 'malformed_path', detail: 'Ask for a tile as C2SP tlog-tiles writes it, as 0/x001/234 or 0/x001/234.p/17.' },
    ],
  })
