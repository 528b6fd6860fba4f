import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileShape, readAs } from '../../scripts/backup/contents.ts'
import { readRecords } from '../../scripts/backup/records.ts'
import { takeBackup } from '../../scripts/backup/take-backup.ts'
import { realPace, type NamedWitness } from '../../src/audit/index.ts'
import { tileWidth, widthOfTile } from '../../src/audit/merkle/index.ts'
import { decodeEntryBundle, parseVerifierKey, tilePath, verifierKeyText } from '../../src/audit/notes/index.ts'
import { createWitness, createWitnessServer, openWitnessFolder } from '../../src/audit/witness/index.ts'
import { openLogKeys } from '../../src/config/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { createMailing } from '../../src/mailing.ts'
import { createSigning } from '../../src/signing.ts'
import { assertStrong, createBackupKeys, openBackup } from '../../src/vault/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createScanner, type Canary, type Finding, type Scanner } from '../support/canary.ts'
import { CanaryJourneys, type Flock } from '../support/canary-journeys.ts'
import { freePort } from '../support/process.ts'
import { mailFrom, startMailServer } from '../support/smtp-server.ts'
import { unzip, type ZippedFile } from '../support/unzip.ts'

/** What reporters do, by its address; whoever sends a token of staff along is staff. */
const ofReporters = /^\/(api\/v1\/(concerns|inbox)\b|s\/|b\b|f\b|leave\b|$)/
const isReporters = ({ url = '', headers }: IncomingMessage) => headers.authorization === undefined && ofReporters.test(url)

const timeOf = (instant: Temporal.Instant) => instant.toString().slice(11, 19)
const batches = ['2026-11-24T12:20:00Z', '2026-11-24T18:20:00Z', '2026-11-25T00:20:00Z', '2026-11-25T06:20:00Z'] as const

describe('what leaves the house after every journey', { timeout: 240_000 }, () => {
  const closing: (() => unknown)[] = []
  let app: TestApp
  let flock: Flock
  let scanner: Scanner
  /** When a reporter's browser asked for anything: no other request came in the same second. */
  const moments: Temporal.Instant[] = []
  /** When somebody of staff signed in: that may be told, and must be found. */
  const signIns: Temporal.Instant[] = []
  const asked: Buffer[] = []
  let letters: readonly string[]
  let zip: Buffer
  let files: ZippedFile[]
  let tiles: Uint8Array[]
  let backup: Buffer
  let unpacked: Buffer[]
  let size: number

  beforeAll(async () => {
    const port = await freePort()
    app = await startTestApp({ publicOrigin: `http://127.0.0.1:${port}`, mailFrom })
    closing.push(() => app.close())
    const server = createServer((request, response) => {
      app.clock.advance({ seconds: 1 })
      if (isReporters(request)) moments.push(app.clock.now())
      else if (request.url === '/api/v1/sessions') signIns.push(app.clock.now())
      app.app(request, response)
    })
    closing.push(() => shut(server))
    await once(server.listen(port, '127.0.0.1'), 'listening')
    const wait = async () => app.clock.advance({ seconds: 30 })
    const journeys = new CanaryJourneys(app.origin, { now: app.clock.now, wait })
    await journeys.run()
    flock = journeys.flock
    const times = moments.flatMap((moment) => [
      { name: 'a reporter’s time of day', text: timeOf(moment) },
      { name: 'a reporter’s second', text: String(Math.floor(moment.epochMilliseconds / 1_000)) },
    ])
    const known = signIns.map((moment) => ({ name: 'control: a time of staff', text: timeOf(moment) }))
    scanner = createScanner([...controls, ...known, ...flock.canaries, ...times], flock.tokens)
    await publish()
    await takeAll()
  }, 240_000)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
  })

  /** The batches of a day and its night, each shown to a witness, and the letter of the next morning. */
  async function publish(): Promise<void> {
    const first = signing([])
    app.clock.set(batches[0])
    await first.run()
    await first.close()
    const watched = signing([await watch()])
    closing.push(() => watched.close())
    const secretary = { ...(await app.contextOf('administrator')), steppedUp: true }
    const settings = app.service.settingsAdministration
    const { seen } = await settings.viewCheckpointReaders(secretary)
    const reader = { role: 'Board secretary', name: 'Priya Nair', address: 'priya@trust.example' }
    await settings.addCheckpointReader(secretary, { ...reader, seen, reason: 'Agreed at the audit committee' })
    for (const time of batches.slice(1)) {
      app.clock.set(time)
      await watched.run()
    }
    app.clock.set('2026-11-25T07:00:00Z')
    letters = await mailed()
  }

  const signing = (witnesses: readonly NamedWitness[]) =>
    createSigning(app.service, {
      connection: app.database.signer,
      files: openLogKeys(join(app.dataDir, 'secrets'), assertStrong),
      pace: realPace,
      witnesses,
      published: { read: () => null, write: () => {} },
      tell: () => {},
    })

  /** A witness as others run it, and every byte that comes to it on its way. */
  async function watch(): Promise<NamedWitness> {
    const folder = mkdtempSync(join(tmpdir(), 'forthright-witness-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const { cosigner, memory } = openWitnessFolder(folder, 'witness.example/1', systemRandom)
    const keys = await app.service.publishedLog.readVerifierKeys()
    const logs = keys.map(({ verifierKey }) => parseVerifierKey(verifierKey))
    const witness = createWitnessServer(createWitness({ logs, cosigner, memory, clock: app.clock }), () => {})
    closing.push(() => shut(witness))
    await once(witness.listen(0, '127.0.0.1'), 'listening')
    const behind = (witness.address() as AddressInfo).port
    const wire = createTcpServer((socket) => {
      const onward = connect(behind, '127.0.0.1')
      socket.on('data', (bytes) => asked.push(Buffer.from(bytes)))
      socket.pipe(onward).pipe(socket)
      for (const each of [socket, onward]) each.on('error', () => {})
    })
    closing.push(() => wire.close())
    await once(wire.listen(0, '127.0.0.1'), 'listening')
    return { url: `http://127.0.0.1:${(wire.address() as AddressInfo).port}`, verifierKey: verifierKeyText(cosigner.key) }
  }

  async function mailed(): Promise<readonly string[]> {
    const house = await startMailServer({ allowInsecureAuth: true })
    closing.push(() => house.stop())
    const login = { user: 'forthright', password: 'a password: with signs@in it' }
    const smtp = () => ({ host: '127.0.0.1', port: house.port, tls: 'none' as const, login })
    await createMailing(app.service, { from: mailFrom, smtp }).mailCheckpoint()
    return house.arrived.map(({ raw }) => raw)
  }

  async function takeAll(): Promise<void> {
    const log = app.service.publishedLog
    const bundle = await log.prepareBundle()
    size = bundle.size
    const stream = new PassThrough()
    const [bytes] = await Promise.all([buffer(stream), bundle.write(stream)])
    zip = bytes
    files = unzip(zip)
    tiles = []
    for (let level = 0; tileWidth ** level <= size; level += 1) {
      for (let number = 0, width = 1; (width = widthOfTile(size, level, number)) > 0; number += 1) {
        const answer = await fetch(`${app.origin}/api/v1/log/${tilePath(level, number, width)}`)
        expect(answer.status).toBe(200)
        tiles.push(await answer.bytes())
      }
    }
    const keys = createBackupKeys()
    const parts: Uint8Array[] = []
    const { database, dataDir, clock, origin } = app
    const deps = { owner: database.owner, dataDir, publicOrigin: origin, clock, random: systemRandom }
    await takeBackup(deps, keys.publicKey, async (part) => void parts.push(part))
    backup = Buffer.concat(parts)
    const records = readRecords(
      openBackup(
        keys,
        (async function* () {
          yield backup
        })(),
      ),
    )
    unpacked = []
    for (let record = await records.next(); record !== null; record = await records.next()) {
      unpacked.push(Buffer.from(record.content))
      if (record.kind === 'file') unpacked.push(Buffer.from(readAs('file', fileShape, record).bytes, 'base64'))
    }
  }

  const control = (findings: readonly Finding[]) => findings.filter(({ canary }) => canary.startsWith('control'))
  const rest = (findings: readonly Finding[]) => findings.filter(({ canary }) => !canary.startsWith('control'))

  it('went through every journey to its end, with reporters at seconds of their own', () => {
    expect(flock.refused).toEqual([])
    expect(app.unexpected).toEqual([])
    expect(flock.canaries.length).toBeGreaterThan(100)
    expect(moments.length).toBeGreaterThan(60)
  })

  it('is in no file of the bundle, nor in an entry of it', () => {
    const entries = files
      .filter(({ name }) => name.startsWith('tile/entries/'))
      .flatMap(({ name, bytes }) => decodeEntryBundle(bytes, Number(/\.p.(\d+)$/.exec(name)?.[1] ?? tileWidth)))
    expect(entries).toHaveLength(size)
    const found = [
      ...scanner.scan('the zip', zip),
      ...files.flatMap(({ name, bytes }) => scanner.scan(`bundle: ${name}`, bytes)),
      ...entries.flatMap((text, index) => scanner.scan(`entry ${index}`, Buffer.from(text))),
    ]
    expect(rest(found)).toEqual([])
    expect(new Set(control(found).map(({ canary }) => canary)).size).toBe(controls.length + 1)
    expect(new Set(files.map(({ stamp }) => stamp)).size).toBe(1)
    const theirs = entries.filter((text) => text.includes('"role":"reporter"'))
    expect(theirs.length).toBeGreaterThan(10)
    for (const text of theirs) expect(text).not.toMatch(/"at":|\d\d:\d\d/)
  })

  it('is in no tile', () => {
    expect(tiles.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThanOrEqual(size * 32)
    expect(tiles.flatMap((tile, at) => scanner.scan(`tile ${at}`, tile))).toEqual([])
  })

  it('is in no letter, as it went over the wire or as it is read', () => {
    // The checkpoint's, and those that colleagues' acts send
    expect(letters.length).toBeGreaterThan(1)
    const found = letters.flatMap((raw) => {
      const attached = [...raw.matchAll(/base64\r\n[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/g)].map(([, text = '']) => Buffer.from(text, 'base64'))
      const parts = [Buffer.from(raw, 'latin1'), Buffer.from(raw.replaceAll('=\r\n', ''), 'latin1'), ...attached]
      return parts.flatMap((part, at) => scanner.scan(`letter, part ${at}`, part))
    })
    expect(rest(found)).toEqual([])
    expect(control(found).length).toBeGreaterThan(0)
  })

  it('is in nothing that a witness is sent', () => {
    const bytes = Buffer.concat(asked)
    const requests = String(bytes).split(/(?=POST \/add-checkpoint)/)
    expect(requests).toHaveLength(3)
    const found = scanner.scan('to the witness', bytes)
    expect(rest(found)).toEqual([])
    expect(control(found).length).toBeGreaterThanOrEqual(3)
  })

  it('is in a backup neither from outside nor opened with its key', () => {
    expect(scanner.scan('backup', backup)).toEqual([])
    const found = unpacked.flatMap((record, at) => scanner.scan(`record ${at}`, record))
    expect(rest(found)).toEqual([])
    expect(control(found).length).toBeGreaterThan(10)
  })
})

/** Words that must be found, so that a scan that finds nothing else can be believed. */
const controls: Canary[] = [
  { name: 'control: a kind', text: 'concern_raised' },
  { name: 'control: the log’s name', text: 'forthright/' },
]

async function shut(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
}
