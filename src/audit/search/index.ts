/**
 * Search: what an auditor's pages read of the log, by period, kind and alias, and entry by entry with what can be checked of it at once. Every
 * look is recorded before it is read. Bounded whatever the log's length: by indexes, page by page, never by an offset.
 */
export { dayInput, logQueryOf, logSearchInput, periodInput, periodOf } from './search-input.ts'
export { type KindGroup } from './kind-groups.ts'
export { createReadExtent, type ReadExtent } from './extent.ts'
export { createEntryReader, type EntryChecks, type EntryPage, type EntryReader } from './read-entry.ts'
export { type EntryReading } from './read-text.ts'
export { createLogSearch, type LogFindings, type LogQuery, type LogSearcher, type ShownEntry } from './search-log.ts'
export { createTakeSearch, mostTaken, type TakenSearch, type TakeSearch } from './take-search.ts'
export { type Period } from './search-store.ts'
