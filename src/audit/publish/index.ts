/**
 * Publish: the readers' half of the log. Checkpoints, keys and tiles of hashes for everybody; entries, proofs and the bundle for auditors, each
 * recorded before it is read. Works with the service's own login, which can change nothing of it.
 */
export type { LogBundle } from './bundle.ts'
export { beginning, readPlace, type LogPlace } from './log-place.ts'
export type { PlacedText, PublishedCheckpoint } from './log-store.ts'
export { proveEntry, type ProvenEntry } from './prove-entry.ts'
export { createPublishedLog, type LogEntries, type PublishedLog } from './published-log.ts'
export { createRecordedReads, readTileAt, type RecordedReads } from './recorded-reads.ts'
export { rootInGroups } from './root-in-groups.ts'
