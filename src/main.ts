import { join } from 'node:path'
import { createApp } from './app.ts'
import { compose, prepare } from './composition.ts'
import { ConfigFault } from './config/index.ts'
import { CannotStart, openServer } from './database/index.ts'
import { greet } from './greeting.ts'
import { warningsOf } from './health.ts'
import { systemTimer } from './http/index.ts'
import { readStartUp } from './start-up.ts'
import { createWorkerKeeper } from './worker-keeper.ts'

/** The web process: database first, then the service, then the door. It starts the worker and takes it along when it goes. */
async function main(): Promise<void> {
  const began = performance.now()
  const startUp = readStartUp(process.env)
  const { config, log } = startUp
  log('starting', { mode: config.mode })
  const server = await openServer(startUp.server, log)
  log('migrations_applied', { count: server.migrationsApplied })

  const worker = createWorkerKeeper(join(import.meta.dirname, 'worker.ts'), log)
  const service = await compose(startUp, server.app, {
    maxConnections: 24,
    workerAlive: worker.alive,
    signing: worker.signing,
    lacks: worker.lacks,
  })
  const open = await prepare(service, startUp)
  const warnings = open ? await warningsOf(service.accounts.directory) : []
  for (const warning of warnings) log(warning)
  const { publicOrigin, trustProxy } = config.http
  const demonstration = config.mode === 'demonstration'
  const { app } = createApp(service, { publicOrigin, trustProxy, demonstration, open, timer: systemTimer })
  const door = app.listen(config.http.port, config.http.bindHost, (fault?: NodeJS.ErrnoException) => {
    // Express calls this too where the door could not be opened
    if (fault !== undefined) return fail(new CannotStart(`The port ${config.http.port} cannot be used (${fault.code ?? 'unknown'}).`))
    const milliseconds = Math.round(performance.now() - began)
    log('listening', { port: config.http.port, milliseconds })
    greet({ config, where: server.where, putAside: server.putAside, milliseconds, open, warnings })
    worker.start()
  })
  // Nobody holds a place by sending slowly.
  door.headersTimeout = 10_000
  door.requestTimeout = 30_000

  let stopping = false
  // A connection that is never idle would keep the door open until patience ends
  door.prependListener('request', (_request, response) => void (stopping && response.setHeader('Connection', 'close')))
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    log('stopping', { signal })
    worker.stop()
    const drained = new Promise<void>((resolve) => door.close(() => resolve()))
    door.closeIdleConnections()
    await Promise.race([drained, systemTimer.wait(10_000)])
    door.closeAllConnections()
    await service.close()
    await server.stop()
    log('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}

function fail(error: unknown): never {
  const told = error instanceof CannotStart || error instanceof ConfigFault
  process.stderr.write(told ? `${error.message}\n` : `The service cannot start (${error instanceof Error ? error.name : 'unknown'}).\n`)
  if (!told && error instanceof Error) process.stderr.write(`${error.stack?.split('\n').slice(1).join('\n') ?? ''}\n`)
  process.exit(1)
}

await main().catch(fail)
