import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import { commitmentHolds, commitmentOfParts, commitToParts, showParts, type Parts } from '../../../src/vault/index.ts'

const parts = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), fc.string({ unit: 'binary' }), { minKeys: 1, maxKeys: 12 })
const holds = (shown: ReturnType<typeof showParts>, commitment: Uint8Array) =>
  commitmentHolds(shown.salt, new TextEncoder().encode(shown.list), commitment)

test('what is shown of a commitment opens it, whichever parts are shown, and holds nothing of the others but their names', () => {
  fc.assert(
    fc.property(parts, fc.nat(), (said, chosen) => {
      const names = Object.keys(said).filter((_, at) => ((chosen >> at) & 1) === 1)
      const { salt, commitment } = commitToParts(systemRandom, said)
      const shown = showParts(salt, said, names)
      expect(holds(shown, commitment)).toBe(true)
      expect(Object.keys(shown.shown).toSorted()).toEqual(names.toSorted())
      expect(shown.list.match(/^[A-Za-z]+ [0-9a-f]{64}$/gm)).toHaveLength(Object.keys(said).length)
      const salts = [salt, shown.salt, ...Object.values(shown.shown).map((part) => part.salt)].map((one) =>
        Buffer.from(one).toString('hex'),
      )
      expect(new Set(salts).size).toBe(salts.length)
    }),
    { numRuns: 100 },
  )
})

test('other words, another name or one part more give another commitment', () => {
  fc.assert(
    fc.property(parts, fc.string({ unit: 'binary' }), (said, text) => {
      const { salt, commitment } = commitToParts(systemRandom, said)
      const [name = ''] = Object.keys(said)
      const { [name]: moved = '', ...rest } = said
      const others: Parts[] = [{ ...said, [name]: `${moved}x` }, { ...rest, [`${name}z`]: moved }, { ...said, another: text }, rest]
      for (const other of others) expect(Buffer.compare(commitmentOfParts(salt, other), commitment)).not.toBe(0)
      expect(Buffer.compare(commitmentOfParts(salt, said), commitment)).toBe(0)
    }),
    { numRuns: 100 },
  )
})
