import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { livingIn } from '../../src/database/embedded/processes.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send, type PlainAnswer } from '../support/process-http.ts'
import { faultsOfRows } from '../support/process-whole.ts'

const narrative = 'The alarm on bay four was switched off again.'

describe('stopping and starting again', { timeout: 180_000 }, () => {
  let house: Household
  let service: RunningService
  beforeAll(async () => {
    // How fast it starts is measured here: without what a test run keeps compiled
    house = await newHousehold({ DEMO_CONCERNS: '0', NODE_DISABLE_COMPILE_CACHE: '1' })
    service = await startService(house)
    await untilReady(service)
  }, 120_000)
  afterAll(async () => {
    await service.stop()
    await house.remove()
  })

  const raise = (agent?: Agent): Promise<PlainAnswer | null> =>
    send(service.origin, '/api/v1/concerns', {
      body: { narrative },
      headers: { 'Idempotency-Key': newId(systemRandom) },
      ...(agent === undefined ? {} : { agent }),
    }).catch(() => null)

  async function signIn(): Promise<{ Authorization: string }> {
    const { email, password } = demonstrationPeople[0]!
    const answer = await send(service.origin, '/api/v1/sessions', {
      body: { email, password, otp: demonstrationCode(Temporal.Now.instant()) },
    })
    return { Authorization: `Bearer ${answer.json<{ accessToken: string }>().accessToken}` }
  }

  it('finishes what is under way, takes nothing new, and leaves no process behind', async () => {
    const bearer = await signIn()
    const [first, ...others] = Array.from({ length: 12 }, () => raise())
    await first
    const stopping = service.stop()
    const answers = (await Promise.all([first!, ...others])).filter((answer) => answer !== null)
    const { code, signal } = await stopping
    expect([code, signal]).toEqual([0, null])
    expect(livingIn(house.places.cluster)).toEqual([])
    // Everything that was let in was finished: no half answers, and no "went wrong on our side"
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 503)).toEqual([])
    expect(house.console.join('')).toContain('"stopped"')

    service = await startService(house)
    await untilReady(service)
    const thief = await asSuperuser(house)
    expect(await faultsOfRows(thief, 2)).toEqual([])
    await thief.end()
    for (const answer of answers.filter(({ status }) => status === 201)) {
      const { token } = answer.json<{ token: string }>()
      expect((await send(service.origin, '/api/v1/inbox', { body: { token } })).json<{ narrative: string }>().narrative).toBe(narrative)
    }
    // Whoever was signed in still is
    expect((await send(service.origin, '/api/v1/concerns', { headers: bearer })).status).toBe(200)
  })

  it('ends while somebody keeps a connection busy, without an error to them', async () => {
    const agent = new Agent({ keepAlive: true })
    let over = false
    const statuses = new Set<number>()
    const busy = Array.from({ length: 4 }, async () => {
      while (!over) {
        const answer = await raise(agent)
        if (answer === null) return
        statuses.add(answer.status)
      }
    })
    while (!statuses.has(201)) await new Promise((resolve) => setTimeout(resolve, 5))
    const began = performance.now()
    const { code } = await service.stop()
    const spent = performance.now() - began
    over = true
    await Promise.all(busy)
    agent.destroy()
    expect(code).toBe(0)
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
    // A connection that is never idle is told to close: nobody waits for the end of the patience
    expect(spent).toBeLessThan(8_000)
    service = await startService(house)
    await untilReady(service)
  })

  it('starts again within two seconds, the best of five', async () => {
    // On a machine that has other work for every processor the figure tells of that work, and the more so the more there is of it
    const share = () => (loadavg()[0] ?? 0) / availableParallelism()
    const limit = () => (share() < 1 ? 2_000 : Math.max(8_000, 2_000 * share()))
    const starts: number[] = []
    for (let time = 0; time < 5 && Math.min(...starts, Number.POSITIVE_INFINITY) > limit(); time += 1) {
      await service.stop()
      service = await startService(house)
      starts.push(service.milliseconds)
    }
    expect(Math.min(...starts)).toBeLessThan(limit())
    await untilReady(service)
  })

  it('starts its background process again when that is killed, and meanwhile goes on serving', async () => {
    const database = service.databaseProcesses()
    const [worker, ...others] = service.tree().filter((pid) => pid !== service.pid && !database.includes(pid))
    expect([worker === undefined, others]).toEqual([false, []])
    process.kill(worker!, 'SIGKILL')
    expect((await raise())?.status).toBe(201)
    await untilReady(service)
    const now = service.tree().filter((pid) => pid !== service.pid && !service.databaseProcesses().includes(pid))
    expect(now).toHaveLength(1)
    expect(now).not.toContain(worker)
  })

  it('goes on without the duty key, says so to whoever watches, and no more once its file is back', async () => {
    const file = join(house.dataDir, 'secrets', 'duty', 'duty.key')
    const workerAnew = async () => {
      const database = service.databaseProcesses()
      process.kill(
        service.tree().find((pid) => pid !== service.pid && !database.includes(pid))!,
        'SIGKILL',
      )
      await untilReady(service)
    }
    const patience = { timeout: 60_000 }
    const warnings = async () => (await send(service.origin, '/readyz')).json<{ warnings: string[] }>().warnings
    renameSync(file, `${file}.away`)
    await workerAnew()
    await expect.poll(warnings, patience).toContain('duty_key_missing')
    expect((await raise())?.status).toBe(201)
    renameSync(`${file}.away`, file)
    await workerAnew()
    await expect.poll(warnings, patience).not.toContain('duty_key_missing')
  })

  it('refuses a second service on the same data folder by name, and leaves the first alone', async () => {
    const other = { ...house, port: house.port + 1, console: [] as string[] }
    await expect(startService(other)).rejects.toThrow(/already runs on this data folder: process \d+/)
    expect((await raise())?.status).toBe(201)
  })

  it('says in one line why it cannot listen', async () => {
    const other = await newHousehold()
    try {
      // The service that has the port answers in its place, so it is what it says that counts
      const wrong = await startService({ ...other, port: house.port })
      const said = () => other.console.join('')
      while (!/cannot be used|is ready/.test(said())) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(said()).toContain(`The port ${house.port} cannot be used (EADDRINUSE)`)
      expect(said()).not.toMatch(/^\s+at |is ready/m)
      await wrong.killTree()
    } finally {
      await other.remove()
    }
  })

  it('will not go on with a lost server secret, rather than shut everybody out in silence', async () => {
    await service.stop()
    const file = `${house.places.secrets}/server/token-pepper`
    const kept = readFileSync(file)
    rmSync(file)
    await expect(startService(house)).rejects.toThrow(/token-pepper is missing/)
    writeFileSync(file, kept, { mode: 0o600 })
    service = await startService(house)
    expect((await raise())?.status).toBe(201)
  })
})
