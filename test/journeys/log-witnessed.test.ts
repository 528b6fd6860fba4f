import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileCache, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import { converse, setsUp } from '../support/terminal-process.ts'

const root = join(import.meta.dirname, '..', '..')

/** As docs/deployment.md says it, command by command: a real organisation, a witness somewhere else, and a new key for the log. */
describe('a log with a witness, whose key is changed', { timeout: 240_000 }, () => {
  let house: Household
  let service: RunningService
  let firstKey: string
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    const fresh = await newHousehold({})
    house = { ...fresh, settings: { NODE_ENV: 'production', PUBLIC_ORIGIN: `http://127.0.0.1:${fresh.port}` } }
    closing.push(() => house.remove())
    await setsUp(house)
    service = await startService(house)
    closing.push(() => service.killTree())
    await untilReady(service)
  }, 180_000)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
  })

  const get = async (path: string) => (await send(service.origin, `/api/v1/log/${path}`)).text
  /** Asks until it is so, or gives the last answer. */
  async function until(path: string, wanted: (text: string) => boolean): Promise<string> {
    const deadline = performance.now() + 30_000
    for (;;) {
      const text = await get(path)
      if (wanted(text) || performance.now() > deadline) return text
      await pause(100)
    }
  }

  it('is signed at its first start, by one key', async () => {
    expect(await until('checkpoint', (text) => text.includes('\n— '))).toMatch(/^forthright\/[0-9a-f-]{36}\n256\n/)
    firstKey = (await get('key')).trim()
    expect(firstKey.split('\n')).toHaveLength(1)
  })

  it('is cosigned from the next start by the witness that WITNESSES names', async () => {
    const args = ['--data', join(house.tempDir, 'witness'), '--name', 'witness.example/1', '--log', firstKey, '--port', '0']
    const witness = spawn(process.execPath, [join(root, 'scripts', 'witness.ts'), ...args], {
      cwd: root,
      env: { ...process.env, ...compileCache },
    })
    closing.push(() => witness.kill('SIGKILL'))
    const said: Record<string, string> = {}
    for await (const line of createInterface(witness.stdout)) {
      for (const [name, shape] of [
        ['key', /^Witness key.*: (\S+)$/],
        ['url', /^Listening on (\S+)$/],
      ] as const)
        said[name] ??= shape.exec(line)?.[1] as string
      if (said['url'] !== undefined) break
    }
    await service.stop()
    house = { ...house, settings: { ...house.settings, WITNESSES: `${said['url']} ${said['key']}` } }
    service = await startService(house)
    await untilReady(service)
    const line = '\n— witness.example/1 '
    expect(await until('checkpoint', (text) => text.includes(line))).toContain(line)
    const ready = (await send(service.origin, '/readyz')).json<{ warnings: string[] }>()
    expect(ready.warnings.filter((warning) => warning.startsWith('witness'))).toEqual([])
  })

  it('gets a new key beside the old one while it runs', async () => {
    const talk = converse(house, 'rotate-log-key.ts')
    expect([await talk.ended, talk.all()]).toEqual([0, expect.stringContaining('The new key, for everybody who checks this log')])
    const made = /^ {2}(forthright\/\S+)$/m.exec(talk.all())![1]!
    expect(talk.all()).toMatch(/Until \d{4}-\d\d-\d\d the old key signs as well/)
    expect((await get('key')).trim().split('\n')).toEqual([firstKey, made])
    expect(readdirSync(join(house.dataDir, 'secrets', 'log')).filter((name) => name.endsWith('.key'))).toHaveLength(2)
    const again = converse(house, 'rotate-log-key.ts')
    expect([await again.ended, again.all()]).toEqual([1, expect.stringContaining('Nothing was changed')])
  })
})
