import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { placesFor, socketFile, type Places } from '../../../src/database/embedded/places.ts'
import { lockHolder } from '../../../src/database/embedded/processes.ts'
import { createDatabase, openServer, unloggedTransaction, type Database, type OpenServer } from '../../../src/database/index.ts'
import { newId, Refusal, systemRandom, type ErrorCode } from '../../../src/kernel/index.ts'
import { isRoot, kill, leaveNothing, newGround } from '../../support/database-process.ts'

leaveNothing()
const silent = () => {}
const patience = { wait: 1_000, transaction: 2_000 }

const receipt = (size = 100) => ({
  id: Buffer.from(newId(systemRandom)),
  sealed: Buffer.from(systemRandom.bytes(size)),
  purgeOn: new Date('2026-01-31'),
})
const write = (database: Database, size?: number) => unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt(size) }))

describe('a server that goes away', () => {
  const ground = newGround()

  test('is a clear refusal while it is gone; the same database object serves again once it is back', async () => {
    const server = await openServer(ground, silent)
    const database = createDatabase({ connection: server.app, maxConnections: 3, patience })
    await write(database)
    await server.stop()
    expect(await codeOf(write(database))).toBe('database_unavailable')
    expect(await codeOf(database.ping())).toBe('database_unavailable')
    const back = await openServer(ground, silent)
    await write(database)
    expect(await database.read((tx) => tx.receipt.count())).toBe(2)
    await database.close()
    await back.stop()
  })

  test('killed under load it loses no answered write, refuses the others clearly, and comes back by itself', async () => {
    const server = await openServer(ground, silent)
    const database = createDatabase({ connection: server.app, maxConnections: 3, patience })
    const before = await database.read((tx) => tx.receipt.count())
    const { cluster } = placesFor(ground.dataDir, ground.rootsFolder)
    let answered = 0
    let killed = 0
    let enough = Infinity
    const refusals = new Set<ErrorCode>()
    const writer = async () => {
      while (answered < enough) {
        const code = await codeOf(write(database))
        if (code === null) answered += 1
        else refusals.add(code)
      }
    }
    const killer = async () => {
      for (; killed < 2; killed += 1) {
        const sofar = answered
        while (answered < sofar + 20) await pause(20)
        kill(lockHolder(join(cluster, 'postmaster.pid'))!)
      }
      enough = answered + 20
    }
    await Promise.all([writer(), writer(), writer(), killer()])
    expect([...refusals].filter((code) => code !== 'overloaded')).toEqual(['database_unavailable'])
    const after = await database.read((tx) => tx.receipt.count())
    // A write whose answer was cut off may be there or not; no answered one may be missing.
    expect(after - before).toBeGreaterThanOrEqual(answered)
    expect(after - before).toBeLessThanOrEqual(answered + 6)
    await database.close()
    await server.stop()
  })
})

describe('a server that is cut off', () => {
  const ground = newGround()

  test('without a word: callers are told within their patience, and served again when the line is back', async () => {
    const server = await openServer(ground, silent)
    const line = await lineTo(placesFor(ground.dataDir, ground.rootsFolder))
    const database = createDatabase({ connection: { ...hostOf(server), host: '127.0.0.1', port: line.port }, maxConnections: 2, patience })
    await write(database)
    line.goSilent()
    const began = performance.now()
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(write(database))))
    expect(performance.now() - began).toBeLessThan(10_000)
    for (const code of codes) expect(['database_unavailable', 'overloaded']).toContain(code)
    line.comeBack()
    await eventually(() => write(database))
    expect(await database.read((tx) => tx.receipt.count())).toBeGreaterThanOrEqual(2)
    await database.close()
    line.close()
    await server.stop()
  })
})

describe.runIf(isRoot && process.platform === 'linux')('a disk that is full', () => {
  const { dataDir, rootsFolder } = newGround()

  test(
    'is a clear refusal, with nothing half-written; once there is room the service goes on by itself',
    { timeout: 120_000 },
    async ({ skip }) => {
      const small = `${rootsFolder}-on-a-small-disk`
      mkdirSync(small)
      if (!mount(small)) skip('no right to mount a small disk here')
      onTestFinished(() => void execFileSync('/bin/umount', ['-l', small]))
      const server = await openServer({ dataDir, rootsFolder: small }, silent)
      const database = createDatabase({ connection: server.app, maxConnections: 2, patience })
      const ballast = join(small, 'ballast')
      const fillUpTo = (room: number) => {
        const { bavail, bsize } = statfsSync(small)
        appendFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - room)))
      }

      // First the tables find no room; then, with nothing left at all, the server can't even write its log and ends.
      fillUpTo(8 * 1024 * 1024)
      const answered = await untilRefused('storage_full', () => write(database, 200_000))
      fillUpTo(0)
      await untilRefused('database_unavailable', () => growLog(database))

      rmSync(ballast)
      await eventually(() => write(database))
      const there = await database.read((tx) => tx.receipt.findMany({ select: { sealed: true } }))
      expect(there.length).toBeGreaterThan(answered)
      expect(there.every(({ sealed }) => [100, 200_000].includes(sealed.length))).toBe(true)
      await database.close()
      await server.stop()
    },
  )
})

/** A megabyte that takes room in the server's log alone. */
const growLog = (database: Database) =>
  unloggedTransaction(database, (tx) => tx.$executeRaw`select pg_logical_emit_message(true, 'test', repeat('x', 1000000))`)

/** Does it until this refusal comes; gives how often it went through. */
async function untilRefused(wanted: ErrorCode, work: () => Promise<unknown>): Promise<number> {
  let answered = 0
  for (let tries = 0; tries < 1_000; tries += 1) {
    const code = await codeOf(work())
    if (code === null) answered += 1
    if (code === wanted) return answered
  }
  return expect.unreachable(`it was never ${wanted}`)
}

/** The code of the refusal, or null where it went through. Anything else than a refusal fails the test. */
async function codeOf(work: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await work
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code
  }
}

async function eventually(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await codeOf(work())) === null) return
    await pause(100)
  }
  expect.unreachable('it never worked again')
}

function hostOf({ app }: OpenServer) {
  if ('url' in app) throw new Error('a server of ours was expected')
  return app
}

/** A TCP line to the server's socket that can be made to swallow everything, as a broken network does. */
async function lineTo(places: Places) {
  let silentNow = false
  const sockets = new Set<Socket>()
  const line = createServer((near) => {
    const far = createConnection(socketFile(places.socketDir, 5432))
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => near.destroy() && far.destroy())
    }
    near.on('data', (data) => silentNow || far.write(data))
    far.on('data', (data) => silentNow || near.write(data))
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const { port } = line.address() as AddressInfo
  return {
    port,
    goSilent: () => (silentNow = true),
    comeBack: () => (silentNow = false),
    close: () => {
      for (const socket of sockets) socket.destroy()
      line.close()
    },
  }
}

function mount(folder: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=711', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
