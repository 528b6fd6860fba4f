import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main, readVerifierKey, verifyReceipt, type VerifierKey } from '../../../scripts/verify-log.mjs'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
let signing: TestSigning
let folder: string
let keys: readonly VerifierKey[]
let keyText: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proof-'))
  stage = await setStage()
  signing = startSigning(stage.test)
  await signing.integrate()
  const [key] = await stage.test.service.publishedLog.readVerifierKeys()
  keyText = key!.verifierKey
  keys = [readVerifierKey(keyText)]
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  expect(stage.test.unexpected).toEqual([])
  await signing.close()
  await stage.close()
})

interface Proof {
  readonly format: string
  readonly comeBackOn: string | null
  readonly entry: string
  readonly proof: string | null
  readonly opening: {
    readonly salt: string
    readonly list: string
    readonly shown: Readonly<Record<string, { readonly salt: string; readonly value: unknown }>>
  }
}

const said = {
  narrative: 'The oxygen alarm is turned off at night. 🔕\nI told my manager.',
  site: 'Canary House',
  about: ['The ward manager'],
  immediateDanger: 'yes',
  elements: ['patient_safety_quality'],
}
const raise = (body: object = said) =>
  stage.api.ok<{ token: string; receipt: string; raisedOn: string; readers: readonly object[] }>(201, 'post', '/concerns', body, {
    idempotencyKey: randomUUID(),
  })
const ask = (token: string, shows?: string) => stage.api.ok<Proof>(200, 'post', '/inbox/proof', { token, ...(shows && { shows }) })
const saved = (content: unknown): string => {
  const file = join(folder, `${randomUUID()}.txt`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const verdictOn = (content: unknown) => {
  let told = ''
  const exitCode = main(['receipt', saved(content), '--key', keyText], (text) => void (told += text))
  return { exitCode, told }
}
const integrated = async (body?: object) => {
  const raised = await raise(body)
  await signing.integrate()
  return raised
}

describe('POST /inbox/proof', () => {
  test('while the entry waits for its place: what was raised can be shown, but not yet that the log has it', async () => {
    const { token } = await raise()
    const proof = await ask(token)
    expect([proof.proof, proof.comeBackOn]).toEqual([null, expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)])
    expect(proof.comeBackOn! > JSON.parse(proof.entry).on).toBe(true)
    expect(verdictOn(proof)).toEqual({ exitCode: 3, told: expect.stringContaining('NOT YET IN THE LOG') })
    await signing.integrate()
    expect(verdictOn(await ask(token)).exitCode).toBe(0)
  })

  test('shows the day and who could read it, and not a word of what was said nor which questions were answered', async () => {
    const { token, raisedOn, readers } = await integrated()
    const proof = await ask(token)
    const { exitCode, shown, on } = verifyReceipt({ file: saved(proof), keys })
    expect([exitCode, shown, on]).toEqual([0, { raisedOn, readers }, raisedOn])
    const { told } = verdictOn(proof)
    for (const part of ['PROVEN', raisedOn, 'Grace Okafor', 'kept back']) expect(told).toContain(part)
    for (const text of ['oxygen', 'Canary House', 'ward manager']) expect(JSON.stringify(proof)).not.toContain(text)
    const { token: other } = await integrated({ narrative: 'Little.' })
    const names = (list: string) => list.split('\n').map((line) => line.split(' ')[0])
    expect(names((await ask(other)).opening.list)).toEqual(names(proof.opening.list))
  })

  test('shows all that was said where the person wants it, as they said it', async () => {
    const { token, raisedOn, readers } = await integrated()
    const proof = await ask(token, 'everything')
    const { exitCode, shown, kept } = verifyReceipt({ file: saved(proof), keys })
    expect(exitCode).toBe(0)
    expect(shown).toMatchObject({ ...said, raisedOn, readers, openness: 'anonymous', happened: null })
    expect(Object.keys(shown)).toHaveLength(kept)
    const { told } = verdictOn(proof)
    for (const text of ['🔕', 'I told my manager.', 'Canary House']) expect(told).toContain(text)
  })

  test('never carries a name, neither of a confidential nor of an open person', async () => {
    for (const openness of ['confidential', 'open']) {
      const { token } = await integrated({ ...said, openness, identity: { name: 'Jo Canary', contact: '07700 900123' } })
      const proof = await ask(token, 'everything')
      expect(verdictOn(proof).exitCode).toBe(0)
      expect(JSON.stringify(proof)).not.toMatch(/Jo Canary|07700 900|identity/)
    }
  })

  test('is the same whenever it is asked for, after more entries too, and leaves no trace', async () => {
    const { token } = await integrated()
    const first = await ask(token, 'everything')
    const rows = async () => {
      const counted = ['staff_entry', 'reporter_entry', 'receipt', 'reporter_session', 'log_check'].map(
        (table) => `(select count(*) from ${table}) as ${table}`,
      )
      return (await stage.test.database.asSuperuser.query(`select ${counted.join()}`)).rows
    }
    for (let round = 0; round < 3; round += 1) await integrated({ narrative: 'Another.' })
    const before = await rows()
    stage.test.clock.advance({ hours: 30 })
    expect(await ask(token, 'everything')).toEqual(first)
    expect(await rows()).toEqual(before)
    expect(verdictOn(first).exitCode).toBe(0)
  })

  test('is opened just as well by the receipt of the raising answer and what was sent', async () => {
    const { token, receipt, raisedOn, readers } = await integrated()
    const { shown } = verifyReceipt({ file: saved(await ask(token, 'everything')), keys })
    const { format, entry, proof } = await ask(token)
    const content = { ...shown, ...said, raisedOn, readers }
    expect(verdictOn({ format, entry, proof, receipt, content })).toEqual({ exitCode: 0, told: expect.stringContaining('PROVEN') })
    expect(verdictOn({ format, entry, proof, receipt, content: { ...content, narrative: 'Something else.' } }).exitCode).toBe(1)
    const { receipt: another } = await raise()
    expect(verdictOn({ format, entry, proof, receipt: another, content }).exitCode).toBe(1)
    expect(verdictOn(receipt)).toEqual({ exitCode: 2, told: expect.stringContaining('the receipt alone') })
  })

  test('is refused like every call of the inbox to whoever has no code', async () => {
    await stage.api.refused('token_not_recognised', 'post', '/inbox/proof', { token: '0'.repeat(28) })
    const { token } = await raise()
    await stage.api.refused('invalid_input', 'post', '/inbox/proof', { token, shows: 'narrative' })
    await stage.api.refused('permission_denied', 'post', '/inbox/proof', { token }, await stage.bearerOf('auditor'))
  })
})

describe('the check of what a person keeps', () => {
  let proof: Proof
  beforeAll(async () => {
    proof = await ask((await integrated()).token, 'everything')
  })
  const withPart = (name: string, part: object) => ({
    ...proof,
    opening: { ...proof.opening, shown: { ...proof.opening.shown, [name]: { ...proof.opening.shown[name], ...part } } },
  })
  const edited = (edit: (text: string) => string) => ({ ...proof, entry: edit(proof.entry) })

  test('finds every change', () => {
    const other = `${proof.opening.salt.startsWith('A') ? 'B' : 'A'}${proof.opening.salt.slice(1)}`
    const changed = [
      withPart('narrative', { value: 'I saw nothing.' }),
      withPart('raisedOn', { value: '2020-01-01' }),
      withPart('readers', { value: [{ role: 'guardian', name: 'Somebody Else' }] }),
      withPart('site', { salt: other }),
      { ...proof, opening: { ...proof.opening, salt: other } },
      { ...proof, opening: { ...proof.opening, list: proof.opening.list.replace(/[0-9a-f]{64}/, '0'.repeat(64)) } },
      edited((text) => text.replace(/"on":"\d{4}/, '"on":"2031')),
      edited((text) => text.replace('"concern_raised"', '"token_replaced"')),
      edited((text) => text.replace(/"commitment":"./, '"commitment":"_')),
      { ...proof, proof: proof.proof!.replace(/index \d+/, 'index 0') },
    ]
    for (const each of changed) {
      expect(JSON.stringify(each)).not.toBe(JSON.stringify(proof))
      const { exitCode, told } = verdictOn(each)
      expect([exitCode, told]).toEqual([1, expect.stringContaining('DOES NOT FIT')])
    }
  })

  test('believes no other log’s key, and says so', () => {
    const [name] = keyText.split('+')
    expect(verdictOn({ ...proof, proof: proof.proof!.replaceAll(name!, 'forthright/another') })).toEqual({
      exitCode: 2,
      told: expect.stringContaining('wrong_origin'),
    })
  })

  test('refuses what it cannot read in a line, whatever it is', () => {
    const { opening } = proof
    const unreadable: unknown[] = [
      '',
      'not JSON',
      '[]',
      'null',
      {},
      { ...proof, format: 'other' },
      { ...proof, entry: 5 },
      { ...proof, proof: 5 },
      { ...proof, proof: 'no proof' },
      { ...proof, opening: null },
      { ...proof, opening: { ...opening, list: opening.list.split('\n').toReversed().join('\n') } },
      { ...proof, opening: { ...opening, salt: 'short' } },
      { ...proof, opening: { ...opening, shown: {} } },
      { ...proof, opening: { ...opening, shown: { ...opening.shown, other: opening.shown['site'] } } },
      { ...proof, receipt: 'x'.repeat(200), content: {} },
      `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      { ...proof, opening: { ...opening, shown: { ...opening.shown, site: { salt: opening.salt } } } },
    ]
    for (const each of unreadable) {
      const { exitCode, told } = verdictOn(each)
      expect([exitCode, told.length < 600]).toEqual([2, true])
    }
  })
})

test('a proof is not made of an entry that somebody has changed in the database', async () => {
  await signing.integrate()
  const { token } = await raise()
  // The last of this file: these rows stay as they are
  const { rowCount } = await stage.test.database.asSuperuser
    .query(
      `alter table reporter_entry disable trigger all;
     update reporter_entry set text = regexp_replace(text, '"commitment":"[^"]{5}', '"commitment":"AAAAA')
       where id not in (select entry_id from log_position)`,
    )
    .then((results) => [results].flat().at(-1)!)
  expect(rowCount).toBe(1)
  await stage.api.refused('record_not_genuine', 'post', '/inbox/proof', { token })
})
