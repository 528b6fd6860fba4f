import { describe, expect, test } from 'vitest'
import { firstContacts } from '../../../src/settings/first-contacts.ts'
import { callParts } from '../../../src/web/layout/call-parts.ts'

const dialled = (text: string): readonly string[] => callParts(text).flatMap(({ tel }) => tel ?? [])

describe('a telephone number in what we say', () => {
  test.each([
    ['Call 020 3117 2520, or see protect-advice.org.uk', ['02031172520']],
    ['Call 03000 616161, or write', ['03000616161']],
    ['Call 116 123, free from any phone', ['116123']],
    ['If a life is at risk, call 999.', ['999']],
    ['+44 20 3117 2520 or 0800 028 4060', ['+442031172520', '08000284060']],
    ['Room 9991, extension 2024, 24 November 2026, 7 days', []],
  ])('can be pressed: %s', (text, numbers) => {
    expect(dialled(text)).toEqual(numbers)
  })

  test('leaves every word where it was', () => {
    for (const { way } of firstContacts({ way: 'Call 01632 960 001', source: 'us' }))
      expect(
        callParts(way)
          .map(({ text }) => text)
          .join(''),
      ).toBe(way)
  })
})
