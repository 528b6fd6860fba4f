import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manifestShape, readAs } from '../../scripts/backup/contents.ts'
import { readRecords } from '../../scripts/backup/records.ts'
import { takeBackup } from '../../scripts/backup/take-backup.ts'
import { closingWords } from '../../scripts/restore/closing-words.ts'
import { putBack } from '../../scripts/restore/put-back.ts'
import { readVerifierKey, verifyBundle, type Verdict } from '../../scripts/verify-log.mjs'
import { createCompareCheckpoint } from '../../src/audit/check/index.ts'
import { createIntegrator, demonstrationPace } from '../../src/audit/index.ts'
import { createPublishedLog } from '../../src/audit/publish/index.ts'
import { raiseInput } from '../../src/concerns/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { createBackupKeys, openBackup } from '../../src/vault/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'
import { openSigner } from '../support/log.ts'

const keys = createBackupKeys()

interface Note {
  readonly size: number
  readonly note: string
}

/** What an auditor sees of a service that was put back: with the checkpoints that they kept, by the verifier that they carry. */
describe('an auditor, after the service was put back', { timeout: 120_000 }, () => {
  let app: TestApp
  let folder: string
  let again: FreshDatabase
  let third: FreshDatabase
  let file: Buffer
  let later: Buffer
  let early: Note
  let first: Note
  let lost: Note
  let verifierKey: string
  beforeAll(async () => {
    app = await startTestApp()
    folder = mkdtempSync(join(tmpdir(), 'forthright-verified-'))
    again = await freshDatabase()
    third = await freshDatabase()
    early = await day(2)
    file = await backup(app.database)
    await day(1)
    later = await backup(app.database)
    lost = await day(3)
    await restore(file, lost, again)
    first = await grows(again)
  })
  afterAll(async () => {
    await again.drop()
    await third.drop()
    await app.close()
    rmSync(folder, { recursive: true })
  })

  async function day(concerns: number): Promise<Note> {
    for (let count = 0; count < concerns; count += 1)
      await app.service.concerns.raise(
        { requestId: 'test', now: app.clock.now() },
        raiseInput.parse({ narrative: 'The pump is late again.' }),
        null,
      )
    await app.service.concerns.viewQueue(await app.contextOf('guardian'), { limit: 25 })
    return grows(app.database)
  }

  /** The background process's half, on any of the databases, with the keys of the one log. */
  async function grows({ database, signer: connection, asSuperuser }: FreshDatabase): Promise<Note> {
    app.clock.advance({ hours: 24 })
    const secretsDir = join(app.dataDir, 'secrets')
    const { signer, keys: own } = openSigner({ database, signer: connection, secretsDir, clock: app.clock })
    await createIntegrator({ signer, random: systemRandom, pace: demonstrationPace, signers: own.settle }).integrate(app.clock.now())
    await signer.close()
    const { rows } = await asSuperuser.query<Note>('select size::int, note from log_checkpoint order by size desc limit 1')
    const known = await asSuperuser.query<{ key: string }>('select verifier_key as key from log_key')
    verifierKey = known.rows[0]!.key
    return rows[0]!
  }

  async function backup({ owner }: FreshDatabase): Promise<Buffer> {
    const parts: Uint8Array[] = []
    const deps = { owner, dataDir: app.dataDir, publicOrigin: app.origin, clock: app.clock, random: systemRandom }
    await takeBackup(deps, keys.publicKey, async (bytes) => void parts.push(bytes))
    return Buffer.concat(parts)
  }

  async function restore(file: Buffer, outside: Note | null, { owner }: FreshDatabase): Promise<string> {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield file
    }
    const records = readRecords(openBackup(keys, source()))
    const manifest = readAs('manifest', manifestShape, await records.next())
    const nothing = async (): Promise<void> => {}
    const made = { owner, secrets: '', where: '', putAside: null, migrate: nothing, finish: nothing, giveUp: nothing }
    const dataDir = mkdtempSync(join(folder, 'into-'))
    const deps = {
      clock: app.clock,
      random: systemRandom,
      dataDir,
      outside: outside === null ? [] : [outside.note],
      noticeDays: 90,
      comparePins: () => null,
    }
    const done = await putBack(deps, made, manifest, records)
    return closingWords({ ...done, where: '', putAside: null }).join('\n')
  }

  async function verdict({ database }: FreshDatabase, ...kept: readonly Note[]): Promise<Verdict> {
    const file = join(folder, 'bundle.zip')
    await (await createPublishedLog(database).prepareBundle()).write(createWriteStream(file))
    const checkpoints = kept.map(({ note }, at) => {
      const name = join(folder, `kept-${at}`)
      writeFileSync(name, note)
      return name
    })
    return verifyBundle({ file, keys: [readVerifierKey(verifierKey)], checkpoints })
  }

  it('who kept nothing finds a whole log that says it was put back', async () => {
    const found = await verdict(again)
    expect([found.exitCode, found.findings]).toEqual([0, []])
  })

  it('who kept a checkpoint from before the copy finds it in the log', async () => {
    expect((await verdict(again, early)).exitCode).toBe(0)
  })

  it('who kept one of the days that are gone is told of the restore, and never of tampering', async () => {
    const found = await verdict(again, early, lost)
    expect(found.exitCode).toBe(4)
    expect(found.findings.map(({ code }) => code)).toEqual(['before_restore'])
  })

  it('finds the same after a second restore, from either line', async () => {
    const between = await grows(again)
    await restore(await backup(again), between, third)
    await grows(third)
    expect((await verdict(third, early)).exitCode).toBe(0)
    expect((await verdict(third, early, between)).exitCode).toBe(0)
    expect((await verdict(third, lost)).exitCode).toBe(4)
  })

  it('finds no tampering where a newer copy, which knows nothing of the restore, took its place', async () => {
    const givenUp = await grows(again)
    const newer = await freshDatabase()
    try {
      await restore(later, givenUp, newer)
      await grows(newer)
      const found = await verdict(newer, early, first, givenUp)
      expect([found.exitCode, found.findings.map(({ code }) => code)]).toEqual([4, ['before_restore', 'before_restore']])
      const notRecorded = async <T>(work: (tx: never) => Promise<{ value: T }>) => (await work(null as never)).value
      const compare = createCompareCheckpoint(newer.database, notRecorded as never, app.clock)
      const auditor = await app.contextOf('auditor')
      const compared = [early, first, givenUp, lost].map(({ note }) => compare(auditor, note).then((said) => said.verdict))
      expect(await Promise.all(compared)).toEqual(['same_line', 'before_restore', 'before_restore', 'before_restore'])
    } finally {
      await newer.drop()
    }
  })

  describe('of which nobody knew any more what was known outside', () => {
    let unknown: FreshDatabase
    let words: string
    beforeAll(async () => {
      unknown = await freshDatabase()
      words = await restore(file, null, unknown)
      await grows(unknown)
    })
    afterAll(() => unknown.drop())

    it('reads in the log that nobody could say what is missing, and so does whoever put it back', async () => {
      const { rows } = await unknown.asSuperuser.query<{ text: string }>(`select text from staff_entry where kind = 'restore_declared'`)
      const [{ fields }] = rows.map(({ text }) => JSON.parse(text) as { fields: object }) as [{ fields: object }]
      expect(fields).toEqual({ restore: 1, kept: early.size, outsideSize: null, outsideRoot: null, missing: null })
      expect(words).toContain('How many entries are missing nobody could say here')
      expect(words).toContain('put it back once more, with that checkpoint as --outside')
      const { checks, exitCode } = await verdict(unknown)
      expect(exitCode).toBe(0)
      expect(checks.find(({ name }) => name === 'restores')!.notes.join()).toContain('nobody could say how many are missing')
    })

    it('is told of the restore where they do hold a checkpoint of those days, and never of tampering', async () => {
      expect((await verdict(unknown, early)).exitCode).toBe(0)
      const found = await verdict(unknown, early, lost)
      expect([found.exitCode, found.findings.map(({ code }) => code)]).toEqual([4, ['before_restore']])
      expect(found.findings[0]!.message).toContain(`${lost.size - early.size} entries were lost, or more`)
    })

    it('finds two pasts of one number where an earlier restore was forgotten too, until it is put back with its checkpoint', async () => {
      const forgotten = await grows(again)
      expect((await verdict(unknown, forgotten)).exitCode).not.toBe(4)
      const mended = await freshDatabase()
      try {
        await restore(file, forgotten, mended)
        await grows(mended)
        const found = await verdict(mended, early, lost, forgotten)
        expect([found.exitCode, found.findings.every(({ severity }) => severity === 'restored')]).toEqual([4, true])
      } finally {
        await mended.drop()
      }
    })
  })
})
