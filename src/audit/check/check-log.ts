import { newId, Refusal, type Clock, type Random } from '../../kernel/index.ts'
import type { Database } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import type { EntryActor } from '../entry.ts'
import type { Names, ReadNames } from '../openings/index.ts'
import type { PublishedLog } from '../publish/published-log.ts'
import { recordLook, requireAuditor } from '../search/search-log.ts'
import { actorOf, type LogReader } from '../view-log.ts'
import { firstIndex, insertCheck, readChecks, type LogCheck } from './check-store.ts'
import { withMisfiled } from './misfiled.ts'
import { runVerifier, type CheckOutcome } from './verifier.ts'

export interface LogChecksDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly publishedLog: Pick<PublishedLog, 'prepareBundle' | 'readVerifierKeys'>
  readonly clock: Clock
  readonly random: Random
  readonly readNames: ReadNames
}

export interface LogChecks {
  /** Begins a check of the whole log and does not wait for it. One at a time: while one runs, it does nothing. Refusal `permission_denied`. */
  start(ctx: LogReader): void
  /**
   * The checks that have ended, newest first, with the names of who asked for them, and since when one is running. Recorded: `log_viewed`.
   * Refusal `permission_denied`.
   */
  view(
    ctx: LogReader,
  ): Promise<{ readonly ended: readonly LogCheck[]; readonly names: Names; readonly runningSince: Temporal.Instant | null }>
  /** The nightly check. Gives the entries checked; 0 where nothing has been signed yet. */
  runNightly(): Promise<number>
  /** Waits for the one that is running. */
  settled(): Promise<void>
  /** Ends the one that is running; it leaves nothing. */
  stop(): Promise<void>
}

const shown = 10

/**
 * The whole log, checked by the auditors' own program on the bundle that they get. Recorded when it has ended: `log_checked`, with the result in
 * the same transaction.
 */
export function createLogChecks({ database, audited, publishedLog, clock, random, readNames }: LogChecksDeps): LogChecks {
  const stopping = new AbortController()
  let running: { readonly since: Temporal.Instant; readonly done: Promise<number> } | null = null

  const check = async (actor: EntryActor): Promise<number> => {
    const began = performance.now()
    const outcome = await outcomeOf(publishedLog, database, stopping.signal)
    if (outcome === null || stopping.signal.aborted) return 0
    const askedBy = 'alias' in actor ? actor.alias : null
    const milliseconds = Math.round(performance.now() - began)
    const ended: LogCheck = { ...outcome, id: newId(random), checkedAt: clock.now(), askedBy, milliseconds }
    const from = firstIndex(outcome)
    const fields = { what: 'log', verdict: outcome.verdict, entries: outcome.entries, ...(from !== null && { from }) }
    await audited(async (tx) => {
      await insertCheck(tx, ended)
      return { value: null, entries: [{ kind: 'log_checked', actor, at: ended.checkedAt, fields }] }
    })
    return outcome.entries
  }
  const begin = (actor: EntryActor): Promise<number> => {
    if (running !== null) return running.done
    const done = check(actor).finally(() => (running = null))
    running = { since: clock.now(), done }
    return done
  }
  const settled = async () => void (await running?.done.catch(() => 0))
  return {
    start: (ctx) => {
      requireAuditor(ctx)
      // A database that went away is told by the next page; there is nobody else to tell
      begin(actorOf(ctx.person, 'auditor')).catch(() => 0)
    },
    view: async (ctx) => {
      await recordLook(audited, ctx, 0)
      const read = await database.read(async (tx) => {
        const ended = await readChecks(tx, shown)
        const askers = ended.flatMap(({ askedBy }) => (askedBy === null ? [] : [askedBy]))
        return { ended, names: await readNames(tx, [], [...new Set(askers)]) }
      })
      return { ...read, runningSince: running?.since ?? null }
    },
    runNightly: () => begin({ role: 'system' }),
    settled,
    stop: async () => {
      stopping.abort()
      await settled()
    },
  }
}

/** Null before anything was signed: there is nothing to check. */
async function outcomeOf(log: LogChecksDeps['publishedLog'], database: Database, stop: AbortSignal): Promise<CheckOutcome | null> {
  try {
    const keys = (await log.readVerifierKeys()).map(({ verifierKey }) => verifierKey)
    const bundle = await log.prepareBundle()
    const checked = runVerifier(bundle, keys, stop).then((outcome) => withMisfiled(outcome, database, stop))
    return await checked.catch(() =>
      stop.aborted ? null : { verdict: 'not_finished' as const, size: bundle.size, entries: 0, checks: [], findings: [notRead] },
    )
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null
    throw error
  }
}

/** The log could not be put into a bundle, or the bundle not be checked. Never the fault's own words. */
const notRead: CheckOutcome['findings'][number] = {
  ...{ severity: 'not_finished', check: 'files', code: 'unreadable', message: 'The log could not be read to its end.' },
  ...{ index: null, id: null },
}
