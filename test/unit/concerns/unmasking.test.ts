import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCases } from '../../../src/demonstration/index.ts'
import { thingsThatMayShowWhoYouAre, unmaskingKinds } from '../../../src/concerns/raising/unmasking.ts'

const kindsIn = (text: string): readonly string[] => thingsThatMayShowWhoYouAre(text).map(({ kind }) => kind)

describe('things that may show who you are', () => {
  it.each([
    ['an e-mail address', 'Write to jo.bloggs+ward@nhs.example.uk please', 'email'],
    ['an e-mail address in another script', 'почта: иван@пример.рф', 'email'],
    ['a mobile number', 'Ring me on 07700 900123 after six', 'phone'],
    ['a landline with its area in brackets', 'My number is (020) 7946 0018', 'phone'],
    ['an international number', 'Call +44 7700 900123', 'phone'],
    ['an international number with the nought people leave in', 'Call +44 (0)20 7946 0018', 'phone'],
    ['an NHS number with spaces', 'patient 943 476 5919 was moved', 'nhs_number'],
    ['an NHS number without spaces', 'patient 9434765919 was moved', 'nhs_number'],
    ['a payroll number', 'my payroll number is 40021', 'staff_number'],
    ['an employee number', 'Employee no: 88213', 'staff_number'],
    ['an assignment number of the staff record', 'I signed it as 21345678-2', 'staff_number'],
    ['a nursing PIN', 'her PIN 93I1234E was used', 'staff_number'],
    ['a doctor’s registration', 'GMC 7012345', 'staff_number'],
    ['a name, said outright', 'My name is Tariq Aziz and I work nights', 'own_name'],
    ['a name, with a curly apostrophe', 'my name’s Jo', 'own_name'],
    ['a name under a letter', 'It has to stop.\nRegards,\nJane Smith', 'own_name'],
    ['a name under a kind greeting', 'It has to stop.\n\nKind regards\nJo', 'own_name'],
    ['being the only one', 'I am the only pharmacist on nights', 'only_one'],
    ['being the only one, in the past', 'I was the only one in the room', 'only_one'],
    ['being the only one, shortened', "I'm the only man on the team", 'only_one'],
    ['nobody but me', 'Nobody but me had the key', 'only_one'],
    ['a pay band', 'I told a band 5 nurse on Ward 7', 'grade'],
    ['one’s own pay band', 'I’m a newly qualified band 6', 'grade'],
    ['one’s own pay band without an article', 'I am Band 8a in estates', 'grade'],
    ['a doctor’s grade', 'I am an FY1 in surgery', 'grade'],
    ['a post that few hold', 'I was the surgical registrar', 'grade'],
    ['a numbered ward', 'a band 5 nurse on Ward 7', 'ward'],
    ['a ward with a letter', 'It was on ward 12B again', 'ward'],
    ['a ward by its code', 'Ward B12 and room A4', 'ward'],
    ['a ward by its name', 'They moved me from Nightingale ward', 'ward'],
    ['a theatre', 'the list in Theatre 4', 'ward'],
    ['a shift on a day', 'on nights last Tuesday', 'shift'],
    ['a shift on a date', 'I did the late shift on 11 November', 'shift'],
    ['a shift of a day', 'It was on Tuesday’s night shift', 'shift'],
    ['last night’s shift', "I came off last night's shift", 'shift'],
    ['how one always works', 'I work nights in the laundry', 'shift'],
    ['being on call', 'I was on call when it happened', 'shift'],
    ['a postcode', 'I live at LS1 4AP', 'postcode'],
    ['a postcode in London without a space', 'near EC1A1BB', 'postcode'],
    ['a date of birth', 'date of birth 04/02/1980', 'date_of_birth'],
    ['a date of birth, in short', 'DOB: 4 Feb 1980', 'date_of_birth'],
  ])('sees %s', (_what, text, kind) => {
    expect(kindsIn(text)).toContain(kind)
  })

  it.each([
    ['ordinary words', 'They are short of staff on every night shift. Two people fell last week.'],
    ['a date', 'It was on 11/11/2026 and again on 2026-11-14'],
    ['a time', 'Between 21:00 and 07:30'],
    ['money', 'They claimed £12,345,678 over 3 years'],
    ['a large count', '12,345,678 tablets'],
    ['ten digits that fail the check of an NHS number', 'batch 9434765918'],
    ['a batch number that starts with nothing of a telephone', 'batch 5550001234'],
    ['someone else’s name', 'Her name is on the rota'],
    ['a person who is not the writer', 'She is the only one who knows'],
    ['an unfinished address', 'I saw them @ the desk'],
    ['thanks in passing', 'Thanks, everyone here worked hard and it got better'],
    ['a wish', 'If only I had said so earlier'],
    ['a drug dose', '10 mg twice a day, 500 ml'],
    ['shifts in general', 'They are short on every night shift, nearly every night'],
    ['a band of several people', 'All the band 5s are leaving, and the band 7 knows'],
    ['a band that is none of pay', 'a wide band 3 mm from the edge'],
    ['time spent on the ward', 'She is on the ward 12 hours a day and was on the ward 2 nights running'],
    ['the ward one works on', 'The ward I work on is full'],
    ['a ward round', 'On Monday ward rounds are short'],
    ['a day without a shift', 'It happened on Tuesday, and last week too'],
    ['a doctor who is somebody else', 'I was told the consultant knew. As a consultant he brings in work'],
    ['a car', 'I am frightened to walk to my car after my shift because of what was said'],
  ])('stays quiet about %s', (_what, text) => {
    expect(kindsIn(text)).toEqual([])
  })

  it('is quiet on ten concerns from public inquiries but for what would narrow it down to a few', () => {
    const found = readCases().flatMap(({ input }) => thingsThatMayShowWhoYouAre(input.narrative))
    expect(found.filter(({ kind }) => ['grade', 'ward', 'shift'].includes(kind))).toEqual([
      { kind: 'grade', excerpt: 'I am a charge nurse' },
    ])
  })

  it('shows the words it means, so that the writer can find them', () => {
    expect(thingsThatMayShowWhoYouAre('Mail jo@example.org or ring 07700 900123')).toEqual([
      { kind: 'email', excerpt: 'jo@example.org' },
      { kind: 'phone', excerpt: '07700 900123' },
    ])
  })

  it('lists in the order of the text and each wording once', () => {
    const text = 'I am the only porter. jo@example.org. Jo@example.org. LS1 4AP'
    expect(kindsIn(text)).toEqual(['only_one', 'email', 'postcode'])
  })

  it('reads any text at all, and every excerpt stands in it', () => {
    const bits = fc.constantFrom(
      'jo@x.uk',
      '07700 900123',
      'I am the only',
      'my name is',
      '943 476 5919',
      '(((',
      '\n',
      '0 ',
      '@',
      'LS1 4AP',
      'a band 5',
      'on Ward 7',
      'on nights last Tuesday',
      'I work',
      '🙂',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ unit: 'grapheme' })), { maxLength: 40 }), (parts) => {
        const text = parts.join(' ')
        for (const { kind, excerpt } of thingsThatMayShowWhoYouAre(text)) {
          expect(unmaskingKinds).toContain(kind)
          expect(text).toContain(excerpt)
          expect(excerpt.length).toBeLessThanOrEqual(80)
        }
      }),
    )
  })

  it('is not slowed down by 20,000 characters made of the words it looks for, however they are mixed', () => {
    const bits = fc.constantFrom(
      'a',
      'I',
      'am',
      'was',
      'work',
      'band',
      '5',
      'Ward',
      '7',
      'on',
      'the',
      'nights',
      'shift',
      'last',
      'Tuesday',
      'Aa',
      '11',
      'of',
      'my',
      '-',
      ',',
    )
    fc.assert(
      fc.property(fc.array(bits, { minLength: 4, maxLength: 12 }), (words) => {
        const phrase = `${words.join(' ')} `
        const text = phrase.repeat(Math.ceil(20_000 / phrase.length)).slice(0, 20_000)
        const started = performance.now()
        thingsThatMayShowWhoYouAre(text)
        expect(performance.now() - started).toBeLessThan(1000)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    '0',
    '(',
    ' 0(',
    'a@',
    'a.',
    '@a.',
    'my name is ',
    'I am the only ',
    'staff number ',
    'born on ',
    'regards, ',
    '1 ',
    'a ',
    'a a band ',
    'I am ',
    'band 5 ',
    'ward ',
    'on Aa ',
    'on nights ',
    'on nights last ',
    'Tuesday ',
    'last ',
    'I work on on ',
  ])('is not slowed down by 20,000 characters of %j', (bit) => {
    const text = bit.repeat(Math.ceil(20_000 / bit.length))
    const started = performance.now()
    thingsThatMayShowWhoYouAre(text)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
