import { describe, expect, test } from 'vitest'
import { declaredWords } from '../../../scripts/restore/closing-words.ts'

const declared = { number: 1, kept: 256, newerList: null }
const outside = { size: 512, root: new Uint8Array(32), restored: 0, signed: true }

describe('what a restore says at its end', () => {
  test('warns who knows of no checkpoint that an earlier restore may carry the same number, and what to do', () => {
    const said = declaredWords('2026-11-20', { ...declared, outside: null, missing: null }).join('\n')
    expect(said).toContain('This is restore 1 as far as this copy knows.')
    expect(said).toContain('with that checkpoint as --outside')
  })

  test('says how much is missing where somebody holds one, and warns of nothing', () => {
    const said = declaredWords('2026-11-20', { ...declared, outside, missing: 256 }).join('\n')
    expect(said).toContain('256 of them are missing here')
    expect(said).not.toContain('as far as this copy knows')
  })
})
