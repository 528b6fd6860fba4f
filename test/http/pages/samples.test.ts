import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import type { HttpClient } from '../../support/http-client.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { openStaffStage, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let signing: TestSigning
let auditor: HttpClient
let guardian: HttpClient
const numbers = '4 2 6 6 1 3 5 2 2 6 1 4'

beforeAll(async () => {
  stage = await openStaffStage()
  signing = startSigning(stage.app)
  const said = { openness: 'confidential', identity: { name: 'Nobody Knows', contact: null }, about: [], deputyMayRead: true }
  for (let at = 0; at < 8; at += 1) await stage.raise('07', said)
  stage.app.clock.advance({ hours: 48 })
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
  guardian = await stage.staff('guardian')
  auditor = await stage.staff('auditor')
}, 60_000)
afterAll(async () => {
  await signing.close()
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const code = (person: 'auditor' | 'guardian') => {
  stage.app.clock.advance({ seconds: 30 })
  return stage.app.codeOf(person)
}
const today = () => londonDate(stage.app.clock.now())
const period = () => ({ from: addDays(today(), -40), to: addDays(today(), -1) })
const hrefs = (text: string, shape: RegExp): string[] => [...text.matchAll(shape)].map(([, href = '']) => href)
const heading = 'Error: '

describe('a sample', () => {
  let sample: string
  let asked: string[]

  test('shows the checkpoint first, says what is wrong beside each box, and keeps what was typed', async () => {
    const page = await auditor.get('/log/samples')
    expect(page.status).toBe(200)
    expect(page.text).toContain('None has been drawn.')
    const none = await auditor.submit('/log/samples', { numbers: '' })
    expect(none.status).toBe(422)
    expect(none.page.title).toContain(heading)
    for (const said of [
      'Enter a real first day',
      'Enter a real last day',
      'Enter how many concerns',
      'Enter numbers',
      'Give the six-digit',
    ])
      expect(none.text).toContain(said)
    const large = await auditor.submit('/log/samples', { ...period(), count: '3', numbers, otp: code('auditor') })
    expect(large.status).toBe(422)
    expect(large.text).toContain('Draw fewer: one in 4')
    expect(large.text).toContain(`value="${numbers}"`)
    const short = await auditor.submit('/log/samples', {
      ...period(),
      from: addDays(today(), -9),
      count: '1',
      numbers,
      otp: code('auditor'),
    })
    expect(short.text).toContain('28 days or more before the last')
    const letters = await auditor.submit('/log/samples', { ...period(), count: '1', numbers: 'ward twelve', otp: code('auditor') })
    expect(letters.text).toContain('and nothing else')
  })

  test('stays with the checkpoint that the numbers were thrown after, whatever was published meanwhile', async () => {
    const before = (await auditor.get('/log/samples')).text.match(/name="size" value="(\d+)"/)![1]!
    await (await stage.staff('guardian')).get('/concerns')
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
    expect((await auditor.get('/log/samples')).text).not.toContain(`name="size" value="${before}"`)
    const again = await auditor.submit('/log/samples', { size: before, numbers: 'none' })
    expect(again.text).toContain(`name="size" value="${before}"`)
  })

  test('is drawn with a code, and can be drawn again by the command on its page', async () => {
    const drawn = await auditor.submit('/log/samples', { ...period(), count: '2', numbers, otp: code('auditor') })
    expect(drawn.status).toBe(303)
    sample = String(drawn.headers.get('location'))
    const page = await auditor.get(sample)
    expect(page.text).toContain('Waits for an answer')
    expect(page.text).toContain('verify-log.mjs sample')
    expect(page.text).toContain(numbers)
    expect(hrefs(page.text, /href="(\/log\/samples\/[^"/]+\/\d)"/g)).toEqual([])
    expect((await auditor.get('/log/samples')).text).toContain('2 of 8')
  })

  test('waits in the list of those who hold it, with the text masked and the boxes empty', async () => {
    const list = await guardian.get('/samples')
    asked = hrefs(list.text, /href="(\/samples\/[^"]+)"/g)
    expect(asked).toHaveLength(2)
    const page = await guardian.get(asked[0]!)
    expect(page.status).toBe(200)
    expect(page.text).toContain(numbers)
    expect(page.text).not.toContain('Nobody Knows')
    expect(page.text).not.toMatch(/checked/)
    for (const person of ['investigator', 'administrator'] as const)
      expect((await (await stage.staff(person)).get('/samples')).status).toBe(403)
    const lead = await stage.staff('executive')
    expect(hrefs((await lead.get('/samples')).text, /href="(\/samples\/[^"]+)"/g)).toEqual([])
    expect((await lead.get(asked[0]!)).status).toBe(404)
  })

  test('is not unlocked while something in it may point to somebody, and keeps the text', async () => {
    const risky = await guardian.submit(asked[0]!, { text: 'Ring me on 0161 496 0000 about the alarm.', otp: code('guardian') })
    expect(risky.status).toBe(422)
    expect(risky.text).toContain('These may point to somebody')
    expect(risky.text).toContain('about the alarm.</textarea>')
    const named = await guardian.submit(asked[0]!, { text: 'Somebody knows of the alarm. Nobody does.', otp: code('guardian') })
    expect(named.status).toBe(422)
    expect(named.text).toContain('A word of the name or contact')
    const codeless = await guardian.submit(asked[0]!, { text: 'The alarm is off.' })
    expect(codeless.text).toContain('Give the six-digit code')
    const empty = await guardian.submit(asked[0]!, { text: '' })
    expect(empty.text).toContain('Write what the auditor may read')
  })

  test('is unlocked by one person, refused for a reason by one, and read by the auditor', async () => {
    const form = { text: 'The alarm on the ward is off, and the book says that it was checked.', otp: code('guardian') }
    const unlocked = await guardian.submit(asked[0]!, form)
    expect(unlocked.status).toBe(303)
    expect((await guardian.get(String(unlocked.headers.get('location')))).text).toContain('Unlocked. The auditor can read it')
    const reasonless = await guardian.submit(asked[1]!, { reason: '' })
    expect(reasonless.status).toBe(422)
    expect(reasonless.text).toContain('Choose why it is not shown')
    const refused = await guardian.submit(asked[1]!, { reason: 'proceedings' })
    expect(refused.status).toBe(303)
    expect((await guardian.get('/samples')).text).toContain('No concern that you handle waits')
    expect((await guardian.get(asked[0]!)).status).toBe(409)

    const page = await auditor.get(sample)
    expect(page.text).toContain('Not shown: Proceedings forbid it for now')
    const [text] = hrefs(page.text, /href="(\/log\/samples\/[^"/]+\/\d)"/g)
    const read = await auditor.get(text!)
    expect(read.status).toBe(200)
    expect(read.text).toContain('the book says that it was checked')
    expect((await auditor.get(`${sample}/9`)).status).toBe(404)
    expect((await auditor.get(`${sample}/x`)).status).toBe(404)
    expect((await guardian.get(text!)).status).toBe(403)
  })

  test('that was altered in the database is shown as not genuine', async () => {
    const page = await auditor.get(sample)
    const [text] = hrefs(page.text, /href="(\/log\/samples\/[^"/]+\/\d)"/g)
    const superuser = stage.app.database.asSuperuser
    await superuser.query('begin; set local session_replication_role = replica')
    await superuser.query(`update sample_text set ciphertext = set_byte(ciphertext, 40, get_byte(ciphertext, 40) # 1)`)
    await superuser.query('commit')
    const read = await auditor.get(text!)
    expect(read.status).toBe(200)
    expect(read.text).toContain('This text is not genuine')
    expect(read.text).not.toContain('the book says')
  })
})
