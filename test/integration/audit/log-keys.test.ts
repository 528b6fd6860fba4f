import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPublishedLog } from '../../../src/audit/index.ts'
import { openCheckpoint, parseVerifierKey, splitNote } from '../../../src/audit/notes/index.ts'
import { openLogKeys } from '../../../src/config/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { assertStrong } from '../../../src/vault/index.ts'
import { startTestApp } from '../../support/app.ts'
import { openSigner, startLogStage, type LogStage } from '../../support/log.ts'

let stage: LogStage
beforeEach(async () => {
  stage = await startLogStage()
})
afterEach(() => stage.close())

const folder = () => join(stage.secretsDir, 'log')
const keyIds = () => readdirSync(folder()).map((name) => name.slice(0, 8))
const rows = async () =>
  (await stage.database.asSuperuser.query<{ verifier_key: string; retired_at: Date | null }>('select * from log_key order by announced_at'))
    .rows
const said = async () =>
  (
    await stage.database.asSuperuser.query<{ kind: string }>(
      `select kind from staff_entry where kind like 'log_key%' order by happened_at, kind`,
    )
  ).rows.map(({ kind }) => kind)
const newestNote = async () =>
  (await stage.database.asSuperuser.query<{ note: string }>('select note from log_checkpoint order by size desc limit 1')).rows[0]!.note
const batch = () => stage.integrator().integrate(stage.clock.now())

describe('the key of the log', () => {
  it('is made once, for the owner of the files alone, and announced in the log', async () => {
    await batch()
    stage.clock.advance({ hours: 12 })
    await batch()
    expect(await rows()).toHaveLength(1)
    expect(await said()).toEqual(['log_key_announced'])
    expect(readdirSync(folder())).toEqual([`${parseVerifierKey((await rows())[0]!.verifier_key).id}.key`])
    expect(statSync(folder()).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder(), readdirSync(folder())[0]!)).mode & 0o777).toBe(0o600)
  })

  it('is one key where two background processes start at once', async () => {
    const parts = { database: stage.database.database, signer: stage.database.signer, secretsDir: stage.secretsDir, clock: stage.clock }
    const other = openSigner(parts)
    await Promise.all([stage.keys.settle(), other.keys.settle()])
    await stage.keys.settle()
    await other.signer.close()
    expect(keyIds()).toHaveLength(1)
    expect(await rows()).toHaveLength(1)
  })

  it('is never made anew where it was lost: nothing is signed until it is put back', async () => {
    await batch()
    const [name] = readdirSync(folder())
    const key = readFileSync(join(folder(), name!))
    rmSync(folder(), { recursive: true })
    stage.clock.advance({ hours: 12 })
    await expect(batch()).rejects.toMatchObject({ name: 'LogRefused', code: 'key_missing' })
    expect(existsSync(folder())).toBe(false)
    openLogKeys(stage.secretsDir, assertStrong).begin(name!.slice(0, 8), Buffer.from(key.toString().trim(), 'hex'))
    expect((await batch()).added).toBe(256)
  })

  it.each([
    ['at the same instant', 0],
    ['after the clock was put back', 60],
  ])('comes after the one before it, made %s', async (_when, seconds) => {
    await batch()
    const first = (await rows())[0]!.verifier_key
    stage.clock.advance({ seconds: -seconds })
    const made = await stage.keys.rotate()
    expect((await createPublishedLog(stage.database.database).readVerifierKeys()).map(({ verifierKey }) => verifierKey)).toEqual([
      first,
      made!.verifierKey,
    ])
    expect((await rows()).map(({ verifier_key }) => verifier_key)).toEqual([first, made!.verifierKey])
  })

  it('of another log signs nothing', async () => {
    await batch()
    const [name] = readdirSync(folder())
    writeFileSync(join(folder(), name!), `${Buffer.from(systemRandom.bytes(32)).toString('hex')}\n`)
    stage.clock.advance({ hours: 12 })
    await expect(batch()).rejects.toMatchObject({ code: 'key_missing' })
  })

  it.each([
    ['open to others', (file: string) => writeFileSync(file, readFileSync(file), { mode: 0o644 }), 0o644],
    ['half written', (file: string) => writeFileSync(file, 'abc'), 0o600],
    ['of zeroes', (file: string) => writeFileSync(file, '0'.repeat(64)), 0o600],
  ])('%s stops the batch', async (_what, spoil, mode) => {
    await batch()
    const file = join(folder(), readdirSync(folder())[0]!)
    spoil(file)
    chmodSync(file, mode)
    stage.clock.advance({ hours: 12 })
    await expect(batch()).rejects.toMatchObject({ code: 'key_missing' })
  })
})

describe('a new key', () => {
  it('signs beside the old one for 30 days, under which anybody learns of it; then the old one is retired and gone', async () => {
    await batch()
    const [old] = await rows()
    stage.clock.advance({ hours: 24 })
    const made = await stage.keys.rotate()
    expect(made!.until).toEqual(stage.clock.now().add({ hours: 720 }))
    expect(await stage.keys.rotate()).toBeNull()
    await batch()
    expect(splitNote(await newestNote()).lines).toHaveLength(2)
    for (const key of [old!.verifier_key, made!.verifierKey])
      expect(openCheckpoint(await newestNote(), [parseVerifierKey(key)]).checkpoint.size).toBe(512)

    stage.clock.advance({ hours: 719 })
    await batch()
    expect(splitNote(await newestNote()).lines).toHaveLength(2)
    stage.clock.advance({ hours: 6 })
    await batch()
    expect(splitNote(await newestNote()).lines).toHaveLength(1)
    expect(openCheckpoint(await newestNote(), [parseVerifierKey(made!.verifierKey)]).checkpoint.size).toBe(1_024)
    expect(keyIds()).toEqual([parseVerifierKey(made!.verifierKey).id])
    expect((await rows()).map(({ retired_at }) => retired_at !== null)).toEqual([true, false])
    expect(await said()).toEqual(['log_key_announced', 'log_key_announced', 'log_key_retired'])
    expect((await stage.keys.rotate())?.verifierKey).not.toBe(made!.verifierKey)
  })

  it('takes over after a standstill longer than the overlap too: the old one signs once more beside it', async () => {
    await batch()
    stage.clock.advance({ hours: 12 })
    const made = await stage.keys.rotate()
    stage.clock.advance({ hours: 31 * 24 })
    await batch()
    expect(splitNote(await newestNote()).lines).toHaveLength(2)
    stage.clock.advance({ hours: 6 })
    await batch()
    expect(openCheckpoint(await newestNote(), [parseVerifierKey(made!.verifierKey)]).checkpoint.size).toBeGreaterThan(512)
    expect(splitNote(await newestNote()).lines).toHaveLength(1)
  })

  it('that was laid down by a run that was killed is announced by the next, once', async () => {
    await batch()
    // The file is the first thing that a change makes: here the run ends right after it
    const killed = openSigner({
      database: stage.database.database,
      signer: stage.database.signer,
      secretsDir: stage.secretsDir,
      clock: stage.clock,
    })
    await stage.database.asSuperuser.query('revoke insert on log_key from forthright_signer')
    await expect(killed.keys.rotate()).rejects.toThrow()
    await stage.database.asSuperuser.query('grant insert on log_key to forthright_signer')
    await killed.signer.close()
    expect(await rows()).toHaveLength(1)
    stage.clock.advance({ hours: 12 })
    await batch()
    expect(await rows()).toHaveLength(2)
    expect(await said()).toEqual(['log_key_announced', 'log_key_announced'])
  })
})

describe('the web process', () => {
  it('serves everything, the published log too, without ever going to the folder of the log’s keys', async () => {
    const app = await startTestApp()
    // Whoever opens, lists or looks at this goes round in circles
    symlinkSync('log', join(app.dataDir, 'secrets', 'log'))
    expect(() => openLogKeys(join(app.dataDir, 'secrets'), assertStrong).begin('0a1b2c3d', new Uint8Array(32))).toThrow()
    const auditor = await app.contextOf('auditor')
    await app.service.auditing.log.search(auditor, { period: null, kinds: [], actor: null, concern: null, before: null })
    await app.service.auditing.checks.runNightly()
    await expect(app.service.publishedLog.readCheckpoint()).rejects.toMatchObject({ code: 'not_found' })
    expect((await app.service.health.ready()).reasons).toEqual([])
    expect(Object.keys(app.service)).not.toContain('keys')
    await app.close()
  })
})
