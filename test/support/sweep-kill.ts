/** The sweeper under kill -9: a month in which nobody answers, lived through by background processes that are killed again and again. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemRandom, type DateText } from '../../src/kernel/index.ts'
import type { TestApp } from './app.ts'
import { compileCache } from './process.ts'

export interface KilledSweep {
  /** How many steps were taken before each kill, and once the process was gone. */
  readonly kills: readonly { readonly before: number; readonly after: number }[]
}

/**
 * Kills a sweeping process so many times, spread over about `expected` steps, each at a random moment of a few transactions; then two at once live through
 * what is left.
 */
export async function killWhileSweeping(
  { database, dataDir }: Pick<TestApp, 'database' | 'dataDir'>,
  days: { readonly first: DateText; readonly last: DateText },
  { kills: times, expected }: { readonly kills: number; readonly expected: number },
): Promise<KilledSweep> {
  const { password, ...login } = database.app
  const given = JSON.stringify({ app: { ...login, password: password.reveal() }, secretsDir: join(dataDir, 'secrets'), ...days })
  const taken = async () => {
    const { rows } = await database.asSuperuser.query<{ n: number }>('select count(*)::int as n from clock_notice')
    return rows[0]!.n
  }
  // Some start up meanwhile: most of a process's life is that
  const spare = [start(given), start(given), start(given)]
  const kills: { before: number; after: number }[] = []
  for (let number = 1; number <= times; number += 1) {
    const sweeper = spare.shift()!
    await sweeper.begin()
    while ((await taken()) < (number * expected) / (times + 1) && !sweeper.isOver()) await pause(1)
    await pause(fraction() * 15)
    const before = await taken()
    await sweeper.kill()
    kills.push({ before, after: await taken() })
    spare.push(start(given))
  }
  const [one, other, last] = spare as [Sweeper, Sweeper, Sweeper]
  await Promise.all([one.begin(), other.begin()])
  await Promise.all([one.over, other.over, last.kill()])
  return { kills }
}

interface Sweeper {
  readonly over: Promise<unknown>
  isOver(): boolean
  begin(): Promise<void>
  kill(): Promise<void>
}

function start(given: string): Sweeper {
  const child: ChildProcess = fork(join(import.meta.dirname, 'sweeping-process.ts'), [given], { env: { ...process.env, ...compileCache } })
  const over = once(child, 'exit')
  const ready = once(child, 'message')
  return {
    over,
    isOver: () => child.exitCode !== null || !child.connected,
    begin: async () => {
      await ready
      child.send('go')
    },
    kill: async () => {
      child.kill('SIGKILL')
      await over
    },
  }
}

/** From 0 to 1. */
const fraction = (): number => Buffer.from(systemRandom.bytes(4)).readUInt32BE() / 2 ** 32
