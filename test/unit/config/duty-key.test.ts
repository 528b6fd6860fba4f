import { chmodSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigFault, findDutyKey, openDutyKey, readDutyPublicKey } from '../../../src/config/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { dutyKeysOf } from '../../../src/vault/index.ts'

let secretsDir = ''
const publicOf = (key: Uint8Array) => dutyKeysOf(key).publicKey
const file = (name: string) => join(secretsDir, 'duty', name)
const find = () => findDutyKey(secretsDir, publicOf)

beforeEach(() => {
  secretsDir = mkdtempSync(join(tmpdir(), 'forthright-duty-'))
  readDutyPublicKey(secretsDir, systemRandom, publicOf)
})
afterEach(() => rmSync(secretsDir, { recursive: true, force: true }))

describe('the duty key', () => {
  test('is found where it lies whole beside its public half', () => {
    expect(find()).toEqual(openDutyKey(secretsDir))
  })

  test.each<[string, () => void]>([
    ['lost', () => unlinkSync(file('duty.key'))],
    ['not whole', () => writeFileSync(file('duty.key'), 'ab')],
    ['another than the one beside it', () => writeFileSync(file('duty.key'), Buffer.from(systemRandom.bytes(32)).toString('hex'))],
  ])('that is %s is none, and nobody is kept from starting', (_what, harm) => {
    harm()
    expect(find()).toBeNull()
  })

  test('that others can read is refused', () => {
    chmodSync(file('duty.key'), 0o644)
    expect(find).toThrow(ConfigFault)
  })

  test('is never made anew where only one half is lost', () => {
    unlinkSync(file('public.key'))
    expect(() => readDutyPublicKey(secretsDir, systemRandom, publicOf)).toThrow(/public\.key is missing: put it back/)
  })
})
