/**
 * Audit: the log. Owns the catalogue of entries, their canonical text and hashes, and the only transaction that may change anything.
 * Promises P3 (no change and no look without an entry, in the same transaction) and, with the database's triggers, that no
 * entry is ever altered. Two lanes: reporters' entries carry a date and nothing that could date them more finely.
 */
export { createTreeEdge, leafHash } from './merkle/index.ts'
export { FormatFault, openCheckpoint, parseVerifierKey } from './notes/index.ts'
export { composeEntry, type AuditDraft, type ComposedEntry, type EntryActor } from './entry.ts'
export { canonicalJson, type CanonicalValue } from './canonical.ts'
export { entryKinds, type EntryKind } from './catalogue.ts'
export { type EntryToAppend } from './append.ts'
export { createAuditedTransaction, type AppendMore, type Audited, type AuditedTransaction } from './audited-transaction.ts'
export { hasEntrySince, readConcernEntries, readNewestEntry, type StoredEntry } from './entry-store.ts'
export { createRollbackGuard, type KeptNote, type RollbackGuard } from './rollback-guard.ts'
export { createRestoreNotices, type RestoreNotice, type RestoreNotices } from './restore-notice.ts'
export {
  batchSchedule,
  createCosign,
  createIntegrator,
  createLogKeys,
  demonstrationPace,
  isLate,
  LogRefused,
  readLastPublished,
  realPace,
  type Integrated,
  type Integrator,
  type LogKeyFiles,
  type LogKeys,
  type NamedWitness,
  type Pace,
  type WitnessOutcome,
} from './integrate/index.ts'
export {
  beginning,
  createPublishedLog,
  createRecordedReads,
  proveEntry,
  readPlace,
  readTileAt,
  rootInGroups,
  type LogBundle,
  type LogEntries,
  type LogPlace,
  type PlacedText,
  type PublishedCheckpoint,
  type ProvenEntry,
  type PublishedLog,
  type RecordedReads,
} from './publish/index.ts'
export {
  dayInput,
  logQueryOf,
  logSearchInput,
  mostTaken,
  periodInput,
  periodOf,
  type EntryChecks,
  type EntryPage,
  type EntryReader,
  type EntryReading,
  type KindGroup,
  type LogFindings,
  type LogQuery,
  type LogSearcher,
  type Period,
  type ShownEntry,
} from './search/index.ts'
export {
  createNameOpenings,
  destroyOpenings,
  readKeptAliases,
  type NameOpenings,
  type Names,
  type NamingDraft,
  type StandsBehind,
} from './openings/index.ts'
export { createAuditing, type Auditing } from './auditing.ts'
export {
  drawSample,
  lastDayToAnswer,
  mostDrawn,
  readDrawnEntry,
  readFixedDraws,
  readSamplePopulation,
  requireSamplePeriod,
  requireSampleSize,
  sampleBounds,
  sampleCommitmentOf,
  sampleSeedOf,
  spellingsOf,
  type FixedDraw,
  type SampleBase,
} from './sample/index.ts'
export {
  firstIndex,
  longestNote,
  verifierFile,
  type CheckVerdict,
  type CompareCheckpoint,
  type ComparedAs,
  type Comparison,
  type LogCheck,
  type LogChecks,
} from './check/index.ts'
export {
  exceptionCodes,
  exceptionRules,
  type AccessQuery,
  type AccessReport,
  type Exception,
  type ExceptionCode,
  type ExceptionReport,
  type ExceptionsQuery,
  type Oversight,
  type PeopleReport,
  type PersonThen,
  type ReadEntry,
  type Standing,
} from './oversight/index.ts'
export { actorOf, createRecordRefusal, type LogReader, type RecordRefusal } from './view-log.ts'
