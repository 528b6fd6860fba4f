import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleCommitmentOf } from '../../src/audit/index.ts'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import { openStaffStage, type StaffStage } from '../http/pages/staff-stage.ts'
import { createScanner, newCanaryWord, scanDump, type Canary, type Finding } from '../support/canary.ts'
import type { HttpClient } from '../support/http-client.ts'
import { startSigning, type TestSigning } from '../support/log.ts'
import { unzip } from '../support/unzip.ts'
import { takeBundle } from '../support/verified-log.ts'

const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'
/** Typed in by mistake, and never those of a draw. */
const otherNumbers = '6 6 5 2 1 4 3 3 6 1 2 5 4 4 6 2 1 3 5 5 2 6 4 1 3 2 6 5 1 1'

describe('what is left after concerns were drawn, masked and read', { timeout: 120_000 }, () => {
  let stage: StaffStage
  let signing: TestSigning
  const canaries: Canary[] = []
  const control = newCanaryWord()
  /** While a draw is fixed and not drawn yet: its numbers stand nowhere. */
  let early: Finding[]
  let late: Finding[]
  let bundle: Finding[]
  let shown: string

  const word = (name: string): string => {
    const text = newCanaryWord()
    canaries.push({ name, text })
    return text
  }
  const code = (person: 'auditor' | 'guardian') => {
    stage.app.clock.advance({ seconds: 30 })
    return stage.app.codeOf(person)
  }
  const taken = async (client: HttpClient, path: string, fields: Record<string, string>, status: number) => {
    const answer = await client.submit(path, fields)
    expect([path, answer.status]).toEqual([path, status])
    return answer
  }
  const integrate = async () => {
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
  }

  beforeAll(async () => {
    stage = await openStaffStage()
    signing = startSigning(stage.app)
    for (let at = 0; at < 8; at += 1)
      await stage.raise('07', {
        narrative: `The alarm is off, ${word('narrative')} said, and the book says that it was checked.`,
        ...{ openness: 'confidential', identity: { name: `Nurse ${word('name')}`, contact: null }, deputyMayRead: true },
        about: [`Matron ${word('about')}`],
        site: `Clinic ${word('site')}`,
      })
    stage.app.clock.advance({ hours: 48 })
    await integrate()
    const { asSuperuser } = stage.app.database
    await asSuperuser.query('create table control (plain text)')
    await asSuperuser.query('insert into control values ($1)', [control])
    const [guardian, auditor] = [await stage.staff('guardian'), await stage.staff('auditor')]
    const today = londonDate(stage.app.clock.now())
    const days = { from: addDays(today, -40), to: addDays(today, -1) }
    await taken(auditor, '/log/samples', { ...days, count: '2', commitment: numbers, otp: code('auditor') }, 422)
    const fixing = { ...days, count: '2', commitment: sampleCommitmentOf(numbers), otp: code('auditor') }
    const sample = String((await taken(auditor, '/log/samples', fixing, 303)).headers.get('location'))
    await integrate()
    await taken(auditor, sample, { numbers: otherNumbers }, 422)
    const secrets = [numbers, otherNumbers].flatMap((text) => [text, text.replaceAll(' ', '')])
    const beforehand = secrets.map((text) => ({ name: 'numbers', text }))
    early = await scanDump(createScanner([{ name: 'control', text: control }, ...beforehand], []), asSuperuser)
    await taken(auditor, sample, { numbers }, 303)
    await answer(guardian)
    shown = await read(auditor, sample)
    await integrate()
    const mistaken = [otherNumbers, otherNumbers.replaceAll(' ', '')].map((text) => ({ name: 'numbers typed by mistake', text }))
    const scanner = createScanner([{ name: 'control', text: control }, ...canaries, ...mistaken], [])
    late = await scanDump(scanner, asSuperuser)
    const { file } = await takeBundle(stage.app)
    bundle = unzip(await buffer(createReadStream(file))).flatMap(({ name, bytes }) => scanner.scan(name, bytes))
  }, 120_000)
  afterAll(async () => {
    await signing.close()
    expect(stage.app.unexpected).toEqual([])
    await stage.close()
  })

  /** One is tried with too much in it and then shown, the other refused. */
  async function answer(guardian: HttpClient): Promise<void> {
    const asked = [...(await guardian.get('/samples')).text.matchAll(/href="(\/samples\/[^"]+)"/g)].map(([, href = '']) => href)
    await guardian.get(asked[0]!)
    await taken(guardian, asked[0]!, { text: `${word('not shown')} rang on 0161 496 0000.`, otp: code('guardian') }, 422)
    await taken(guardian, asked[0]!, { text: `The alarm, ${word('masked text')}, is off.`, otp: code('guardian') }, 303)
    await guardian.get(asked[1]!)
    await taken(guardian, asked[1]!, { reason: 'proceedings' }, 303)
  }

  async function read(auditor: HttpClient, sample: string): Promise<string> {
    const [, place] = /href="(\/log\/samples\/[^"/]+\/\d)"/.exec((await auditor.get(sample)).text) ?? []
    return (await auditor.get(place!)).text
  }

  const but = (findings: readonly Finding[]) => findings.filter(({ canary }) => canary !== 'control')

  it('shows the auditor what was unlocked, so that a scan that finds nothing can be believed', () => {
    expect(shown).toContain(canaries.find(({ name }) => name === 'masked text')!.text)
    expect(early.some(({ canary }) => canary === 'control')).toBe(true)
    expect(late.some(({ canary }) => canary === 'control')).toBe(true)
  })

  it('keeps no number before it is given, nor one that was typed by mistake', () => {
    expect(but(early)).toEqual([])
  })

  it('holds no word of the concern, of the person or of the masked text in clear, nor does the bundle', () => {
    expect(but(late)).toEqual([])
    expect(bundle).toEqual([])
  })
})
