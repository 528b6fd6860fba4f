/**
 * `npm run recover -- renew | export FILE | rebuild EXPORT FILE | import FILE`: what to do when keys are lost (docs/recovery.md). `renew`,
 * `export` and `import` run at the server; `rebuild` needs neither server nor data folder, and is best done on a machine with no network.
 */
import { ConfigFault } from '../src/config/index.ts'
import { CannotStart } from '../src/database/index.ts'
import { Refusal } from '../src/kernel/index.ts'
import { exportToFile, importFromFile, renew } from './recover/at-server.ts'
import { rebuild, Unreadable } from './recover/rebuild.ts'
import { wordsOf } from './setup/people.ts'
import { Interrupted, openTerminal, type Terminal } from './setup/terminal.ts'

const usage = `npm run recover -- renew                new keys for who lost theirs
npm run recover -- export FILE          takes out what the recovery key opens
npm run recover -- rebuild EXPORT FILE  puts two shares together, apart from it
npm run recover -- import FILE          brings the keys back to the server
docs/recovery.md says who should be in the room.`

type Command = (terminal: Terminal, ...files: readonly string[]) => Promise<void>

/** Each command, and how many files it names. */
const commands: Readonly<Record<string, readonly [Command, number]>> = {
  renew: [renew, 0],
  export: [(terminal, file = '') => exportToFile(terminal, file), 1],
  rebuild: [(terminal, exported = '', file = '') => rebuild(terminal, exported, file), 2],
  import: [(terminal, file = '') => importFromFile(terminal, file), 1],
}

function commandOf([name = '', ...files]: readonly string[]): ((terminal: Terminal) => Promise<void>) | null {
  const [command, count] = Object.hasOwn(commands, name) ? commands[name]! : []
  return command === undefined || files.length !== count ? null : (terminal) => command(terminal, ...files)
}

function wordsFor(error: unknown): string {
  if (error instanceof Interrupted) return '\nStopped. Nothing was opened, changed or written.'
  if (error instanceof Refusal) return wordsOf(error)
  if (error instanceof CannotStart || error instanceof ConfigFault || error instanceof Unreadable) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
  return `This failed (${code}).`
}

const command = commandOf(process.argv.slice(2))
if (command === null) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  const terminal = openTerminal()
  try {
    await command(terminal)
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`)
    process.exitCode = 1
  } finally {
    terminal.close()
  }
}
