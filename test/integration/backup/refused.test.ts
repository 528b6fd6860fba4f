import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonRecord, recordOf } from '../../../scripts/backup/records.ts'
import { readKey, readTo } from '../../../scripts/backup/keys.ts'
import { comparePins } from '../../../scripts/restore/old-folder.ts'
import { restoreBackup, type RestoreWanted } from '../../../scripts/restore/restore-backup.ts'
import { openServer } from '../../../src/database/index.ts'
import { systemClock, systemRandom } from '../../../src/kernel/index.ts'
import { createBackupKeys, sealBackup, type BackupKeys } from '../../../src/vault/index.ts'
import { removeServerOf } from '../../support/postgres.ts'

const keys = createBackupKeys()
const manifest = {
  format: 'forthright-backup/1',
  mode: 'demonstration',
  organisation: { id: '7b0c8a54-6a0e-4b6f-9d0a-0d4f6c1f2a11', name: 'A trust' },
  publicOrigin: 'https://speak.a.example',
  madeOn: '2026-11-20',
  migrations: ['20261122000000_spine'],
}
const end = { files: 0, tables: 0, rows: 0 }

async function sealed(...records: readonly Iterable<Uint8Array>[]): Promise<Buffer> {
  async function* content(): AsyncGenerator<Uint8Array> {
    for (const record of records) yield* record
  }
  const parts: Uint8Array[] = []
  for await (const part of sealBackup(keys.publicKey, content())) parts.push(part)
  return Buffer.concat(parts)
}

const withManifest = (changes: Partial<Record<keyof typeof manifest, unknown>> = {}) =>
  sealed(jsonRecord('manifest', { ...manifest, ...changes }), jsonRecord('end', end))

function flipped(file: Buffer, at: number): Buffer {
  const changed = Buffer.from(file)
  changed[at]! ^= 1
  return changed
}

const folder = mkdtempSync(join(tmpdir(), 'forthright-refused-'))
afterAll(() => rmSync(folder, { recursive: true }))
let houses = 0
function newHouse(): string {
  const dir = join(folder, `data-${(houses += 1)}`)
  mkdirSync(dir)
  return dir
}

interface Given {
  readonly dir?: string
  readonly mode?: 'demonstration' | 'real'
  readonly by?: BackupKeys
  readonly wanted?: Partial<RestoreWanted>
}

/** Tries to put the file back; gives the code of its refusal and what is left in the data folder. */
async function attempt(file: Buffer, { dir = newHouse(), mode = 'demonstration', by = keys, wanted = {} }: Given = {}) {
  const from = join(folder, 'backup')
  writeFileSync(from, file)
  const config = {
    mode,
    data: { dir, secretsDir: join(dir, 'secrets') },
    http: { port: 3000, bindHost: '127.0.0.1', publicOrigin: 'https://speak.b.example', trustProxy: false },
  } as const
  const world = { config, clock: systemClock, random: systemRandom }
  const usual = { from, outside: [], outsideUnknown: true, old: null, olderList: false, moved: false, noticeDays: 90 }
  const error: unknown = await restoreBackup(world, by, { ...usual, ...wanted }).then(
    () => null,
    (reason: unknown) => reason,
  )
  const code = error instanceof Error && 'code' in error ? error.code : error instanceof Error ? error.message : 'restored'
  return { code, left: readdirSync(dir) }
}
const refusedAs = (code: string) => ({ code, left: [] })

describe('a backup that will not do', () => {
  it.each<[string, string, (file: Buffer) => Buffer | Promise<Buffer>]>([
    ['cut off', 'truncated', (file) => file.subarray(0, file.length - 65_553)],
    ['changed in one bit', 'damaged', (file) => flipped(file, file.length - 100)],
    ['of something else', 'not_a_backup', () => Buffer.from('SQLite format 3\u0000 and more of it, enough to read')],
    ['of a later kind', 'unknown_suite', (file) => flipped(file, 'forthright backup\n'.length)],
    ['of a newer release', 'newer_release', () => withManifest({ migrations: ['20991231000000_later'] })],
    ['for real use, put into a demonstration', 'other_mode', () => withManifest({ mode: 'real' })],
    ['without its end', 'damaged', () => sealed(jsonRecord('manifest', manifest))],
    ['with something after its end', 'damaged', () => sealed(jsonRecord('manifest', manifest), jsonRecord('end', end), [Buffer.of(7)])],
    ['that says who knows what', 'damaged', () => sealed(jsonRecord('manifest', { ...manifest, madeOn: 'today' }), jsonRecord('end', end))],
  ])('is refused by a code of its own and leaves nothing: one %s', async (_, code, change) => {
    expect(await attempt(await change(await withManifest()))).toEqual(refusedAs(code))
  })

  it('is refused where it was made for another key', async () => {
    expect(await attempt(await withManifest(), { by: createBackupKeys() })).toEqual(refusedAs('wrong_key'))
  })

  it('is refused where it is of a service at another address, unless somebody says that it has moved', async () => {
    const file = await withManifest({ mode: 'real' })
    expect(await attempt(file, { mode: 'real' })).toEqual(refusedAs('other_deployment'))
    const asked = await attempt(file, { mode: 'real', wanted: { moved: true, outsideUnknown: false } })
    expect(asked).toEqual(refusedAs('outside_missing'))
  })

  it('is refused before a file of it lands outside the data folder, or in one that is not empty', async () => {
    const path = '../../escaped'
    const file = await sealed(
      jsonRecord('manifest', manifest),
      jsonRecord('file', { path, bytes: 'AAAA' }),
      jsonRecord('end', { ...end, files: 1 }),
    )
    const dir = newHouse()
    expect(await attempt(file, { dir })).toEqual(refusedAs('damaged'))
    expect(existsSync(join(dir, path))).toBe(false)
    writeFileSync(join(dir, 'somebody’s'), '')
    expect(await attempt(file, { dir })).toEqual({ code: expect.stringContaining('is not empty'), left: ['somebody’s'] })
    removeServerOf(dir)
  }, 60_000)

  it('is refused where its rows are not what tables take, and takes away the database it had begun', async () => {
    const file = await sealed(
      jsonRecord('manifest', manifest),
      jsonRecord('file', { path: 'secrets/pins.json', bytes: 'e30=' }),
      jsonRecord('table', { table: 'concern', columns: ['id'] }),
      recordOf('rows', Buffer.from('no rows')),
      jsonRecord('tableEnd', { rows: 1 }),
      jsonRecord('end', { files: 1, tables: 1, rows: 1 }),
    )
    const dir = newHouse()
    writeFileSync(join(dir, 'published-checkpoint'), 'may stay')
    const left = ['published-checkpoint']
    // The names of the log's keys are not known before its rows are there: what lies in the folder is read after them
    expect(await attempt(file, { dir })).toEqual({ code: 'damaged', left })
    removeServerOf(dir)
  }, 60_000)
})

describe('a folder in which a restore was not finished', () => {
  it('is started by no other command', async () => {
    const dir = newHouse()
    writeFileSync(join(dir, 'restore-unfinished'), '')
    await expect(openServer({ dataDir: dir }, () => {})).rejects.toThrow(/was not finished/)
    expect(readdirSync(dir)).toEqual(['restore-unfinished'])
  })
})

describe('the pins of the old data folder', () => {
  const withPins = (version: number | null, recoveryKey = 'a key'): string => {
    const dir = newHouse()
    mkdirSync(join(dir, 'secrets'), { mode: 0o700 })
    const pins = { recoveryKey, guardians: [], set: version === null ? null : { version, digest: 'd' } }
    writeFileSync(join(dir, 'secrets', 'pins.json'), JSON.stringify(pins), { mode: 0o600 })
    return dir
  }

  it('are never rolled back in silence: a newer list stops the restore until somebody says that they know', () => {
    expect(() => comparePins(withPins(7), withPins(5), false)).toThrow(/newer list of readers/)
    expect(comparePins(withPins(7), withPins(5), true)).toBe(7)
    expect(() => comparePins(withPins(1), withPins(null), false)).toThrow(/newer list of readers/)
  })

  it('stop nothing where they are the same, older, or nowhere', () => {
    expect(comparePins(withPins(5), withPins(5), false)).toBeNull()
    expect(comparePins(withPins(4), withPins(5), false)).toBeNull()
    expect(comparePins(newHouse(), withPins(5), false)).toBeNull()
    expect(comparePins(null, withPins(5), false)).toBeNull()
  })

  it('tell a backup of another organisation by its recovery key', () => {
    expect(() => comparePins(withPins(5), withPins(5, 'another'), true)).toThrow(/another address/)
  })
})

describe('the key of backups', () => {
  it('is refused where it was copied badly, and says where to look', async () => {
    const file = join(folder, 'bad-key')
    writeFileSync(file, '1. AAAA BBBB CCCC DDDD\n')
    await expect(readKey(null as never, file)).rejects.toThrow(/six rows of four groups/)
    expect(() => readTo('forthright-backup-1:abc')).toThrow(/copy it again/)
  })
})
