/**
 * `npm run restore -- --from FILE --outside CHECKPOINT`: puts a backup into an empty data folder and declares it in the log (docs/backup.md). The
 * whole file is opened and checked before anything is made; whatever is refused or killed later leaves nothing that could be started.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigFault } from '../src/config/index.ts'
import { CannotStart } from '../src/database/index.ts'
import { Secret } from '../src/kernel/index.ts'
import { readStartUp, type StartUp } from '../src/start-up.ts'
import { readKey } from './backup/keys.ts'
import { closingWords, declaredWords } from './restore/closing-words.ts'
import { RestoreRefused } from './restore/refused.ts'
import { declareOperators } from './restore/declare-operators.ts'
import { restoreBackup, type RestoreWanted } from './restore/restore-backup.ts'
import { Interrupted, openTerminal, type Terminal } from './setup/terminal.ts'

const usage = `npm run restore -- --from FILE --outside CHECKPOINT
  --key FILE           the private half of the backup key; without it the rows are asked for
  --outside TEXT|FILE  the newest checkpoint somebody outside holds: a note, or its line from the minutes; may come more than once
  --outside-unknown    nobody holds one
  --old FOLDER         the old data folder, where it was set aside: its last checkpoint and its pins are compared
  --older-list         go on although the old folder has seen a newer list of readers
  --moved              the service has another address now than when the backup was made
  --notice-days N      how long the first page tells people (90)
npm run restore -- --declare --copy-of DATE --outside CHECKPOINT
  for a PostgreSQL of your own, once you put it back to the copy of that day: says so in the log
It takes the same settings as npm start, and an empty DATA_DIR. docs/backup.md goes through it step by step.`

const options = {
  from: { type: 'string' },
  declare: { type: 'boolean' },
  'copy-of': { type: 'string' },
  key: { type: 'string' },
  outside: { type: 'string', multiple: true },
  'outside-unknown': { type: 'boolean' },
  old: { type: 'string' },
  'older-list': { type: 'boolean' },
  moved: { type: 'boolean' },
  'notice-days': { type: 'string' },
} as const

interface Wanted extends RestoreWanted {
  readonly key: string | undefined
  /** The day of the copy that an operator put back by other means, where it is only to be declared. */
  readonly copyOf: string | null
}

function wantedOf(words: readonly string[]): Wanted | null {
  try {
    const { values } = parseArgs({ args: [...words], options })
    const { from = '', key, outside = [], old, 'notice-days': days = '90', 'copy-of': copyOf = '' } = values
    const declares = values.declare === true
    if (declares === (from !== '') || declares !== /^\d{4}-\d\d-\d\d$/.test(copyOf) || !/^\d{1,3}$/.test(days)) return null
    return {
      from,
      copyOf: declares ? Temporal.PlainDate.from(copyOf).toString() : null,
      key,
      outside,
      old: old === undefined ? null : resolve(old),
      outsideUnknown: values['outside-unknown'] === true,
      olderList: values['older-list'] === true,
      moved: values.moved === true,
      noticeDays: Number(days),
    }
  } catch {
    return null
  }
}

async function restore(startUp: StartUp, terminal: Terminal, wanted: Wanted): Promise<string[]> {
  const { copyOf } = wanted
  const { database } = startUp.config
  if (copyOf !== null) {
    if (database.kind !== 'operators' || database.ownerUrl === null)
      throw new CannotStart('--declare is for a PostgreSQL of your own: it needs DATABASE_URL and DATABASE_OWNER_URL.')
    return declaredWords(copyOf, await declareOperators(startUp, { url: new Secret(database.ownerUrl()) }, { ...wanted, copyOf }))
  }
  if (database.kind === 'operators')
    throw new CannotStart('With DATABASE_URL the database is yours: put it back as you do others, then use --declare (docs/backup.md).')
  return closingWords(await restoreBackup(startUp, await readKey(terminal, wanted.key), wanted))
}

function wordsFor(error: unknown): string {
  if (error instanceof Interrupted) return '\nStopped. Nothing was put back.'
  if (error instanceof RestoreRefused || error instanceof CannotStart || error instanceof ConfigFault) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
  return `This failed (${code}). Nothing was put back.`
}

const wanted = wantedOf(process.argv.slice(2))
if (wanted === null) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  const terminal = openTerminal()
  try {
    const startUp = readStartUp(process.env)
    terminal.say(...(await restore(startUp, terminal, wanted)))
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`)
    process.exitCode = 1
  } finally {
    terminal.close()
  }
}
