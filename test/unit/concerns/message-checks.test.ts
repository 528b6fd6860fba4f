import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { thingsToCheck, type MessageSurroundings } from '../../../src/concerns/casework/message-checks.ts'
import type { DateText } from '../../../src/kernel/index.ts'

const calm: MessageSurroundings = { late: [], endPassed: null, about: [], colleagues: [], reporterName: null, reporterNameSealed: false }
const codes = (body: string, around: Partial<MessageSurroundings> = {}) =>
  thingsToCheck(body, { ...calm, ...around }).map(({ code, name }) => (name === null ? code : `${code} ${name}`))

describe('what a writer should look at', () => {
  test.each([
    ['Thank you. I have read all 3 pages of 2026.', []],
    ['Write to grace.o@trust.example', ['email']],
    ['Ring 0113 496 0000', ['phone']],
    ['Ring +44 (0)113 496-0000', ['phone']],
    ['On 24 11 2026 at 9.30', []],
    ['Her number is 943 476 5919', ['nhs_number']],
    ['Her number is 9434765919.', ['nhs_number']],
    ['Her number is 943 476 5919, mine 0113 496 0000', ['nhs_number', 'phone']],
    ['It is 943 476 5918', ['phone']],
    ['It is 000 000 0000', ['phone']],
  ])('in "%s"', (body, found) => {
    expect(codes(body)).toEqual(found)
  })

  test.each(['a', '1', "a's ", '1-'])('is found at once in the longest text there can be, made of "%s"', (piece) => {
    const started = performance.now()
    codes(piece.repeat(20_000 / piece.length))
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test.each([
    ['Priya Nair looks into it', ['names_colleague Priya Nair']],
    ['priya nair looks into it', ['names_colleague Priya Nair']],
    ['Nair’s report is late', ['names_colleague Priya Nair']],
    ['Priya, thank you', []],
    ['The price was marked', []],
    ['Mr Price was told', ['names_colleague Owen Price']],
    ['José Núñez and Jose Nunez are one', ['names_colleague José Núñez']],
  ])('names of colleagues in "%s"', (body, found) => {
    expect(codes(body, { colleagues: ['Priya Nair', 'Owen Price', 'José Núñez'] })).toEqual(found)
  })

  test('any part of the name of the person who raised it, and of those it is about, but no everyday word for a role', () => {
    const around = { reporterName: 'Amara Nwosu', about: ['Sister Okonkwo', 'ward manager'] }
    expect(codes('Dear Amara, the ward manager and Sister are told.', around)).toEqual([
      'names_subject Sister Okonkwo',
      'names_reporter Amara Nwosu',
    ])
    expect(codes('Dear colleague, the ward manager knows.', around)).toEqual([])
  })

  test('promises whose day has passed come first, with the day', () => {
    const late = [{ label: 'Acknowledge', dueOn: '2026-11-24' as DateText }]
    expect(thingsToCheck('a@b.example', { ...calm, late, endPassed: '2026-11-20' as DateText })).toEqual([
      { code: 'late', name: 'Acknowledge', dueOn: '2026-11-24' },
      { code: 'end_passed', name: null, dueOn: '2026-11-20' },
      { code: 'email', name: null, dueOn: null },
    ])
  })

  test('nothing that is typed breaks the look, and every number with a right last digit is found', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (body) => {
        expect(() => thingsToCheck(body, { ...calm, colleagues: [body], about: [body], reporterName: body })).not.toThrow()
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), (nine) => {
        const check = (11 - (nine.reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11)) % 11
        fc.pre(check < 10 && new Set(nine).size > 1)
        expect(codes(`Number ${nine.join('')}${check}`)).toEqual(['nhs_number'])
      }),
    )
  })
})
