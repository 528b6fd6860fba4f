import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
let signing: TestSigning
let auditor: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  signing = startSigning(stage.test)
  await stage.triaged()
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
  auditor = await stage.bearerOf('auditor')
}, 60_000)
afterAll(async () => {
  await signing.close()
  await stage.close()
})

interface Entry {
  readonly index: number | null
  readonly entry: string
}
const get = <T>(path: string) => stage.api.ok<T>(200, 'get', `/log/${path}`, undefined, auditor)
const search = (query = '') =>
  get<{ items: Entry[]; next: number | null; waiting: Entry[]; size: number; covers: number }>(`search${query}`)
const said = ({ entry }: Entry) => JSON.parse(entry) as { kind: string; at?: string; concern: string; actor: { alias: string } }

describe('searching the log', () => {
  test('gives every entry in its place once, page by page, newest place first', async () => {
    const items: Entry[] = []
    for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) {
      const page: Awaited<ReturnType<typeof search>> = await search(`?before=${before}`)
      items.push(...page.items)
      before = page.next
    }
    const places = items.map(({ index }) => index!)
    expect(places).toEqual(places.toSorted((one, other) => other - one))
    const { size, covers } = await search()
    expect(new Set(places).size).toBe(size - covers)
  })

  test('finds by kind, concern and person together, and no word of anybody', async () => {
    const [triage] = (await search('?kind=concern_triaged')).items
    const { concern, actor } = said(triage!)
    const found = await search(`?concern=${concern}&actor=${actor.alias.slice(0, 8)}&kind=steps`)
    expect(found.items.map((each) => said(each).kind)).toEqual(expect.arrayContaining(['concern_triaged', 'concern_acknowledged']))
    expect(JSON.stringify(found)).not.toContain(narrative.slice(0, 20))
  })

  test('tells nobody of a reporter’s act before its day is over', async () => {
    await stage.raise()
    const { waiting } = await search()
    expect(waiting.map((each) => said(each).kind)).toContain('log_viewed')
    expect(waiting.map((each) => said(each).kind)).not.toContain('concern_raised')
  })

  test.each([
    '?kind=x',
    '?actor=zz',
    '?from=2026-02-30',
    '?from=2026-02-02&to=2026-02-01',
    '?before=-1',
    '?before=x',
    '?page=2',
    '?actor=',
  ])('refuses %s', async (query) => {
    await stage.api.refused('invalid_input', 'get', `/log/search${query}`, undefined, auditor)
  })
})

describe('one entry', () => {
  test('comes with what holds', async () => {
    const [acknowledged] = (await search('?kind=concern_acknowledged')).items
    const entry = await get<{ entry: string; checks: object }>(`entries/${acknowledged!.index}?check=yes`)
    expect(entry.entry).toBe(acknowledged!.entry)
    expect(entry.checks).toMatchObject({ text: true, signed: true, included: true, follows: true, followed: true })
    expect(await get(`entries/${acknowledged!.index}`)).toMatchObject({ checks: null })
  })

  test.each(['x', '-1', '1e3', '9999999', '01'])('is not at %s', async (place) => {
    await stage.api.refused('not_found', 'get', `/log/entries/${place}`, undefined, auditor)
  })
})

describe('checks', () => {
  test('are begun, and told with how much and when', async () => {
    await stage.api.ok(204, 'post', '/log/checks', undefined, auditor)
    await stage.test.service.auditing.checks.settled()
    const { runningSince, items } = await get<{ runningSince: string | null; items: { verdict: string; entries: number }[] }>('checks')
    expect([runningSince, items[0]!.verdict, items[0]!.entries]).toEqual([null, 'whole', (await search()).size])
  })

  test('hold a kept checkpoint against the log', async () => {
    const { note } = await stage.test.service.publishedLog.readCheckpoint()
    const compare = (given: string) =>
      stage.api.ok<{ verdict: string }>(200, 'post', '/log/comparisons', { note: given }, auditor).then(({ verdict }) => verdict)
    expect(await compare(note)).toBe('same_line')
    expect(await compare('x')).toBe('malformed')
    expect(await compare(note.replace(/— .*/, '— elsewhere AAAAAAAAAAAA'))).toBe('not_ours')
    await stage.api.refused('invalid_input', 'post', '/log/comparisons', { note: 'x'.repeat(70_000) }, auditor)
  })
})

describe('oversight', () => {
  test('tells who opened what, who might do what, and what to look at first', async () => {
    expect(await get('access')).toMatchObject({ opened: { items: [] }, read: { next: null } })
    const { items } = await get<{ items: { standing: string; roles: string[] }[] }>('people')
    expect(items.filter(({ standing }) => standing === 'in')).toHaveLength(7)
    const exceptions = await get<{ items: { kind: string; count: number }[] }>('exceptions')
    expect(exceptions.items).toHaveLength(6)
    expect(await get('exceptions?kind=refused_attempts')).toMatchObject({ items: [{ kind: 'refused_attempts' }] })
  })
})

test.each(['guardian', 'administrator'] as const)('nothing of it is for the %s', async (person) => {
  const bearer = await stage.bearerOf(person)
  for (const path of ['search', 'entries/0', 'checks', 'access', 'people', 'exceptions'])
    await stage.api.refused('permission_denied', 'get', `/log/${path}`, undefined, bearer)
  await stage.api.refused('permission_denied', 'post', '/log/checks', undefined, bearer)
})
