import { existsSync, readFileSync } from 'node:fs'
import { CannotStart } from '../../src/database/index.ts'
import {
  backupKeyName,
  createBackupKeys,
  readBackupPrivateKey,
  readBackupPublicKey,
  writeBackupPrivateKey,
  writeBackupPublicKey,
  type BackupKeys,
} from '../../src/vault/index.ts'
import { writeNew } from '../recover/files.ts'
import type { Terminal } from '../setup/terminal.ts'

/** Makes a pair: the private half into a file for a stick or a printer, the public one beside it and on the screen. Keeps neither. */
export function makeKey(file: string): string[] {
  const keys = createBackupKeys()
  const name = backupKeyName(keys.publicKey)
  const word = writeBackupPublicKey(keys.publicKey)
  const rows = writeBackupPrivateKey(keys).map((row, at) => `    ${at + 1}.  ${row.join(' ')}`)
  writeNew(file, [`FORTHRIGHT: PRIVATE HALF OF THE BACKUP KEY ${name}`, '', ...beside, '', ...rows, ''].join('\n'))
  writeNew(`${file}.public`, `${word}\n`)
  return [
    `  Private half: ${file}. Print it or keep the stick, in two places away from the server, and delete this file.`,
    `  Public half:  ${file}.public. It may lie anywhere. Backups are made with:`,
    '',
    `    npm run backup -- --to ${word} --out FILE`,
    '',
    `  Name of the key: ${name}. It stands in the log with each backup.`,
  ]
}

const beside = [
  'Whoever has this and a backup has the database and the secrets of the server, though not the content of',
  'concerns. Without it no backup opens. Keep it on paper or a stick in two places, never on the server.',
]

/** The key to seal to: the word itself, or a file with it. Throws `CannotStart`. */
export function readTo(given: string): Uint8Array {
  const word = existsSync(given) ? readFileSync(given, 'utf8') : given
  const key = readBackupPublicKey(word)
  if (key === null) throw new CannotStart('--to is neither the public half of a backup key nor a file with one: copy it again, whole.')
  return key
}

/** The private half: from a file, or typed from paper row by row where there is none. Throws `CannotStart`. */
export async function readKey(terminal: Terminal, file: string | undefined): Promise<BackupKeys> {
  const typed = file === undefined ? await askRows(terminal) : rowsIn(file)
  const reading = readBackupPrivateKey(typed)
  if (reading.ok) return reading.keys
  const where = reading.groups.length > 0 ? ` Look at group ${reading.groups.join(', ')}.` : ''
  throw new CannotStart(`This is not the private half of a backup key: six rows of four groups.${where}`)
}

function rowsIn(file: string): string {
  if (!existsSync(file)) throw new CannotStart(`There is no file ${file}.`)
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => /^\s*[1-6][.):]/.test(line)).join('\n')
}

async function askRows(terminal: Terminal): Promise<string> {
  terminal.say('', '  Type the private half of the backup key from its paper.')
  const rows: string[] = []
  for (let row = 1; row <= 6; row += 1) rows.push(await terminal.ask(`Row ${row}:`, (value) => ({ value })))
  terminal.wipe()
  return rows.join('\n')
}
