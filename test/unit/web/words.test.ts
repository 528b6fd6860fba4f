import { describe, expect, test } from 'vitest'
import { invalid, Refusal } from '../../../src/kernel/index.ts'
import {
  checkBrand,
  coarseDateInWords,
  dateInWords,
  neutralBrand,
  pageWords,
  plural,
  shortDateInWords,
  shownFaults,
  timeInWords,
} from '../../../src/web/layout/index.ts'
import { contrastRatio } from '../../../src/settings/index.ts'

describe('the brand', () => {
  test('that comes with the product can be read and says nothing about what it is for', () => {
    expect(checkBrand(neutralBrand)).toBe(neutralBrand)
    expect(neutralBrand.serviceName).not.toMatch(/whistle|speak|concern|report|nhs/i)
  })

  test('stops start-up where the header could not be read', () => {
    expect(() => checkBrand({ ...neutralBrand, headerColour: '#41b6e6', headerTextColour: '#ffffff' })).toThrow('4.5 : 1')
    expect(() => checkBrand({ ...neutralBrand, headerColour: 'rebeccapurple' })).toThrow('#rrggbb')
    expect(() => checkBrand({ ...neutralBrand, serviceName: '  ' })).toThrow('needs a name')
  })

  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#005eb8', '#FFFFFF', 6.33],
  ])('reckons contrast as WCAG does: %s on %s is %d', (one, other, ratio) => {
    expect(contrastRatio(one, other)).toBeCloseTo(ratio, 1)
    expect(contrastRatio(other, one)).toBe(contrastRatio(one, other))
  })
})

describe('dates', () => {
  test.each([
    ['2026', '2026'],
    ['2026-05', 'May 2026'],
    ['2026-10-04', '4 October 2026'],
  ])('are said no finer than somebody remembered them: %s', (given, said) => {
    expect(coarseDateInWords(given)).toBe(said)
  })

  test('are said the same way everywhere', () => {
    expect(dateInWords('2026-11-20')).toBe('20 November 2026')
    expect(shortDateInWords('2026-09-01')).toBe('1 Sep 2026')
    expect(timeInWords('2026-11-20T09:14:59Z')).toBe('20 November 2026 at 09:14')
  })

  test('of an instant are London dates, in summer too', () => {
    expect(dateInWords('2026-06-30T23:30:00Z')).toBe('1 July 2026')
    expect(shortDateInWords('2026-12-31T23:30:00Z')).toBe('31 Dec 2026')
    expect(timeInWords('2026-06-30T23:30:00Z')).toBe('1 July 2026 at 00:30')
  })

  test('that are none are not guessed at', () => {
    expect(() => dateInWords('2026-02-30')).toThrow(RangeError)
    expect(() => dateInWords('soon')).toThrow(RangeError)
  })
})

describe('words', () => {
  const wordsIn = pageWords({ en: { title: 'What happened?' } })

  test('are English for a language nobody translated', () => {
    expect([wordsIn('en').title, wordsIn('xx').title, wordsIn('__proto__').title]).toEqual([
      'What happened?',
      'What happened?',
      'What happened?',
    ])
  })

  test('count as people count', () => {
    const forms = { one: '1 message', other: '{n} messages' }
    expect([0, 1, 2, 1204].map((count) => plural('en', count, forms))).toEqual(['0 messages', '1 message', '2 messages', '1,204 messages'])
    expect(plural('en', 3, { other: '{n} of {n}' })).toBe('3 of 3')
  })
})

describe('faults', () => {
  test('point to the field they are about', () => {
    expect(shownFaults(invalid('/narrative', 'required', 'Give an answer here.'))).toEqual([
      { field: 'narrative', text: 'Give an answer here.' },
    ])
    expect(shownFaults(invalid('/identity/name', 'too_long', 'This is too long.'))[0]!.field).toBe('identity-name')
    expect(shownFaults(invalid('/elements/3', 'not_an_option', 'Choose one of the options.'))[0]!.field).toBe('elements')
    expect(shownFaults(invalid('/awareSince', 'wrong_format', 'Write a year.'), { fields: { '/awareSince': 'when' } })[0]!.field).toBe(
      'when',
    )
  })

  test("are said in the page's own words where it has some", () => {
    const words = { narrative: { required: 'Tell us what happened' } }
    expect(shownFaults(invalid('/narrative', 'required', 'Give an answer here.'), { words })[0]!.text).toBe('Tell us what happened')
    expect(shownFaults(invalid('/narrative', 'too_long', 'This is too long.'), { words })[0]!.text).toBe('This is too long.')
  })

  test('are all that a page shows on itself: any other error goes on its way', () => {
    const broken = new TypeError('broken')
    const changed = new Refusal('concern_changed')
    expect(() => shownFaults(broken)).toThrow(broken)
    expect(() => shownFaults(changed)).toThrow(changed)
  })
})
