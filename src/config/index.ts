/**
 * Config: what the operator decides, read once at start. Owns the environment's names, the mode, and the server's secrets in
 * `DATA_DIR/secrets`, which never enter the database. Promises that a fault stops the start, all faults are told together by
 * name and never by value, and no secret has a default. Imports nothing of ours; only the composition imports it.
 */
export { ConfigFault } from './fault.ts'
export { loadConfig, type Config, type DatabaseChoice, type Mode, type SmtpSettings, type TrustProxy, type Witness } from './config.ts'
export { findDutyKey, openDutyKey, readDutyPublicKey } from './duty-key.ts'
export { loadSecrets, type SecretsOptions, type ServerSecrets, type SessionKeys } from './secrets.ts'
export { openLogKeys, type LogKeyFiles } from './log-keys.ts'
export { openPublishedFile, type PublishedFile } from './published-file.ts'
export { openPinFile, type PinFile, type Pins } from './pins.ts'
