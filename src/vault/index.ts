/**
 * Vault: seals and opens. Owns the key hierarchy (people, sessions, compartments, items), the reporter's token and everything
 * that touches a cipher, signature or keyed hash. Promises P1: whoever holds the database, a backup or a log line, and not the
 * token, the password or the server keys kept outside, reads nothing and cannot put words into another's mouth. No database,
 * no files: bytes in, bytes out. Every sealed record starts with a suite byte.
 */
export {
  backupKeyName,
  createBackupKeys,
  readBackupPrivateKey,
  readBackupPublicKey,
  writeBackupPrivateKey,
  writeBackupPublicKey,
  type BackupKeys,
} from './backup-keys.ts'
export { BackupFault, openBackup, sealBackup, type BackupFaultCode } from './backup-stream.ts'
export { openUnder, sealUnder } from './box.ts'
export type { AsRead, Bytes } from './bytes.ts'
export {
  commitmentHolds,
  commitmentOfParts,
  commitTo,
  commitToParts,
  showParts,
  type Commitment,
  type Parts,
  type ShownParts,
} from './commitment.ts'
export {
  createCompartmentKeys,
  openGrant,
  sealGrant,
  type CompartmentKeys,
  type CompartmentKind,
  type GrantBinding,
} from './compartments.ts'
export { dutyKeysOf, openForDuty, sealForDuty } from './duty.ts'
export { deriveKey, keyedHash } from './hashing.ts'
export { openItem, openJson, sealItem, sealJson, type ItemBinding, type Opened, type SealedItem } from './items.ts'
export { createKeys, fingerprint, type PrivateKeys, type PublicKeys } from './keys.ts'
export { sizeClass } from './padding.ts'
export { judgePassword } from './password-judgement.ts'
export { lockWithPassword, openWithPassword, passwordCost, wastePasswordWork, type PasswordCost, type PasswordRecord } from './password.ts'
export {
  newRecoveryCode,
  openWithRecoveryCode,
  readRecoveryCode,
  recoveryCodeGroups,
  wrapForRecoveryCode,
  type RecoveryCode,
} from './recovery-code.ts'
export { wipeKeys } from './recovery-keys.ts'
export { openWithToken, wrapForToken } from './reporter-keys.ts'
export { hashSessionKey, lockForSession, openForSession, type SessionLock } from './session.ts'
export { groupsInRow, shareGroups } from './share-groups.ts'
export {
  holdRecoveryCeremony,
  readShare,
  readShareRow,
  rebuildRecoveryKeys,
  recoveryShares,
  type RebuildFault,
  type RecoveryCeremony,
  type RecoveryShare,
} from './shares.ts'
export { signStatement, verifyStatement } from './statements.ts'
export { assertStrong } from './strength.ts'
export { readToken, type TokenReading } from './token-reading.ts'
export { locateToken, newToken, spellGroup, tokenGroups, type ReporterToken } from './token.ts'
