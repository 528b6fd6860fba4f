import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openPinFile } from '../../src/config/index.ts'
import { RestoreRefused } from './refused.ts'

/** The newest checkpoint the worker published, kept outside the database. */
export const publishedCheckpoint = 'published-checkpoint'

/** Checkpoints that the service itself left lying: in the folder that is restored into, and in the old one where it was set aside. */
export function leftCheckpoints(...folders: readonly string[]): string[] {
  return folders.map((folder) => join(folder, publishedCheckpoint)).filter((file) => existsSync(file))
}

const secretsOf = (folder: string): string => join(folder, 'secrets')

/**
 * A pin is there so that an older list of readers cannot be put back in silence; a restore is just that. Where the old data folder is at hand
 * and its pin has seen a newer list, somebody has to say that they know. Gives the version that was seen, null where all is well. Throws
 * `RestoreRefused` `newer_list`, and `other_deployment` where the two have different recovery keys.
 */
export function comparePins(oldFolder: string | null, restoredFolder: string, olderListKnown: boolean): number | null {
  const seen = oldFolder === null ? null : openPinFile(secretsOf(oldFolder)).read()
  const restored = openPinFile(secretsOf(restoredFolder)).read()
  if (seen === null || restored === null) return null
  if (seen.recoveryKey !== restored.recoveryKey) throw new RestoreRefused('other_deployment')
  const newer = seen.set !== null && seen.set.version > (restored.set?.version ?? 0) ? seen.set.version : null
  if (newer !== null && !olderListKnown) throw new RestoreRefused('newer_list')
  return newer
}
