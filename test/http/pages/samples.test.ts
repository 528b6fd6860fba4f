import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVerifierKey, verifySamples } from '../../../scripts/verify-log.mjs'
import { sampleCommitmentOf } from '../../../src/audit/index.ts'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import type { HttpClient } from '../../support/http-client.ts'
import { integrateAll, takeBundle } from '../../support/verified-log.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { openStaffStage, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let signing: TestSigning
let auditor: HttpClient
let guardian: HttpClient
const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'

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
const commitment = sampleCommitmentOf(numbers)
const integrate = async () => {
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
}

describe('a sample', () => {
  let sample: string
  let asked: string[]

  test('is fixed by a form that says what is wrong beside each box, and keeps what was typed', async () => {
    const page = await auditor.get('/log/samples')
    expect(page.status).toBe(200)
    expect(page.text).toContain('None has been fixed or drawn.')
    expect(page.text).toContain('sha256sum')
    const none = await auditor.submit('/log/samples', { commitment: '' })
    expect(none.status).toBe(422)
    expect(none.page.title).toContain(heading)
    for (const said of [
      'Enter a real first day',
      'Enter a real last day',
      'Enter how many concerns',
      'Enter the 64 letters and digits',
      'Give the six-digit',
    ])
      expect(none.text).toContain(said)
    const large = await auditor.submit('/log/samples', { ...period(), count: '3', commitment, otp: code('auditor') })
    expect(large.status).toBe(422)
    expect(large.text).toContain('Draw fewer: one in 4')
    expect(large.text).toContain(`value="${commitment}"`)
    const short = await auditor.submit('/log/samples', {
      ...period(),
      from: addDays(today(), -9),
      count: '1',
      commitment,
      otp: code('auditor'),
    })
    expect(short.text).toContain('28 days or more before the last')
    const given = await auditor.submit('/log/samples', { ...period(), count: '1', commitment: numbers, otp: code('auditor') })
    expect(given.text).toContain('and not the numbers')
  })

  test('waits for a checkpoint, and has no box for numbers before', async () => {
    const fixed = await auditor.submit('/log/samples', {
      ...period(),
      count: '2',
      commitment: commitment.toUpperCase(),
      otp: code('auditor'),
    })
    expect(fixed.status).toBe(303)
    sample = String(fixed.headers.get('location'))
    const page = await auditor.get(sample)
    expect(page.text).toContain('waits for the next checkpoint')
    expect(page.text).toContain(commitment)
    expect(page.text).not.toContain('name="numbers"')
    expect((await auditor.get('/log/samples')).text).toContain('Waits for the next checkpoint')
    const second = await auditor.submit('/log/samples', { ...period(), count: '1', commitment: 'a'.repeat(64), otp: code('auditor') })
    expect(second.text).toContain('Another draw of yours waits')
    await integrate()
    expect((await auditor.get(sample)).text).toContain('name="numbers"')
  })

  test('is drawn by its own numbers alone, and can be drawn again by the command on its page', async () => {
    const other = await auditor.submit(sample, { numbers: numbers.replace('3', '4') })
    expect(other.status).toBe(422)
    expect(other.text).toContain('These are not the numbers that this draw was fixed with')
    const few = await auditor.submit(sample, { numbers: '1 2 3' })
    expect(few.text).toContain('Enter 30 digits or more')
    expect(few.text).toContain('value="1 2 3"')
    const drawn = await auditor.submit(sample, { numbers })
    expect(drawn.status).toBe(303)
    const page = await auditor.get(sample)
    expect(page.text).toContain('Waits for an answer')
    expect(page.text).toContain('verify-log.mjs sample')
    expect(page.text).toContain('--fixed ')
    expect(page.text).toContain(numbers)
    expect(hrefs(page.text, /href="(\/log\/samples\/[^"/]+\/\d)"/g)).toEqual([])
    expect((await auditor.get('/log/samples')).text).toContain('Drawn, 0 of 2 answered')
  })

  test('waits in the list of those who hold it, with the text masked and the boxes empty', async () => {
    const list = await guardian.get('/samples')
    asked = hrefs(list.text, /href="(\/samples\/[^"]+)"/g)
    expect(asked).toHaveLength(2)
    const page = await guardian.get(asked[0]!)
    expect(page.status).toBe(200)
    expect(page.text).toContain('fixed this draw before anybody could know')
    expect(page.text).not.toContain('The numbers were not thrown before witnesses')
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

  test('is drawn again by the verifier from the log that an auditor takes home, with what became of it', async () => {
    await integrateAll(stage.app)
    const { file, key } = await takeBundle(stage.app)
    const verdict = verifySamples({ file, keys: [readVerifierKey(key)] })
    expect([verdict.verdict, verdict.findings, verdict.neverDrawn]).toEqual(['whole', [], []])
    expect(verdict.samples).toMatchObject([
      { holds: true, fixed: { id: expect.any(String) }, numbers, population: 8, unlocked: 1, refused: 1, viewed: 1 },
    ])
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
