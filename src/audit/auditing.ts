import type { Clock, Random } from '../kernel/index.ts'
import type { Database } from '../database/index.ts'
import type { AuditedTransaction } from './audited-transaction.ts'
import { createCompareCheckpoint, createLogChecks, type CompareCheckpoint, type LogChecks } from './check/index.ts'
import { createReadNames, type NameOpenings } from './openings/index.ts'
import { createOversight, type Oversight } from './oversight/index.ts'
import type { PublishedLog } from './publish/index.ts'
import {
  createEntryReader,
  createLogSearch,
  createReadExtent,
  createTakeSearch,
  type EntryReader,
  type LogSearcher,
  type TakeSearch,
} from './search/index.ts'

/** Everything that an auditor's pages and calls do, beside taking parts of the log away. */
export interface Auditing {
  readonly log: LogSearcher
  readonly takeSearch: TakeSearch
  readonly entries: EntryReader
  readonly checks: LogChecks
  readonly compare: CompareCheckpoint
  readonly oversight: Oversight
}

export function createAuditing(deps: {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly publishedLog: PublishedLog
  readonly clock: Clock
  readonly random: Random
  readonly openings: NameOpenings
}): Auditing {
  const { database, audited, clock } = deps
  const readNames = createReadNames(deps.openings)
  const readExtent = createReadExtent()
  return {
    log: createLogSearch(database, audited, readNames, readExtent),
    takeSearch: createTakeSearch(database, audited, readExtent),
    entries: createEntryReader(database, audited, readNames),
    checks: createLogChecks({ ...deps, readNames }),
    compare: createCompareCheckpoint(database, audited, clock),
    oversight: createOversight(database, audited, readNames, readExtent),
  }
}
