/**
 * Check: the whole log held against its own rules by the program that auditors have, and a checkpoint that somebody kept held against the log.
 * What is found is kept with how much was checked and when, and is an entry too.
 */
export { createLogChecks, type LogChecks } from './check-log.ts'
export { firstIndex, type LogCheck } from './check-store.ts'
export { createCompareCheckpoint, longestNote, type CompareCheckpoint, type ComparedAs, type Comparison } from './compare.ts'
export { verifierFile, type CheckFinding, type CheckVerdict } from './verifier.ts'
