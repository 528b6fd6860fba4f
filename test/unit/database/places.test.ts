import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { placesFor, socketFile } from '../../../src/database/embedded/places.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'forthright-places-')))
afterAll(() => rmSync(folder, { recursive: true }))

test('a data folder that is missing is made; the worker computes the same places as the web process', () => {
  const dataDir = join(folder, 'a', 'b')
  expect(placesFor(dataDir)).toEqual(placesFor(dataDir))
  expect(placesFor(dataDir).secrets).toBe(join(dataDir, 'secrets'))
})

test('two data folders never share a database, and a link to one is that one', () => {
  const [one, other] = [join(folder, 'one'), join(folder, 'other')]
  expect(placesFor(one).cluster).not.toBe(placesFor(other).cluster)
  symlinkSync(one, join(folder, 'link'))
  expect(placesFor(join(folder, 'link'))).toEqual(placesFor(one))
})

test.each([1, 20, 60, 120, 200])('the socket’s path stays short enough for the kernel, with a folder name of %i letters', (length) => {
  const dataDir = join(folder, 'd'.repeat(length))
  mkdirSync(dataDir)
  expect(Buffer.byteLength(socketFile(placesFor(dataDir).socketDir, 65_535))).toBeLessThanOrEqual(103)
})
