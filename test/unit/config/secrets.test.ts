import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigFault, loadSecrets, openPinFile } from '../../../src/config/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { assertStrong } from '../../../src/vault/index.ts'

let secretsDir = ''
const load = () => loadSecrets(secretsDir, { random: systemRandom, assertStrong })
const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const file = (name: string) => join(secretsDir, 'server', name)

beforeEach(() => {
  secretsDir = join(mkdtempSync(join(tmpdir(), 'forthright-secrets-')), 'data', 'secrets')
})
afterEach(() => {
  rmSync(join(secretsDir, '..', '..'), { recursive: true, force: true })
})

describe('the first start makes the secrets', () => {
  test('all different, for their owner alone, and the next start reads the same ones', () => {
    const first = load()
    const again = load()
    const keys = [first.tokenPepper, first.passwordPepper, first.totpKey, first.receiptPepper].map((key) =>
      Buffer.from(key).toString('hex'),
    )
    expect(new Set(keys).size).toBe(4)
    expect(
      [again.tokenPepper, again.passwordPepper, again.totpKey, again.receiptPepper].map((key) => Buffer.from(key).toString('hex')),
    ).toEqual(keys)
    expect(again.session.kid).toBe(first.session.kid)
    expect([first.made, again.made]).toEqual([true, false])
    for (const folder of [secretsDir, join(secretsDir, 'server')]) expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(join(secretsDir, 'server'))) expect(statSync(file(name)).mode & 0o777).toBe(0o600)
  })

  test('two processes that start at once end with the same secrets', () => {
    const inTheMiddle = { bytes: (count: number) => ((other ??= load()), systemRandom.bytes(count)) }
    let other: ReturnType<typeof load> | undefined
    const mine = loadSecrets(secretsDir, { random: inTheMiddle, assertStrong })
    expect(mine.made).toBe(false)
    expect(mine.tokenPepper).toEqual(other?.tokenPepper)
    expect(readdirSync(secretsDir)).toEqual(['server'])
  })
})

describe('a later start refuses, by name and without the value,', () => {
  const refusal = (): ConfigFault => {
    try {
      load()
    } catch (error) {
      if (error instanceof ConfigFault) return error
      throw error
    }
    throw new Error('it started')
  }

  beforeEach(() => {
    load()
  })

  test('a secret that is lost: a new one would shut out everybody whose data the old one sealed', () => {
    rmSync(file('token-pepper'))
    rmSync(file('session-key.pem'))
    expect(refusal().message).toMatch(/token-pepper is missing[^]*session-key\.pem is missing/)
  })

  test.each(['00'.repeat(32), 'ab'.repeat(31), `${'61'.repeat(16)}${'62'.repeat(16)}`, 'not hexadecimal', ''])(
    'a weak or short secret (%#)',
    (weak) => {
      writeFileSync(file('password-pepper'), weak)
      const { message } = refusal()
      expect(message).toContain('password-pepper')
      if (weak !== '') expect(message).not.toContain(weak)
    },
  )

  test.each([0o640, 0o604, 0o660])('a secret with the rights %o', (mode) => {
    chmodSync(file('totp-key'), mode)
    expect(refusal().message).toMatch(/totp-key is open to other users/)
  })

  test('a folder that others may enter', () => {
    chmodSync(secretsDir, 0o755)
    expect(refusal().message).toMatch(/secrets is open to other users/)
  })

  test('a session key of another curve, or none', () => {
    const pem = readFileSync(file('session-key.pem'), 'utf8')
    for (const wrong of [p384, 'nonsense', pem.replace('PRIVATE', 'PUBLIC')]) {
      writeFileSync(file('session-key.pem'), wrong)
      expect(refusal().message).toBe('session-key.pem must hold a P-256 private key')
    }
  })
})

describe('the pins', () => {
  const pins = { recoveryKey: 'cmVjb3Zlcnk=', guardians: ['AAAA-BBBB'], set: { version: 2, digest: 'ab' } }

  beforeEach(() => {
    mkdirSync(secretsDir, { recursive: true, mode: 0o700 })
  })

  test('are none, then what was written, for their owner alone', () => {
    const pinFile = openPinFile(secretsDir)
    expect(pinFile.read()).toBeNull()
    pinFile.write(pins)
    expect(openPinFile(secretsDir).read()).toEqual(pins)
    expect(statSync(join(secretsDir, 'pins.json')).mode & 0o777).toBe(0o600)
  })

  test('are refused where the file is cut short, holds something else, or is open to others', () => {
    const pinFile = openPinFile(secretsDir)
    for (const broken of ['', '{', '[]', JSON.stringify({ ...pins, guardians: 'all' }), JSON.stringify({ ...pins, more: 1 })]) {
      writeFileSync(join(secretsDir, 'pins.json'), broken, { mode: 0o600 })
      expect(() => pinFile.read()).toThrow(ConfigFault)
    }
    pinFile.write(pins)
    chmodSync(join(secretsDir, 'pins.json'), 0o644)
    expect(() => pinFile.read()).toThrow(ConfigFault)
  })
})
