import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, main } from '../../../scripts/verify-log.mjs'
import { parseCheckpoint, splitNote } from '../../../src/audit/notes/index.ts'
import { rootInGroups } from '../../../src/audit/index.ts'
import { filesOf, zipOf } from '../../support/honest-log/bundle.ts'
import { growHonestLog } from '../../support/honest-log/grow.ts'
import { place } from './stage.ts'

const program = join(import.meta.dirname, '..', '..', '..', 'scripts', 'verify-log.mjs')
const run = (...args: readonly string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 60_000 })
function told(...args: readonly string[]): { code: number; said: string } {
  let said = ''
  const code = main(args, (text) => (said += text))
  return { code, said }
}

describe('how the verifier is asked', () => {
  test('tells how it is used to who asks for that, and is content', () => {
    for (const args of [['--help'], ['proof', '--help'], ['--help', '--json']]) {
      const { status, stdout, stderr } = run(...args)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^Usage:\n {2}node verify-log\.mjs <bundle/)
    }
  })

  test('tells how it is used to who asks wrongly, and is not', () => {
    for (const args of [[], ['--no-such'], ['a', 'b', '--key', 'k']]) {
      const { status, stdout } = run(...args)
      expect([status, stdout]).toEqual([2, expect.stringContaining('Usage:\n  node verify-log.mjs <bundle')])
    }
  })
})

describe('the fingerprint of a checkpoint', () => {
  test('is the same groups as in the mail and on the page, whatever the root', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (root) => {
        expect(fingerprintOf(root)).toBe(rootInGroups(root))
      }),
    )
  })

  test('is printed of the newest one and of each that was brought, to be held against the minutes', async () => {
    const log = await growHonestLog({ seed: 7, acts: 60, measure: 16, waits: true, rotates: false, restores: 0 })
    const file = place('said.zip', zipOf(await filesOf(log)))
    const notes = [...log.checkpoints.values()]
    const [early, newest] = [notes[1]!, notes.at(-1)!].map((note) => parseCheckpoint(splitNote(note).text))
    const args = [file, '--key', log.keys[0]!, '--checkpoint', place('said-early', notes[1]!)]
    const { code, said } = told(...args)
    expect(code).toBe(0)
    expect(said).toContain(`\nFingerprint ${rootInGroups(newest!.root)}\n`)
    expect(said).toContain(`${rootInGroups(early!.root)} at ${early!.size} entries, as you kept it`)
    expect(JSON.parse(told(...args, '--json').said)).toMatchObject({
      fingerprint: rootInGroups(newest!.root),
      kept: [{ size: early!.size, fingerprint: rootInGroups(early!.root) }],
    })
  })
})

test('one of a thing is told as one', async () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const log = await growHonestLog({ seed, acts: 6 + 2 * seed, measure: 0, waits: false, rotates: false, restores: seed % 2 })
    const { said } = told(place(`one-${seed}.zip`, zipOf(await filesOf(log))), '--key', log.keys[0]!, '--key', log.keys.at(-1)!)
    expect(said).not.toMatch(/\b1 (deadlines|signatures|entries|are|were|rest) /)
  }
})
