/**
 * Database: PostgreSQL, ours or the operator's, and the transactions on it.
 * Owns the embedded server, roles, migrations and sessions. Promises that an acknowledged write is on the disk (P6), that the
 * service's login can't rewrite the log (P4), that a failure is a clear refusal and that it recovers without hands.
 * Writing goes through `audit`'s transaction; who may call the two writing functions here is in the import rules.
 */
export { assertAppRoleIsHarmless, assertSignerIsHarmless } from './harmless-role.ts'
export { CannotStart } from './cannot-start.ts'
export { refillDatabase, RowsRefused, settleRestored, type Refill } from './copies/refill.ts'
export { makeDatabase, openAsOwner, type NewDatabase } from './copies/servers.ts'
export { withSnapshot, type Snapshot } from './copies/snapshot.ts'
export { type TableCopy } from './copies/tables.ts'
export { driverConfig, type Connection } from './connection.ts'
export { createDatabase, type Database, type DatabaseOptions, type Tx } from './database.ts'
export { isUniqueViolation } from './failures.ts'
export { createJobRunner } from './job-runner.ts'
export { migrationNames } from './migrations.ts'
export { connectionOf, migrate, openServer, signerConnectionOf, type OpenServer, type ServerChoice } from './open.ts'
export { runTransaction } from './transaction.ts'
export { unloggedTransaction } from './unlogged.ts'
