import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublishedLog, demonstrationPace } from '../../../src/audit/index.ts'
import { addConcerns, addStaffEntries, startLogStage, type LogStage } from '../../support/log.ts'

const verifier = join(import.meta.dirname, '..', '..', '..', 'scripts', 'verify-log.mjs')

describe('the bundle', () => {
  let stage: LogStage
  const folder = mkdtempSync(join(tmpdir(), 'forthright-bundle-'))
  beforeAll(async () => {
    stage = await startLogStage()
    const integrator = stage.integrator(demonstrationPace)
    await addConcerns(stage.app, 50, { raised: stage.clock.now(), later: 1, staff: 2 })
    await integrator.integrate(stage.clock.now())
    // More than one slice of everything that is read in slices
    await addStaffEntries(stage.app, 9_000, stage.clock.now())
    await integrator.integrate(stage.clock.now())
  })
  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
  })

  it('is that of one checkpoint, though the log grows while it is written, and every file of it is right', async () => {
    const bundle = await createPublishedLog(stage.database.database).prepareBundle()
    await addStaffEntries(stage.app, 100, stage.clock.now())
    await stage.integrator(demonstrationPace).integrate(stage.clock.now())
    const file = join(folder, bundle.fileName)
    await bundle.write(createWriteStream(file))
    const { rows } = await stage.database.asSuperuser.query<{ key: string }>('select verifier_key as key from log_key')
    const { stdout } = spawnSync(process.execPath, [verifier, file, '--key', rows[0]!.key, '--json'], { encoding: 'utf8', maxBuffer: 1e8 })
    const { size, checks } = JSON.parse(stdout) as { size: number; checks: readonly { name: string; result: string }[] }
    expect(size).toBe(bundle.size)
    // These entries are made up: what they say of workflow and people is not looked at here, what holds them together is
    const held = ['signature', 'files', 'entries', 'tiles', 'root', 'checkpoints', 'lanes', 'reporters']
    expect(held.map((name) => checks.find((check) => check.name === name)?.result)).toEqual(held.map(() => 'holds'))
  })

  it('stops where its reader goes away, and leaves no connection behind', async () => {
    const bundle = await createPublishedLog(stage.database.database).prepareBundle()
    let taken = 0
    const reader = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length
        done(taken > 50_000 ? new Error('gone') : null)
      },
    })
    await expect(bundle.write(reader)).rejects.toThrow('gone')
    expect(await stage.database.database.read(async () => 'free')).toBe('free')
  })
})
