import { describe, expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { createTexts, digestOf, editionsOn, firstTexts, newestInForce, textPages, type TextVersion } from '../../../src/settings/index.ts'

const on = (date: string) => date as DateText
const today = on('2026-11-22')

describe('the texts of law and pledge that come with the service', () => {
  test.each(firstTexts.map((text) => [text.key, text] as const))('%s says where it comes from, when, and how sure we are', (key, text) => {
    expect(key).toMatch(/^(law|pledge|grievance)\.[a-z0-9_]+$/)
    expect([text.heading, text.body, text.source].map((part) => part.trim() !== '')).toEqual([true, true, true])
    expect(text.sourceDate).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    expect(['V', 'V2', 'K+']).toContain(text.mark)
    expect(text.validFrom <= today && text.readOn <= today && text.sourceDate <= today).toBe(true)
  })

  test('are each there once', () => {
    expect(new Set(firstTexts.map(({ key }) => key)).size).toBe(firstTexts.length)
  })

  test('tell the reader to check the words wherever nobody has compared them with the source, and quote none of those', () => {
    const known = firstTexts.filter(({ mark }) => mark === 'K+')
    expect(known.length).toBeGreaterThan(10)
    expect(known.filter(({ wording, quote }) => wording !== 'check' || quote !== null)).toEqual([])
  })

  test('have the seventh kind of wrong from 6 April 2026, between (d) and (e), and six before', () => {
    const kinds = (date: string) =>
      newestInForce(firstTexts, textPages.law, on(date))
        .map(({ key }) => key)
        .filter((key) => key.startsWith('law.category_'))
    expect(kinds('2026-04-05')).toHaveLength(6)
    expect(kinds('2026-04-06').map((key) => key.replace('law.category_', ''))).toEqual([
      'criminal_offence',
      'legal_obligation',
      'miscarriage_of_justice',
      'health_or_safety',
      'sexual_harassment',
      'environment',
      'concealment',
    ])
  })

  test('name every route from section 43C to 43H, and begin with the limit of seven days', () => {
    const routes = textPages.law.filter((key) => key.startsWith('law.route_')).map((key) => key.slice(-3))
    expect(routes).toEqual(['43c', '43d', '43e', '43f', '43g', '43h'])
    expect(textPages.law[0]).toBe('law.interim_relief')
  })

  test('say of the limit of a claim what holds before and after the change of 2025, and reckon no day for anybody', () => {
    const limits = firstTexts.find(({ key }) => key === 'law.time_limits')
    expect(limits?.body).toMatch(/three months/)
    expect(limits?.body).toMatch(/six months/)
    expect(limits?.body).toMatch(/ask which limit fits you/)
    expect(limits?.source).toMatch(/no start date was found/)
  })
})

describe('which version is shown', () => {
  const first = firstTexts[0] as TextVersion
  const second: TextVersion = { ...first, version: 2, validFrom: on('2027-01-01'), body: 'Said anew.' }

  test('is the newest that has begun, so that what people saw before can be shown again', () => {
    expect(newestInForce([second, first], [first.key], on('2026-12-31'))).toEqual([first])
    expect(newestInForce([first, second], [first.key], on('2027-01-01'))).toEqual([second])
    expect(newestInForce([first], ['law.nothing'], today)).toEqual([])
    expect(newestInForce([first], [first.key], on('1990-01-01'))).toEqual([])
  })

  test('changes the mark of its page and of no other', async () => {
    const before = await editionsOn(createTexts(), on('2027-01-02'))
    const after = await editionsOn(createTexts([...firstTexts, second]), on('2027-01-02'))
    expect(before.map(({ page }) => page)).toEqual(['law', 'pledge', 'grievance'])
    expect(after.map(({ digest }, at) => digest === before[at]?.digest)).toEqual([false, true, true])
    expect(before[0]?.digest).toMatch(/^[0-9a-f]{32}$/)
  })

  test.each(['heading', 'body', 'source', 'sourceDate', 'quote', 'kind', 'mark', 'wording'] as const)(
    'has another digest where only its %s differs',
    (field) => {
      expect(digestOf([{ ...first, [field]: 'other' }])).not.toBe(digestOf([first]))
    },
  )
})
