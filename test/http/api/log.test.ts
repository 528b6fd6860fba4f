import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type CanonicalValue } from '../../../src/audit/index.ts'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
let auditor: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  await stage.triaged()
  auditor = await stage.bearerOf('auditor')
})
afterAll(() => stage.close())

interface Page {
  readonly items: readonly { readonly index: null; readonly entry: string }[]
  readonly next: string | null
}
const page = (query = '') => stage.api.ok<Page>(200, 'get', `/log/entries${query}`, undefined, auditor)
const kindOf = ({ entry }: Page['items'][number]) => (JSON.parse(entry) as { kind: string }).kind

describe('the log, read by an auditor', () => {
  test('gives each entry in the exact text that was hashed', async () => {
    const { items } = await page('?limit=100')
    expect(items.length).toBeGreaterThan(5)
    for (const { index, entry } of items) {
      expect(index).toBeNull()
      expect(canonicalJson(JSON.parse(entry) as CanonicalValue)).toBe(entry)
    }
  })

  test('shows the steps of a concern, and no word of it', async () => {
    const { items } = await page('?limit=100')
    expect(items.map(kindOf)).toEqual(expect.arrayContaining(['concern_raised', 'concern_acknowledged', 'concern_triaged', 'signed_in']))
    expect(JSON.stringify(items)).not.toContain(narrative.slice(0, 20))
    expect(JSON.stringify(items)).not.toContain('Silent alarm')
  })

  test("gives a reporter's act a date and no time", async () => {
    const { items } = await page('?limit=100')
    const raised = JSON.parse(items.find((item) => kindOf(item) === 'concern_raised')!.entry) as Record<string, unknown>
    expect(raised['on']).toBe('2026-11-24')
    expect(raised).not.toHaveProperty('at')
  })

  test('records that it was read', async () => {
    await page('?limit=1')
    expect((await page('?limit=100')).items.map(kindOf)).toContain('log_viewed')
  })

  test('comes in pages that hold every entry once', async () => {
    const seen: string[] = []
    for (let next: string | null = ''; next !== null && seen.length < 500;) {
      const read: Page = await page(`?limit=7${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)
      seen.push(...read.items.map(({ entry }) => entry))
      next = read.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.some((entry) => entry.includes('"concern_raised"'))).toBe(true)
  })

  test.each(['?limit=0', '?limit=1000', '?limit=x', '?from=1', '?cursor='])('refuses %s', async (query) => {
    expect(await stage.api.refused('invalid_input', 'get', `/log/entries${query}`, undefined, auditor)).toMatchObject({ status: 422 })
  })
})

test.each(['guardian', 'investigator', 'executive', 'nonExecutive', 'administrator'] as const)(
  'the %s may not read it, and the attempt is in it',
  async (person) => {
    const bearer = await stage.bearerOf(person)
    await stage.api.refused('permission_denied', 'get', '/log/entries', undefined, bearer)
    expect((await page('?limit=20')).items.map(kindOf)).toContain('attempt_refused')
  },
)
