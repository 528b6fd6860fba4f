import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakePassword, readPassword, writeDurably } from '../../../src/database/secrets.ts'
import { systemRandom } from '../../../src/kernel/index.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'forthright-secrets-')), 'secrets')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

test('a password is made once, with 256 random bits, in a file for one account', () => {
  expect(readPassword(folder, 'database-app')).toBeNull()
  const first = readOrMakePassword(folder, 'database-app', systemRandom).reveal()
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(statSync(join(folder, 'database-app')).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readOrMakePassword(folder, 'database-app', systemRandom).reveal()).toBe(first)
  expect(readdirSync(folder)).toEqual(['database-app'])
})

test('each login has a password of its own', () => {
  const made = (['database-superuser', 'database-owner', 'database-app', 'database-signer', 'database-auditor'] as const).map((name) =>
    readOrMakePassword(folder, name, systemRandom).reveal(),
  )
  expect(new Set(made).size).toBe(5)
})

test('where another process was quicker, its password is the one', () => {
  const slow = { bytes: (count: number) => (readOrMakePassword(folder, 'database-app', systemRandom), systemRandom.bytes(count)) }
  const mine = readOrMakePassword(folder, 'database-app', slow).reveal()
  expect(mine).toBe(readFileSync(join(folder, 'database-app'), 'utf8').trim())
  expect(readdirSync(folder)).toEqual(['database-app'])
})

test('a durable file replaces an older one whole', () => {
  readOrMakePassword(folder, 'database-app', systemRandom)
  const file = join(folder, 'note')
  writeFileSync(file, 'an older and longer text')
  writeDurably(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['database-app', 'note'])
})
