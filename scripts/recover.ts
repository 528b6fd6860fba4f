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

const usage = `npm run recover -- renew                  new keys for somebody who lost theirs, at the server
npm run recover -- export FILE            takes out what the recovery key opens, for one person
npm run recover -- rebuild EXPORT FILE    puts two shares together, on a machine apart
npm run recover -- import FILE            brings the keys back to the server
docs/recovery.md says who should be in the room.`

function commandOf([name, ...files]: readonly string[]): ((terminal: Terminal) => Promise<void>) | null {
  const [first, second] = files
  if (name === 'renew' && files.length === 0) return renew
  if (name === 'export' && first !== undefined && files.length === 1) return (terminal) => exportToFile(terminal, first)
  if (name === 'import' && first !== undefined && files.length === 1) return (terminal) => importFromFile(terminal, first)
  if (name === 'rebuild' && first !== undefined && second !== undefined && files.length === 2)
    return (terminal) => rebuild(terminal, first, second)
  return null
}

function wordsFor(error: unknown): string {
  if (error instanceof Interrupted) return '\nStopped.'
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
