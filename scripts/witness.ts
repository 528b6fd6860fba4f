/**
 * `npm run witness -- --data FOLDER --name NAME --log KEY`: watches a log for somebody who is not the one that keeps it. It needs nothing
 * of the service: no database, no account, no copy of the log.
 */
import { parseArgs } from 'node:util'
import { createWitness, createWitnessServer, openWitnessFolder, WitnessFault } from '../src/audit/witness/index.ts'
import { FormatFault, parseVerifierKey, verifierKeyText, type VerifierKey } from '../src/audit/notes/index.ts'
import { systemClock, systemRandom } from '../src/kernel/index.ts'

const usage = `npm run witness -- --data FOLDER --log KEY [--name NAME] [--port 8087] [--host 127.0.0.1]

--data   a folder of the witness's own: its key and what it has seen. Back it up with care: a witness that is put back to yesterday
         may contradict itself. Where it is lost, start anew in an empty folder, with a new key.
--name   the first time only: the key's name, for example witness.your-trust.nhs.uk/1
--log    the public key of a log to watch, as its service shows it (while one takes over from another, both, on a line each); again for each
         further log
--host   where to listen; without TLS, so a proxy with TLS belongs in front for anybody but this machine

After a log has declared a restore, its earlier part no longer leads to the later one: it needs a witness with a new folder and key.`

interface Settings {
  readonly folder: string
  readonly name: string | null
  readonly logs: readonly VerifierKey[]
  readonly port: number
  readonly host: string
}

/** Null where the command line does not say what it must. FormatFault where a key is none. */
function readSettings(): Settings | null {
  const values = readOptions()
  if (values === null) return null
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  const logs = (values.log ?? []).flatMap((given) => given.trim().split(/\s+/)).map(parseVerifierKey)
  if (values.data === undefined || logs.length === 0 || !(port <= 65_535) || logs.some(({ type }) => type !== 'log')) return null
  return { folder: values.data, name: values.name ?? null, logs, port, host: values.host }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string' },
        name: { type: 'string' },
        log: { type: 'string', multiple: true },
        port: { type: 'string', default: '8087' },
        host: { type: 'string', default: '127.0.0.1' },
      },
    }).values
  } catch {
    return null
  }
}

function start({ folder, name, logs, port, host }: Settings): void {
  const { cosigner, memory } = openWitnessFolder(folder, name, systemRandom)
  const server = createWitnessServer(createWitness({ logs, cosigner, memory, clock: systemClock }), (error) => {
    process.stderr.write(`${wordsFor(error)}\n`)
    if (error instanceof WitnessFault) stop(1)
  })
  const stop = (code: number): void => {
    process.exitCode = code
    server.close()
    setTimeout(() => server.closeAllConnections(), 2_000).unref() // answers under way are sent first
  }
  server.once('error', (error) => {
    process.stderr.write(`${wordsFor(error)}\n`)
    process.exitCode = 1
  })
  server.listen(port, host, () => {
    const address = server.address()
    const at = typeof address === 'object' && address !== null ? address.port : port
    process.stdout.write(`Witness key, for whoever keeps the log: ${verifierKeyText(cosigner.key)}\n`)
    for (const { name: origin, id } of logs) process.stdout.write(`Watching ${origin} (key ${id})\n`)
    process.stdout.write(`Listening on http://${host.includes(':') ? `[${host}]` : host}:${at}\n`)
  })
  process.once('SIGINT', () => stop(0))
  process.once('SIGTERM', () => stop(0))
}

function wordsFor(error: unknown): string {
  if (error instanceof WitnessFault) return `${error.message}.`
  if (error instanceof FormatFault) return 'A key given with --log is not one: it reads name+8 letters and digits+base64.'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return `This failed (${cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'}).`
}

try {
  const settings = readSettings()
  if (settings === null) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
  } else start(settings)
} catch (error) {
  process.stderr.write(`${wordsFor(error)}\n`)
  process.exitCode = error instanceof WitnessFault ? 1 : 2
}
