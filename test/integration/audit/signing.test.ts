import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHealth, type SigningState } from '../../../src/health.ts'
import { demonstrationPace, realPace, type Pace } from '../../../src/audit/index.ts'
import { openCheckpoint, parseVerifierKey, verifierKeyText } from '../../../src/audit/notes/index.ts'
import { createWitness, createWitnessServer, openWitnessFolder } from '../../../src/audit/witness/index.ts'
import { openLogKeys } from '../../../src/config/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { createSigning, type Signing } from '../../../src/signing.ts'
import { assertStrong } from '../../../src/vault/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'

let app: TestApp
let signing: Signing | undefined
const told: SigningState[] = []
const lines: string[] = []
beforeEach(async () => {
  told.length = 0
  lines.length = 0
  app = await startTestApp()
})
afterEach(async () => {
  await signing?.close()
  signing = undefined
  await app.close()
})

function open(pace: Pace = demonstrationPace, witnesses: readonly { readonly url: string; readonly verifierKey: string }[] = []): Signing {
  signing = createSigning(
    { ...app.service, log: (event, fields) => void lines.push(`${event} ${JSON.stringify(fields)}`) },
    {
      connection: app.database.signer,
      files: openLogKeys(join(app.dataDir, 'secrets'), assertStrong),
      pace,
      witnesses,
      published: { read: () => null, write: () => {} },
      tell: (state) => void told.push(state),
    },
  )
  return signing
}

const health = (pace: Pace, state: () => SigningState = () => told.at(-1) ?? { reasons: [], warnings: [] }) =>
  createHealth({
    database: app.database.database,
    clock: app.clock,
    directory: app.service.accounts.directory,
    settings: app.service.settings,
    pace,
    workerAlive: () => true,
    signing: state,
    lacks: () => [],
    // Mail is not what is looked at here
    ...{ mail: { wanted: false, ways: { setUp: true, callsSetUp: false }, state: async () => ({ setUp: true, failed: 0 }) } },
  })

describe('whoever watches the service', () => {
  it('hears that a batch is late, and that it came', async () => {
    const watched = health(realPace)
    expect((await watched.ready()).reasons).toEqual([])
    app.clock.advance({ hours: 24 })
    expect((await watched.ready()).reasons).toEqual(['log_late'])
    await open(realPace).run()
    expect((await watched.ready()).reasons).toEqual([])
    app.clock.advance({ hours: 7 })
    expect((await watched.ready()).reasons).toEqual(['log_late'])
    await signing!.run()
    expect((await watched.ready()).reasons).toEqual([])
  })

  it('hears that the log was refused, with the entry in the console, until it holds again', async () => {
    const running = open()
    const { asSuperuser } = app.database
    await asSuperuser.query('alter table staff_entry disable trigger all')
    const altered = await asSuperuser.query<{ id: string }>(
      `update staff_entry set kind = 'signed_out' where id = (select id from staff_entry where kind = 'person_added' limit 1) returning id`,
    )
    const { id } = altered.rows[0]!
    expect(await running.run()).toBe(0)
    expect(lines).toEqual([`log_refused {"code":"entry_altered","entry":"${id}"}`])
    expect(await health(demonstrationPace).ready()).toMatchObject({ ready: false, reasons: ['log_refused'] })
    await asSuperuser.query(`update staff_entry set kind = 'person_added' where id = $1`, [id])
    await asSuperuser.query('alter table staff_entry enable always trigger staff_entry_append_only')
    expect(await running.run()).toBeGreaterThan(0)
    expect(await health(demonstrationPace).ready()).toMatchObject({ ready: true, reasons: [] })
  })
})

describe('a witness', () => {
  const folders: string[] = []
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  it('signs the next checkpoint when it is back, from what it saw last; meanwhile everything goes on, and health says so', async () => {
    await open().run()
    const [{ verifier_key: logKey }] = (await app.database.asSuperuser.query<{ verifier_key: string }>('select verifier_key from log_key'))
      .rows as [{ verifier_key: string }]
    await signing!.close()
    const folder = join(app.dataDir, 'witness')
    folders.push(folder)
    const { cosigner, memory } = openWitnessFolder(folder, 'witness.example', systemRandom)
    const answer = createWitness({ logs: [parseVerifierKey(logKey)], cosigner, memory, clock: app.clock })
    let away = true
    const server = createWitnessServer(
      (body) => (away ? { status: 404, type: 'text/plain; charset=utf-8', body: 'away\n' } : answer(body)),
      () => {},
    ).listen(0, '127.0.0.1')
    closers.push(() => server.close())
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const running = open(demonstrationPace, [{ url, verifierKey: verifierKeyText(cosigner.key) }])

    await app.signIn('auditor')
    expect(await running.run()).toBe(16)
    expect(told.at(-1)).toEqual({ reasons: [], warnings: ['witness_silent'] })
    expect(lines.at(-1)).toBe('witness_failed {"kind":"refused","count":1}')
    expect(await health(demonstrationPace).ready()).toMatchObject({ ready: true, warnings: ['witness_silent'] })

    away = false
    for (let round = 0; round < 2; round += 1) {
      await app.signIn('auditor')
      await running.run()
      expect(told.at(-1)).toEqual({ reasons: [], warnings: [] })
      const { note, size } = await app.service.publishedLog.readCheckpoint()
      const opened = openCheckpoint(note, [parseVerifierKey(logKey), cosigner.key])
      expect(opened.signatures.map(({ key }) => key.name)).toEqual([parseVerifierKey(logKey).name, 'witness.example'])
      expect(opened.checkpoint.size).toBe(size)
    }
  })

  it('that is nowhere keeps nothing from being signed', async () => {
    const key = openWitnessFolder(join(app.dataDir, 'nowhere'), 'nowhere.example', systemRandom).cosigner.key
    expect(await open(demonstrationPace, [{ url: 'http://127.0.0.1:1', verifierKey: verifierKeyText(key) }]).run()).toBeGreaterThan(0)
    expect(told.at(-1)).toEqual({ reasons: [], warnings: ['witness_silent'] })
  })
})
