import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { entryKinds } from '../../src/audit/catalogue.ts'

const guide = readFileSync(new URL('../../docs/auditors-guide.md', import.meta.url), 'utf8')
const map = guide.slice(guide.indexOf('\n# Map: '), guide.indexOf('\n# What the log cannot show'))
const inCode = (text: string): string[] => [...text.matchAll(/`([a-z]+(?:_[a-z]+)*)`/g)].map(([, name = '']) => name)

/** What stands in the guide like a kind and is none: values of fields, and a database login. */
const otherCodes = [
  'cover_ended',
  'findings_ready',
  'forthright_auditor',
  'names_remain',
  'no_return_channel',
  'raising_gap',
  'share_as_agreed',
  'unlock_sample',
]

describe("the auditor's guide", () => {
  test('says in its map where to look for every kind of entry there is', () => {
    const named = new Set(inCode(map))
    expect(map.length).toBeGreaterThan(1000)
    expect(Object.keys(entryKinds).filter((kind) => !named.has(kind))).toEqual([])
  })

  test('names no kind of entry that does not exist', () => {
    const unknown = inCode(guide).filter((name) => name.includes('_') && !(name in entryKinds))
    expect([...new Set(unknown)].toSorted()).toEqual(otherCodes)
  })

  test('speaks of no field that no entry carries', () => {
    const fields = new Set<string>(Object.values(entryKinds).flatMap(({ fields: each }) => each))
    const spoken = [...map.matchAll(/`([a-z]+[A-Z][A-Za-z]*)`/g)].map(([, name = '']) => name)
    expect(spoken.length).toBeGreaterThan(20)
    expect(spoken.filter((name) => !fields.has(name))).toEqual([])
  })
})
