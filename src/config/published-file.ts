import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from './files.ts'

/** The newest checkpoint that was published, kept outside the database: a database that went back to an older state does not know it. */
export interface PublishedFile {
  /** Null where none was ever kept. */
  read(): string | null
  write(note: string): void
}

/** `<dataDir>/published-checkpoint`. Not a secret: `npm run restore` looks for it under this name. */
export function openPublishedFile(dataDir: string): PublishedFile {
  const file = join(dataDir, 'published-checkpoint')
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    write: (note) => writeWhole(file, note),
  }
}
