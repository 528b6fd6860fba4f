import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textPages } from '../../../src/settings/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createHttpClient, type HttpClient } from '../../support/http-client.ts'

interface TextsAnswer {
  readonly on: string
  readonly edition: string
  readonly items: readonly { readonly key: string; readonly source: string; readonly mark: string; readonly version: number }[]
}

describe('GET /api/v1/texts', () => {
  let app: TestApp
  let web: HttpClient
  beforeAll(async () => {
    app = await startTestApp()
    web = await createHttpClient(app.app)
  })
  afterAll(async () => {
    expect(app.unexpected).toEqual([])
    await web.close()
    await app.close()
  })

  const ask = (query: string) => web.api('get', `/api/v1/texts?${query}`)

  it.each(['law', 'pledge', 'grievance'] as const)(
    'gives %s as its page shows it, each text with its source, and the mark of the page',
    async (page) => {
      const answer = await ask(`page=${page}`)
      expect(answer.status).toBe(200)
      const { items, edition } = answer.json<TextsAnswer>()
      expect(items.map(({ key }) => key)).toEqual(textPages[page])
      expect(items.every(({ source, mark, version }) => source !== '' && ['V', 'V2', 'K+'].includes(mark) && version >= 1)).toBe(true)
      const shown = await web.get({ law: '/help/law', pledge: '/help/pledge', grievance: '/help/which-way' }[page])
      expect(shown.text).toContain(`Its mark: ${edition}`)
    },
  )

  it('gives the texts of a day before', async () => {
    const { items, on } = (await ask('page=law&on=2026-04-05')).json<TextsAnswer>()
    expect(on).toBe('2026-04-05')
    expect(items.filter(({ key }) => key.startsWith('law.category_'))).toHaveLength(6)
  })

  it.each([
    ['page=law&on=2031-01-01', '/on', 'in_the_future'],
    ['page=law&on=2026-02-30', '/on', 'not_a_date'],
    ['page=secrets', '/page', 'not_an_option'],
    ['', '/page', 'required'],
  ])('refuses %s and says what to do', async (query, pointer, code) => {
    const answer = await ask(query)
    expect([answer.status, answer.json<{ errors: { pointer: string; code: string }[] }>().errors[0]]).toMatchObject([
      422,
      { pointer, code },
    ])
  })
})
