import type { BackupFaultCode } from '../../src/vault/index.ts'

/** Every reason why a backup is not put back, by a code of its own, in words for who sits at the terminal. */
const sentences = {
  not_a_backup: 'This file is no backup of Forthright.',
  unknown_suite: 'This backup was made by a later release, in a form that this one does not know. Use that release.',
  wrong_key: 'This backup was made for another key. The name of its key stands in the log entry of the day it was made.',
  damaged: 'This backup is damaged or was changed: a part of it does not open. Nothing was put back. Use another copy of it.',
  truncated: 'This backup is cut off: its end is missing. Nothing was put back. Use another copy of it.',
  other_mode: 'This backup is of a demonstration and these settings are for real use, or the other way round. Nothing was put back.',
  other_deployment:
    'This backup is of a service at another address than PUBLIC_ORIGIN says. If it is yours and the address has changed since, add --moved.',
  newer_release: 'This backup was made by a newer release than this one. Use that release.',
  log_does_not_hold:
    'The log in this backup does not hold: an entry, a link or the tree was changed before the backup was made. Nothing was put back. ' +
    'Keep it for the auditor, and use the backup before it.',
  outside_missing:
    'Which checkpoint is known outside? Give --outside with the newest one: from the mail to the auditor, the board’s minutes or a witness. ' +
    'Where nobody has one, --outside-unknown goes on without; then nobody can tell how many entries are missing.',
  outside_unreadable: 'This is no checkpoint: neither a signed note nor a line with a size and a root.',
  outside_not_ours: 'That checkpoint is of another log, or not signed by a key of this one.',
  outside_contradicts:
    'The checkpoint known outside says something else of the part of the log that this backup holds. One of the two was tampered with. ' +
    'Nothing was put back: keep both, and call the auditor.',
  outside_older_line:
    'That checkpoint is of a state that an earlier restore already declared lost. Give the newest one, from after that restore.',
  newer_list:
    'The old data folder has seen a newer list of readers than this backup holds. People who were taken off it since would be on it again. ' +
    'If there is no newer backup, add --older-list, and let the guardians sign the list anew before you open.',
} as const satisfies Record<BackupFaultCode, string> & Record<string, string>

export type RestoreRefusalCode = keyof typeof sentences

/** A backup that is not put back. Its message is the sentence; nothing was changed. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
  readonly code: RestoreRefusalCode

  constructor(code: RestoreRefusalCode) {
    super(`${sentences[code]} (${code})`)
    this.code = code
  }
}
