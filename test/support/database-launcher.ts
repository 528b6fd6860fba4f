/**
 * A process that runs a server until it is told to stop or is killed: what the web process is to its database. Takes its options as
 * JSON, answers one line of JSON on standard output, and stops in order on SIGTERM.
 */
import { flushCompileCache } from 'node:module'
import { startEmbeddedServer } from '../../src/database/embedded/start.ts'

const { dataDir, rootsFolder } = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string; rootsFolder: string }

flushCompileCache()
try {
  const server = await startEmbeddedServer({ dataDir, rootsFolder, log: () => {} })
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  const { putAside, places } = server
  console.log(JSON.stringify({ ready: { putAside, places } }))
  setInterval(() => {}, 60_000)
} catch (error) {
  console.log(JSON.stringify({ refused: (error as Error).message }))
  process.exit(1)
}
