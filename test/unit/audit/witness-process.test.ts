import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parseVerifierKey, verifierKeyText, type VerifierKey } from '../../../src/audit/notes/index.ts'
import { askWitness, openWitnessFolder, WitnessFault } from '../../../src/audit/witness/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { createSmallLog, type SmallLog } from '../../support/small-log.ts'
import { newWitnessFolder, witnessName } from '../../support/watching.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const script = join(root, 'scripts', 'witness.ts')
let log: SmallLog
let fork: SmallLog

beforeAll(async () => {
  log = await createSmallLog('forthright/one', 600)
  fork = await createSmallLog('forthright/one', 600, 20)
})

interface Running {
  readonly url: string
  readonly key: VerifierKey
  /** Its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** `npm run witness` as it is run, at any free port. */
async function start(folder: string): Promise<Running> {
  const logKey = `${verifierKeyText(log.signer.key)}\n${verifierKeyText(fork.signer.key)}\n` // two lines, as while one key takes over
  const child = spawn(process.execPath, [script, '--data', folder, '--name', witnessName, '--log', logKey, '--port', '0'], { cwd: root })
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  const found = { url: '', key: '' }
  for await (const line of createInterface(child.stdout)) {
    found.key ||= /^Witness key.*: (\S+)$/.exec(line)?.[1] ?? ''
    found.url = /^Listening on (\S+)$/.exec(line)?.[1] ?? ''
    if (found.url !== '') break
  }
  const kill = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal)
    return ended
  }
  return { url: found.url, key: parseVerifierKey(found.key), ended, kill }
}

describe('npm run witness', () => {
  // What it answered before it was killed is what it must stand by afterwards.
  test('never goes behind what it cosigned, whenever it is killed, and refuses a fork after each start', { timeout: 120_000 }, async () => {
    const folder = newWitnessFolder()
    const keys = new Set<string>()
    let size = 0
    for (let round = 0; round < 5; round += 1) {
      const witness = await start(folder)
      keys.add(verifierKeyText(witness.key))
      const send = async (from: SmallLog, oldSize: number, to: number) =>
        askWitness(fetch, witness, await from.note(to), oldSize, await from.consistencyProof(oldSize, to), 20_000)

      const told = await send(fork, 599, 600)
      if (told.outcome !== 'other_size') throw new Error(`a fork was answered with ${told.outcome}`)
      expect(told.size).toBeGreaterThanOrEqual(size)
      size = told.size
      if (size > 20) expect(await send(fork, size, size + 1)).toEqual({ outcome: 'refused', status: 422 })

      const killed = new Promise((resolve) => setTimeout(() => resolve(witness.kill('SIGKILL')), 5 + round * 15))
      for (let to = size + 1; to < 600; to += 1) {
        const reply = await send(log, to - 1, to)
        if (reply.outcome !== 'cosigned') break
        size = to
      }
      await killed
    }
    expect(size).toBeGreaterThan(0)
    expect(keys.size).toBe(1)
    expect(openWitnessFolder(folder, null, systemRandom).memory.latest('forthright/one')!.checkpoint.size).toBeGreaterThanOrEqual(size)
  })

  test('ends when another one has taken its folder, and when it is asked to', { timeout: 60_000 }, async () => {
    const folder = newWitnessFolder()
    const first = await start(folder)
    const second = await start(folder)
    const note = await log.note(5)
    expect(await askWitness(fetch, first, note, 0, [])).toEqual({ outcome: 'refused', status: 500 })
    expect(await first.ended).toBe(1)
    expect(await askWitness(fetch, second, note, 0, [])).toMatchObject({ outcome: 'cosigned' })
    expect(await second.kill('SIGTERM')).toBe(0)
    expect(() => openWitnessFolder(folder, 'another.name', systemRandom)).toThrow(WitnessFault)
  })

  test('says how it is used where the command line does not name a folder and a key', () => {
    const key = verifierKeyText(log.signer.key)
    for (const [args, status, words] of [
      [['--help'], 2, 'npm run witness -- --data'],
      [['--data', newWitnessFolder()], 2, 'npm run witness -- --data'],
      [['--data', newWitnessFolder(), '--log', 'no key'], 2, 'is not one'],
      [['--data', newWitnessFolder(), '--log', key], 1, 'needs a name'],
    ] as const) {
      const ran = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', timeout: 20_000 })
      expect([ran.status, ran.stderr]).toEqual([status, expect.stringContaining(words)])
    }
  })
})
