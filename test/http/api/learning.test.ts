import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonName } from '../../support/app.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

interface Gap {
  readonly year: number
  readonly from: string
  readonly to: string
  readonly parts: readonly { readonly part: string; readonly count: number | null }[]
  readonly total: number | null
}
const path = '/reports/raising-gap'
const read = async (query = '?year=2026') => stage.api.ok<Gap>(200, 'get', `${path}${query}`, undefined, await stage.bearerOf('guardian'))
const countsIn = ({ parts }: Gap) => Object.fromEntries(parts.map(({ part, count }) => [part, count]))
const file = async (query: string) => stage.client.api('get', `/api/v1${path}${query}`, undefined, await stage.bearerOf('guardian'))
const several = async (count: number, said: object) => {
  for (let one = 0; one < count; one += 1) await stage.raise({ ...said })
}
const looks = async () =>
  (
    await stage.test.database.asSuperuser.query<{ text: string }>(
      `select text from staff_entry where kind in ('report_viewed', 'report_exported') order by kind desc`,
    )
  ).rows.map(({ text }) => JSON.parse(text) as { id: string; kind: string; fields: object })

describe('GET /reports/raising-gap', () => {
  test('of a year without a concern, every number is 0 and stands there', async () => {
    const gap = await read()
    expect(gap).toMatchObject({ year: 2026, from: '2026-04-01', to: '2027-03-31', total: 0 })
    expect(new Set(Object.values(countsIn(gap)))).toEqual(new Set([0]))
  })

  test('1 to 7 are not told, nor the number beside one, and the rest is rounded; JSON and CSV hide alike', async () => {
    await several(8, { awareSince: '2026-11-02' })
    await several(1, { awareSince: '2026-08' })
    const gap = await read()
    expect(countsIn(gap)).toMatchObject({ same_month: 10, month_before: 0, two_to_three_months: null, four_to_six_months: null })
    expect(gap.total).toBe(10)
    const csv = await file('?year=2026&format=csv')
    expect([csv.status, csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual([
      ...[200, 'text/csv; charset=utf-8', 'attachment; filename=forthright-raising-gap-2026-04-01-2027-03-31.csv'],
    ])
    const lines = csv.text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('from,to,gap,concerns')
    const said = [...gap.parts, { part: 'total', count: gap.total }]
    expect(lines.slice(1)).toEqual(said.map(({ part, count }) => `2026-04-01,2027-03-31,${part},${count ?? '*'}`))
  })

  test('one concern more or less in a hidden part changes no word of either answer', async () => {
    const before = [JSON.stringify(await read()), (await file('?year=2026&format=csv')).text]
    await several(2, { awareSince: '2026-08' })
    expect([JSON.stringify(await read()), (await file('?year=2026&format=csv')).text]).toEqual(before)
  })

  test('no answer tells of a concern: no number, code, month or alias of one', async () => {
    const { rows } = await stage.test.database.asSuperuser.query<{ id: string; alias: string }>(
      'select id, log_alias as alias from concern',
    )
    const said = JSON.stringify(await read()) + (await file('?year=2026&format=csv')).text
    for (const { id, alias } of rows) for (const secret of [id, alias]) expect(said).not.toContain(secret)
    expect(said).not.toContain('2026-08')
  })

  test('each look and each file is one entry with the year alone', async () => {
    const earlier = new Set((await looks()).map(({ id }) => id))
    await read()
    await file('?year=2026&format=csv')
    const made = (await looks()).filter(({ id }) => !earlier.has(id))
    expect(made.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['report_viewed', { report: 'raising_gap', from: '2026-04-01', to: '2027-03-31' }],
      ['report_exported', { report: 'raising_gap', from: '2026-04-01', to: '2027-03-31', format: 'csv' }],
    ])
  })

  test.each<[PersonName]>([['auditor'], ['administrator'], ['investigator'], ['executive'], ['nonExecutive']])(
    'is refused to the %s in either form, and leaves no look',
    async (person) => {
      const before = (await looks()).length
      for (const query of ['?year=2026', '?year=2026&format=csv'])
        expect(
          (await stage.api.refused('permission_denied', 'get', `${path}${query}`, undefined, await stage.bearerOf(person))).status,
        ).toBe(403)
      expect((await looks()).length).toBe(before)
    },
  )

  test('a stranger is asked to sign in', async () => {
    expect((await stage.client.api('get', `/api/v1${path}?year=2026`)).status).toBe(401)
  })

  test.each([
    ['', '/year'],
    ['?year=x', '/year'],
    ['?year=2017', '/year'],
    ['?year=2101', '/year'],
    ['?year=2041', '/year'],
    ['?year=2026.5', '/year'],
    ['?year=2026&format=ods', '/format'],
    ['?year=2026&month=8', '/month'],
  ])('%s is refused at its place, and opens nothing', async (query, pointer) => {
    const before = (await looks()).length
    const { errors } = await stage.api.refused('invalid_input', 'get', `${path}${query}`, undefined, await stage.bearerOf('guardian'))
    expect(errors?.map((error) => error.pointer)).toEqual([pointer])
    expect((await looks()).length).toBe(before)
  })
})
