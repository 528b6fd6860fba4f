import { expect, test } from 'vitest'
import { createCosigner, createNoteSigner, verifierKeyText } from '../../../src/audit/notes/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { readStartUp } from '../../../src/start-up.ts'

const startWith = (key: string) => readStartUp({ PUBLIC_ORIGIN: 'https://a.example', WITNESSES: `https://witness.example ${key}` })

test('a witness’s key is taken', () => {
  const key = verifierKeyText(createCosigner('witness.example', systemRandom.bytes(32)).key)
  expect(startWith(key).config.witnesses).toEqual([{ url: 'https://witness.example', verifierKey: key }])
})

test('a key of a log, or one whose id is not its own, stops the start', () => {
  const log = verifierKeyText(createNoteSigner('witness.example', systemRandom.bytes(32)).key)
  const witness = verifierKeyText(createCosigner('witness.example', systemRandom.bytes(32)).key)
  for (const key of [log, witness.replace('witness.example', 'other.example')])
    expect(() => startWith(key)).toThrow(/^WITNESSES names a key that is no witness/)
})
