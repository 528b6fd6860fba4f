import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { load } from './load.ts'
import { line, megabytes, perSecond } from './paper.ts'

/** What the machine allows at best, so that the figures after it can be read. */
export async function measureMachine(dataDir: string, origin: string, quick: boolean): Promise<void> {
  line('processor', `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`)
  line('memory', `${megabytes(totalmem())} MB`)
  line('other work on it (load of the last minute)', (loadavg()[0] ?? 0).toFixed(1))
  line('8 KiB written and synced in the data folder', perSecond(syncs(dataDir)))
  const seconds = quick ? 1 : 3
  line('an empty Node server, 8 clients', perSecond(await emptyServer(seconds)))
  const health = await load({ origin, clients: 8, seconds, next: () => ({ path: '/healthz' }), wanted: 200 })
  line('GET /healthz of the service, 8 clients', perSecond(health.rate))
}

/** How often a second 8 KiB are written and synced in a folder. */
export function syncs(folder: string): number {
  const file = join(folder, 'bench-sync')
  const descriptor = openSync(file, 'w')
  const page = Buffer.alloc(8192, 1)
  const began = performance.now()
  let count = 0
  while (performance.now() - began < 1_000) {
    writeSync(descriptor, page, 0, page.length, (count % 128) * page.length)
    fsyncSync(descriptor)
    count += 1
  }
  closeSync(descriptor)
  rmSync(file)
  return (count * 1000) / (performance.now() - began)
}

async function emptyServer(seconds: number): Promise<number> {
  const server = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { rate } = await load({ origin, clients: 8, seconds, next: () => ({ path: '/' }), wanted: 200 })
  server.closeAllConnections()
  server.close()
  return rate
}
