import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { openStaffStage, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let guardian: HttpClient
let raised: RaisedCase

/** As `npm run restore` leaves it; that the row cannot come without its entry is tested where the command is. */
async function wentBack(number: number, copyOn: string, restoredAt: string, until: string): Promise<void> {
  const superuser = stage.app.database.asSuperuser
  await superuser.query('alter table log_restore disable trigger log_restore_declared')
  await superuser.query(`insert into log_restore values ($1, 10, null, null, $2, $3, $4)`, [number, copyOn, restoredAt, until])
  stage.app.clock.advance({ minutes: 2 })
}

beforeAll(async () => {
  stage = await openStaffStage()
  raised = await stage.raise('03')
  guardian = await stage.staff('guardian')
})
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const inbox = async (): Promise<string> => {
  const person = stage.stranger()
  const opened = await person.follow(await person.submit('/b', { code: raised.token, minutes: '15' }))
  return opened.page.words
}
const everywhere = async (): Promise<string[]> => [
  (await stage.stranger().get('/')).page.words,
  (await stage.stranger().get('/b')).page.words,
  await inbox(),
]

describe('after the service went back to an older copy', () => {
  test('nobody is told anything where it never did', async () => {
    for (const words of [...(await everywhere()), (await guardian.get('/concerns')).page.words]) expect(words).not.toContain('went back')
    for (const words of await everywhere()) expect(words).not.toContain('a copy of')
  })

  test('whoever comes is told of which days, and what to do: on the first page, at the code and in the inbox', async () => {
    await wentBack(1, '2026-11-20', '2026-11-23T15:00:00Z', '2026-12-01')
    for (const words of await everywhere()) {
      expect(words).toContain('a copy of 20 November 2026')
      expect(words).toContain('from 20 November 2026 to 23 November 2026')
      expect(words).toContain('please tell us again')
    }
  })

  test('a code that is not known is answered with the same words beside the fault', async () => {
    const person = stage.stranger()
    const { page } = await person.submit('/b', { code: 'T48M9KQ20ZX7HH3WP2M8AAB1C0DE', minutes: '15' })
    expect(page.words).toContain('A code you got in those days may not work')
  })

  test('guardians see it above their queue, and that declared conflicts are undone', async () => {
    const { words } = (await guardian.get('/concerns')).page
    expect(words).toContain('went back to a copy of 20 November 2026')
    expect(words).toContain('Declare again any conflict of interest')
  })

  test('the newest restore counts, until its day', async () => {
    await wentBack(2, '2026-11-23', '2026-11-24T08:00:00Z', '2026-11-25')
    expect((await stage.stranger().get('/')).page.words).toContain('from 23 November 2026 to 24 November 2026')
    stage.app.clock.set('2026-11-25T23:00:00Z')
    expect((await stage.stranger().get('/')).page.words).toContain('a copy of')
    stage.app.clock.set('2026-11-26T09:00:00Z')
    for (const words of await everywhere()) expect(words).not.toContain('a copy of')
  })
})
