import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseInput } from '../../../src/concerns/index.ts'
import { createTexts, editionsOn, firstTexts } from '../../../src/settings/index.ts'
import { londonDate } from '../../../src/kernel/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'

describe('the texts of law and pledge that a person could read when they sent a concern', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.close())

  const ctx = () => ({ requestId: 'test', now: test.clock.now() })

  async function contentOf(token: string) {
    const { concernId } = await test.service.concerns.openByToken(ctx(), token)
    return test.service.concerns.viewContent(await test.contextOf('guardian'), concernId)
  }

  it('are kept with it, sealed, by the digest of each page, and shown to those who handle it', async () => {
    const today = londonDate(test.clock.now())
    const { token } = await test.service.concerns.raise(ctx(), raiseInput.parse({ narrative: 'What happened.' }), null)
    const { pageEditions } = await contentOf(token)
    expect(pageEditions).toEqual(await editionsOn(test.service.texts, today))
    expect(pageEditions.map(({ page }) => page)).toEqual(['law', 'pledge', 'grievance'])
    const dump = await test.database.asSuperuser.query(`select string_agg(t::text, '') as all from staff_item t`)
    const entries = await test.database.asSuperuser.query(`select string_agg(t::text, '') as all from reporter_entry t`)
    for (const { digest } of pageEditions) expect(JSON.stringify([dump.rows, entries.rows])).not.toContain(digest)
  })

  it('are those of the day, whichever texts come after', async () => {
    const today = londonDate(test.clock.now())
    const gagging = firstTexts.find(({ key }) => key === 'law.gagging')!
    const later = createTexts([...firstTexts, { ...gagging, version: 2, validFrom: today, body: 'Said anew.' }])
    const { token } = await test.service.concerns.raise(ctx(), raiseInput.parse({ narrative: 'What happened.' }), null)
    const { pageEditions } = await contentOf(token)
    const after = await editionsOn(later, today)
    expect(pageEditions.map(({ digest }, at) => digest === after[at]?.digest)).toEqual([false, true, true])
  })
})

describe('the receipt of a form that carries its own secret', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.close())

  const secret = 'x7GkQ2mVn4Wp9sLr1TzB3A'
  const ctx = () => ({ requestId: 'test', now: test.clock.now() })
  const input = raiseInput.parse({ narrative: 'What happened.' })

  it('repeats the code until it was checked; then it stands for the concern and shows no code, and raises no second one', async () => {
    const { concerns } = test.service
    const first = await concerns.raise(ctx(), input, secret)
    expect((await concerns.raise(ctx(), input, secret)).token).toBe(first.token)
    await concerns.drafts.forgetCode(ctx(), secret)
    const again = await concerns.raise(ctx(), input, secret)
    expect([again.token, again.readers, again.receipt, again.acknowledgeBy]).toEqual(['', [], '', first.acknowledgeBy])
    await expect(concerns.raise(ctx(), { ...input, narrative: 'Else.' }, secret)).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    const { rows } = await test.database.asSuperuser.query('select id from concern')
    expect(rows).toHaveLength(1)
    expect(await concerns.drafts.open(ctx(), secret)).toMatchObject({ kind: 'sent', answer: { token: '' } })
  })

  it('is left alone by a secret of nobody’s', async () => {
    await test.service.concerns.drafts.forgetCode(ctx(), 'y7GkQ2mVn4Wp9sLr1TzB3A')
    const { rows } = await test.database.asSuperuser.query('select id from receipt')
    expect(rows).toHaveLength(1)
  })
})
