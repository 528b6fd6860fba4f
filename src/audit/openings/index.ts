/**
 * Openings: who stands behind an alias. Entries that let somebody in carry a salted commitment to their name; what opens it lies in a table of its
 * own, sealed under a server key, and is destroyed at retention. Only auditors are shown a name, and only where it fits what the log committed to.
 */
export { createNameOpenings, type NameOpenings, type NamingDraft } from './name-openings.ts'
export { destroyOpenings } from './destroy-openings.ts'
export { createReadNames, type Names, type ReadNames, type StandsBehind } from './read-names.ts'
export { countOpenings, openingLines } from './opening-lines.ts'
export { readKeptAliases } from './opening-store.ts'
