import { fingerprintOf } from '../../../scripts/verify-log.mjs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginning, canonicalJson, leafHash, type CanonicalValue } from '../../../src/audit/index.ts'
import { rootOf, verifyInclusion } from '../../../src/audit/merkle/index.ts'
import { decodeEntryBundle, openCheckpoint, parseProof, parseVerifierKey } from '../../../src/audit/notes/index.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
let signing: TestSigning
let auditor: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  signing = startSigning(stage.test)
  await stage.triaged()
  auditor = await stage.bearerOf('auditor')
})
afterAll(async () => {
  await signing.close()
  await stage.close()
})

interface Page {
  readonly items: readonly { readonly index: number | null; readonly entry: string }[]
  readonly next: string | null
}
const page = (query = '') => stage.api.ok<Page>(200, 'get', `/log/entries${query}`, undefined, auditor)
const kindOf = ({ entry }: Page['items'][number]) => (JSON.parse(entry) as { kind: string }).kind
const whole = async () => {
  const items: Page['items'][number][] = []
  for (let next: string | null = '0'; next !== null && items.length < 2_000;) {
    const read: Page = await page(`?limit=100&from=${encodeURIComponent(next)}`)
    items.push(...read.items)
    next = read.next
  }
  return items
}
/** Good for five minutes of what is taken away. */
const stepUp = () => stage.api.ok(204, 'post', '/sessions/current/step-up', { otp: stage.freshCode('auditor') }, auditor)
const file = async (path: string, bearer?: string) => {
  const response = await fetch(`${stage.client.origin}/api/v1/log/${path}`, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  }
}
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('before anything was signed', () => {
  test('there is neither checkpoint nor key, bundle or proof', async () => {
    for (const path of ['/log/checkpoint', '/log/key', '/log/tile/0/000.p/1']) await stage.api.refused('not_found', 'get', path)
    await stepUp()
    for (const path of ['/log/bundle', '/log/search/export', '/log/entries/0/proof', '/log/tile/entries/000.p/1'])
      await stage.api.refused('not_found', 'get', path, undefined, auditor)
  })

  test('an auditor reads every entry all the same, without a place', async () => {
    const items = await whole()
    expect(items.length).toBeGreaterThan(15)
    expect(items.every(({ index }) => index === null)).toBe(true)
    expect(items.map(kindOf)).toContain('concern_triaged')
  })

  test('what reporters did today is shown to nobody: whoever asks twice would learn the time between', async () => {
    expect((await whole()).map(kindOf)).not.toContain('concern_raised')
    const tomorrow = await stage.test.service.publishedLog.readLogEntries(beginning, 100, stage.test.clock.now().add({ hours: 24 }))
    expect(tomorrow.items.map(kindOf)).toContain('concern_raised')
  })
})

describe('the log, read by an auditor', () => {
  beforeAll(async () => {
    await signing.integrate()
  })

  test('gives each entry in the exact text that was hashed', async () => {
    const { items } = await page('?limit=100')
    expect(items.length).toBeGreaterThan(5)
    for (const { entry } of items) expect(canonicalJson(JSON.parse(entry) as CanonicalValue)).toBe(entry)
  })

  test('gives anybody a checkpoint that was published, by its size, with the groups that stand in the minutes', async () => {
    const { note, size, root } = await stage.test.service.publishedLog.readCheckpoint()
    const given = await stage.api.ok(200, 'get', `/log/checkpoints/${size}`)
    expect(given).toMatchObject({ size, note, root: Buffer.from(root).toString('base64'), restored: 0 })
    expect(given['fingerprint']).toBe(fingerprintOf(root))
    for (const none of [size + 1, 0, 'x', '01', '-1', '9'.repeat(30)])
      await stage.api.refused('not_found', 'get', `/log/checkpoints/${none}`)
  })

  test('comes in the order of places, with what waits for one last and every entry once', async () => {
    await stage.raise()
    const items = await whole()
    const placed = items.filter(({ index }) => index !== null)
    expect(placed.map(({ index }) => index)).toEqual(placed.map((_, at) => at))
    expect(items.slice(0, placed.length)).toEqual(placed)
    const waiting = items.slice(placed.length)
    expect(waiting.map(kindOf)).toContain('log_viewed')
    expect(new Set(items.map(({ entry }) => entry)).size).toBe(items.length)
    expect(placed.map(kindOf)).toEqual(expect.arrayContaining(['concern_raised', 'concern_acknowledged', 'concern_triaged', 'signed_in']))
  })

  test('can be read from any place on, in pages of any size', async () => {
    const all = await whole()
    for (const limit of [1, 7]) {
      const read = await page(`?from=5&limit=${limit}`)
      expect(read.items).toEqual(all.slice(5, 5 + limit))
      expect(read.next).toBe(String(5 + limit))
    }
  })

  test('shows the steps of a concern, and no word of it', async () => {
    const text = JSON.stringify(await whole())
    expect(text).not.toContain(narrative.slice(0, 20))
    expect(text).not.toContain('Silent alarm')
  })

  test("gives a reporter's act a date and no time", async () => {
    const raised = JSON.parse((await whole()).find((item) => kindOf(item) === 'concern_raised')!.entry) as Record<string, unknown>
    expect(raised['on']).toBe('2026-11-24')
    expect(raised).not.toHaveProperty('at')
  })

  test('records that it was read', async () => {
    await page('?limit=1')
    expect((await whole()).map(kindOf)).toContain('log_viewed')
  })

  test.each(['?limit=0', '?limit=1000', '?limit=x', '?from=x', '?from=-1', '?from=waiting.x', '?from=', '?cursor=x'])(
    'refuses %s',
    async (query) => {
      expect(await stage.api.refused('invalid_input', 'get', `/log/entries${query}`, undefined, auditor)).toMatchObject({ status: 422 })
    },
  )
})

describe('what anybody may have', () => {
  test('is a checkpoint that the published key opens, and the tiles that give its root', async () => {
    await stage.test.database.asSuperuser.query('select 1')
    await signing.integrate()
    const key = await file('key')
    const checkpoint = await file('checkpoint')
    expect([key.type, checkpoint.type]).toEqual(['text/plain; charset=utf-8', 'text/plain; charset=utf-8'])
    const trusted = textOf(key.bytes).trim().split('\n').map(parseVerifierKey)
    const { size, root } = openCheckpoint(checkpoint.bytes, trusted).checkpoint
    const rebuilt = await rootOf(size, async (level, number, width) => {
      const tile = await file(`tile/${level}/${String(number).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`)
      expect([tile.status, tile.type]).toEqual([200, 'application/octet-stream'])
      return tile.bytes
    })
    expect(rebuilt).toEqual(root)
  })

  test('is also what an earlier, smaller tree had', async () => {
    const [one, three] = [await file('tile/0/000.p/1'), await file('tile/0/000.p/3')]
    expect(three.bytes.subarray(0, 32)).toEqual(one.bytes)
  })

  test.each(['tile/0/001', 'tile/1/000.p/1', 'tile/7/000.p/1', 'tile/0/999.p/9'])('is no tile beyond the tree: %s', async (path) => {
    await stage.api.refused('not_found', 'get', `/log/${path}`)
  })

  test.each([
    'tile/0/0',
    'tile/00/000.p/1',
    'tile/0/x000/000.p/1',
    'tile/0/000.p/0',
    'tile/0/000.p/257',
    'tile/0/000.p/1/',
    'tile/0/..%2f..%2fsecrets',
    'tile/0/000.p/1%00',
    'tile/-1/000',
    'tile/99/000',
    'tile/0/%2e%2e/entries/000',
    'tile/%65ntries/000.p/1',
    'tile/entries%2f000.p/1',
    'tile/ENTRIES/000.p/1',
  ])('is not had by tricks: %s', async (path) => {
    const answer = await file(path)
    expect([401, 404, 422]).toContain(answer.status)
    expect(textOf(answer.bytes)).not.toContain('forthright-entry')
  })
})

describe('what an auditor takes', () => {
  test('needs no second code from who has just signed in with one, and one from then on', async () => {
    const bearer = await stage.test.signIn('auditor')
    expect(await file('tile/entries/000.p/1', bearer)).toMatchObject({ status: 200 })
    stage.test.clock.advance({ minutes: 5 })
    await stage.api.refused('step_up_required', 'get', '/log/tile/entries/000.p/1', undefined, { bearer })
  })

  test('wants a second factor given in the last five minutes: else nothing is given, and the attempt is recorded', async () => {
    stage.test.clock.advance({ minutes: 6 })
    for (const path of ['/log/bundle', '/log/bundle?openings=yes', '/log/search/export', '/log/tile/entries/000.p/1'])
      await stage.api.refused('step_up_required', 'get', path, undefined, auditor)
    await stage.api.refused('sign_in_failed', 'post', '/sessions/current/step-up', { otp: '000000' }, auditor)
    expect((await whole()).filter(({ entry }) => entry.includes('"code":"step_up_required"'))).toHaveLength(5)
    await stepUp()
  })

  test('are entries in tiles, the exact texts, and their hashes are those of the hash tiles', async () => {
    const { size } = openCheckpoint((await file('checkpoint')).bytes, [
      parseVerifierKey(textOf((await file('key')).bytes).trim()),
    ]).checkpoint
    const width = Math.min(size, 256)
    const path = width === 256 ? '000' : `000.p/${width}`
    const bundle = await file(`tile/entries/${path}`, auditor.bearer)
    const entries = decodeEntryBundle(bundle.bytes, width)
    expect(Buffer.concat(entries.map(leafHash))).toEqual(Buffer.from((await file(`tile/0/${path}`)).bytes))
  })

  test('is the proof of an entry against the newest checkpoint', async () => {
    const { items } = await page('?from=3&limit=1')
    const proof = parseProof((await file('entries/3/proof', auditor.bearer)).bytes)
    const { size, root } = openCheckpoint(proof.note, [parseVerifierKey(textOf((await file('key')).bytes).trim())]).checkpoint
    expect(verifyInclusion({ index: 3, size, leaf: leafHash(items[0]!.entry), proof: proof.hashes, root })).toBe(true)
  })

  test('is a bundle that the offline verifier finds whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forthright-bundle-'))
    const key = textOf((await file('key')).bytes).trim()
    const bundle = await file('bundle', auditor.bearer)
    expect(bundle.headers.get('content-disposition')).toMatch(/^attachment; filename=forthright-log-\d+\.zip$/)
    writeFileSync(join(folder, 'log.zip'), bundle.bytes)
    const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'verify-log.mjs')
    const { status, stdout } = spawnSync(process.execPath, [script, join(folder, 'log.zip'), '--key', key], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stdout]).toEqual([0, stdout])
  })

  test('is recorded each time, before it is given', async () => {
    await signing.integrate()
    const said = (await whole()).map(({ entry }) => JSON.parse(entry) as { kind: string; fields: Record<string, unknown> })
    const taken = said.filter(({ kind }) => kind === 'log_exported').map(({ fields }) => fields['what'])
    expect(taken).toEqual(expect.arrayContaining(['entries', 'proof', 'bundle']))
  })

  test.each(['entries/x/proof', 'entries/-1/proof', 'entries/99999/proof', 'entries/1e3/proof', 'tile/entries/999'])(
    'is nothing at %s',
    async (path) => {
      await stage.api.refused('not_found', 'get', `/log/${path}`, undefined, auditor)
    },
  )
})

test.each(['guardian', 'investigator', 'executive', 'nonExecutive', 'administrator'] as const)(
  'the %s may read no entry, by no way, and the attempt is in it',
  async (person) => {
    const bearer = await stage.bearerOf(person)
    for (const path of ['/log/entries', '/log/entries/0/proof', '/log/tile/entries/000', '/log/bundle'])
      await stage.api.refused('permission_denied', 'get', path, undefined, bearer)
    expect((await whole()).map(kindOf)).toContain('attempt_refused')
  },
)
