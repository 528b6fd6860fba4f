import { describe, expect, test } from 'vitest'
import type { FormFields } from '../../../src/http/index.ts'
import { Refusal, type DateText } from '../../../src/kernel/index.ts'
import { firstValues } from '../../../src/settings/index.ts'
import { createCalendar, firstRules } from '../../../src/timeliness/index.ts'
import { coarseDateInWords } from '../../../src/web/pages/check/view.ts'
import { readCodeCheck } from '../../../src/web/pages/code-check/form.ts'
import { readElements } from '../../../src/web/pages/elements/form.ts'
import { readIdentity } from '../../../src/web/pages/identity/form.ts'
import { codeFault, readCode } from '../../../src/web/pages/inbox-code/form.ts'
import { words as codeEntryWords } from '../../../src/web/pages/inbox-code/words.en.ts'
import { readReply } from '../../../src/web/pages/inbox-reply/form.ts'
import { readKnown } from '../../../src/web/pages/known/form.ts'
import { readAbout, readDoor } from '../../../src/web/pages/readers/form.ts'
import { showAbout } from '../../../src/web/pages/readers/view.ts'
import { words as readerWords } from '../../../src/web/pages/readers/words.en.ts'
import { showCode, showSent } from '../../../src/web/pages/sent/view.ts'
import { words as sentWords } from '../../../src/web/pages/sent/words.en.ts'
import { readWhereAndWhen } from '../../../src/web/pages/where-when/form.ts'
import { showWhereAndWhen } from '../../../src/web/pages/where-when/view.ts'
import { words as whereWords } from '../../../src/web/pages/where-when/words.en.ts'
import { staff, token } from './reporter-fake.ts'

const formOf = (fields: Readonly<Record<string, string | readonly string[]>>): FormFields => ({
  one: (name) => [fields[name] ?? []].flat()[0] ?? '',
  many: (name) => [fields[name] ?? []].flat(),
  has: (name) => Object.hasOwn(fields, name),
})

function faultsOf(work: () => unknown): readonly { pointer: string; code: string }[] {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.faults.map(({ pointer, code }) => ({ pointer, code }))
  }
  return []
}

const settings = {
  contacts: [],
  sites: [{ name: 'Main hospital' }],
  intakeGroups: [],
  rules: [],
  calendar: createCalendar([]),
  categories: [],
  values: firstValues,
}

describe('when somebody first knew', () => {
  const read = (day: string, month: string, year: string) => readWhereAndWhen(formOf({ day, month, year })).awareSince

  test.each([
    ['a year', '', '', '2025', '2025'],
    ['a year and a month', '', '10', '2025', '2025-10'],
    ['a month with one digit', '', '4', '2025', '2025-04'],
    ['a month by name', '', 'October', '2025', '2025-10'],
    ['a month by short name', '', 'sept', '2025', '2025-09'],
    ['a whole date', '4', '10', '2025', '2025-10-04'],
    ['spaces around it', ' 4 ', ' 10 ', ' 2025 ', '2025-10-04'],
  ])('may be %s', (_what, day, month, year, read_) => {
    expect(read(day, month, year)).toBe(read_)
  })

  test('may be left out', () => {
    expect(read('', '', '')).toBeUndefined()
  })

  test.each([
    ['no year', '', '10', '', 'year_missing'],
    ['a day without its month', '4', '', '2025', 'month_missing'],
    ['a date that does not exist', '30', '2', '2025', 'not_a_date'],
    ['a year in words', '', '', 'last year', 'not_a_date'],
    ['a year in two digits', '', '', '25', 'not_a_date'],
    ['a month that is none', '', '13', '2025', 'not_a_date'],
  ])('is asked again for %s', (_what, day, month, year, code) => {
    expect(faultsOf(() => read(day, month, year))).toEqual([{ pointer: '/awareSince', code }])
  })

  test.each([
    ['2025', '2025'],
    ['2025-10', 'October 2025'],
    ['2025-10-04', '4 October 2025'],
  ])('is shown as people say it: %s is %s', (date, words) => {
    expect(coarseDateInWords(date)).toBe(words)
  })

  test('comes back into the boxes it was typed in', () => {
    const view = showWhereAndWhen({ awareSince: '2025-10' }, { ...settings, sites: [] }, whereWords)
    expect([view.day, view.month, view.year]).toEqual(['', '10', '2025'])
  })
})

describe('the place', () => {
  test('starts with not saying it, and keeps a site that has left the list', () => {
    const view = showWhereAndWhen({ site: 'Old wing' }, settings, whereWords)
    expect(view.sites?.map(({ text, selected }) => [text, selected ?? false])).toEqual([
      ['I would rather not say', false],
      ['Main hospital', false],
      ['Old wing', true],
    ])
  })

  test('is typed where the organisation lists none, and the group is not asked for where there is one', () => {
    const view = showWhereAndWhen({}, { ...settings, sites: [] }, whereWords)
    expect([view.sites, view.groups]).toEqual([null, null])
  })

  test('that is taken back is empty again', () => {
    expect(readWhereAndWhen(formOf({ site: '', happened: '  ' }))).toEqual({})
  })
})

describe('what it is about', () => {
  test('keeps apart what is sent and what only the page remembers', () => {
    expect(readElements(formOf({ elements: ['patient_safety_quality', 'something_else', 'not_sure'] }))).toEqual({
      elements: ['patient_safety_quality'],
      unlisted: ['something_else', 'not_sure'],
    })
    expect(readElements(formOf({}))).toEqual({ elements: [], unlisted: [] })
  })

  test('knows a category of the organisation’s own by its code, and forgets one that is no longer ticked', () => {
    expect(readElements(formOf({ elements: ['c-7k2q9m', 'other_behaviours'] }))).toEqual({
      elements: ['other_behaviours'],
      categories: ['c-7k2q9m'],
      unlisted: [],
    })
    expect(Object.keys(readElements(formOf({})))).toContain('categories')
  })

  test('takes no element that is not on the list', () => {
    expect(faultsOf(() => readElements(formOf({ elements: ['pay'] })))).toEqual([{ pointer: '/elements/0', code: 'not_an_option' }])
  })
})

describe('who it is about', () => {
  const readers = [staff.grace, staff.daniel]

  test('is the people ticked, then each line of the box', () => {
    const form = formOf({ readers: [staff.daniel.id], about: ' ward manager \r\n\r\nDr Who\n' })
    expect(readAbout(form, readers)).toEqual({ about: [staff.daniel.id, 'ward manager', 'Dr Who'] })
  })

  test('drops an id of nobody on the page', () => {
    expect(readAbout(formOf({ readers: ['00000000-0000-4000-8000-00000000ffff'] }), readers)).toEqual({ about: [] })
  })

  test('comes back as it was given, and an id never shows in the box', () => {
    const about = [staff.grace.id, 'ward manager', 'Dr Who', '00000000-0000-4000-8000-00000000ffff']
    const view = showAbout({ about }, readers, readerWords)
    expect(view.ticked).toEqual([staff.grace.id])
    expect(view.about).toBe('ward manager\nDr Who')
    expect(view.readers.map(({ text }) => text)).toEqual(['Grace Okafor, guardian', 'Daniel Reid, deputy guardian'])
  })

  test('is asked again where a line is too long or there are too many', () => {
    expect(faultsOf(() => readAbout(formOf({ about: 'x'.repeat(201) }), []))[0]?.code).toBe('too_long')
    expect(faultsOf(() => readAbout(formOf({ about: 'x\n'.repeat(21) }), []))).toEqual([{ pointer: '/about', code: 'too_many' }])
  })
})

describe('the door', () => {
  test('lets the deputy read unless the person says no', () => {
    expect(readDoor(formOf({ recipient: 'guardians', deputyMayRead: 'no' }))).toMatchObject({ deputyMayRead: false })
    expect(readDoor(formOf({ recipient: 'guardians', deputyMayRead: 'yes' }))).toMatchObject({ deputyMayRead: true })
    expect(readDoor(formOf({ recipient: 'executive_lead' })).deputyMayRead ?? true).toBe(true)
  })

  test('lets the non-executive lead step in only where the person says yes', () => {
    expect(readDoor(formOf({ recipient: 'guardians', standby: 'yes' }))).toMatchObject({ standby: true })
    expect(readDoor(formOf({ recipient: 'guardians', standby: 'no' }))).toMatchObject({ standby: false })
    expect(readDoor(formOf({ recipient: 'guardians' })).standby ?? false).toBe(false)
  })

  test.each(['', 'everyone'])('has to be one that is open: %j', (recipient) => {
    expect(faultsOf(() => readDoor(formOf({ recipient })))).toEqual([{ pointer: '/recipient', code: 'not_an_option' }])
  })
})

describe('how somebody wants to be known', () => {
  test('is anonymous where it is skipped, and that takes the name out again', () => {
    expect(readKnown(formOf({}))).toEqual({ openness: 'anonymous', identity: undefined })
    expect(Object.hasOwn(readKnown(formOf({ openness: 'anonymous' })), 'identity')).toBe(true)
    expect(readKnown(formOf({ openness: 'confidential' }))).toEqual({ openness: 'confidential' })
  })

  test('needs neither name nor contact', () => {
    expect(readIdentity(formOf({ name: '', contact: ' ' }))).toEqual({})
    expect(readIdentity(formOf({ name: 'Jo', contact: '' }))).toEqual({ identity: { name: 'Jo' } })
    expect(readIdentity(formOf({ contact: 'Own phone,\nafter six' }))).toEqual({ identity: { contact: 'Own phone,\nafter six' } })
  })
})

describe('the code', () => {
  test('is shown in seven groups and spelled out for the telephone', () => {
    const { groups, spelled } = showCode(token, sentWords)
    expect(groups).toEqual(['T48M', '9KQ2', '0ZX7', 'HH3W', 'P2M8', 'AAB1', 'C0DE'])
    expect(spelled[0]).toEqual({ group: 'Group 1', text: 'T for Tango, 4, 8, M for Mike' })
  })

  test.each([
    ['9KQ2', 'P2M8', true, true],
    ['9kq2', 'p2m8', true, true],
    [' 9K-Q2 ', 'P 2 M 8', true, true],
    ['9KQ2', 'P2M9', true, false],
    ['', '', false, false],
    ['P2M8', '9KQ2', false, false],
  ])('checks groups 2 and 5 as forgivingly as it is typed later: %j, %j', (second, fifth, one, other) => {
    expect(readCodeCheck(formOf({ second, fifth }), token)).toEqual({ second: one, fifth: other })
  })

  test('takes O for 0 and I or L for 1 in the check too', () => {
    const other = '00001101000000000110'.padEnd(28, '0')
    expect(readCodeCheck(formOf({ second: 'ILOI', fifth: 'oilo' }), other)).toEqual({ second: true, fifth: true })
  })

  test('comes with the date of the first reply and what that limit rests on', () => {
    const answer = {
      token,
      stage: 'raised',
      raisedOn: '2026-11-24' as DateText,
      acknowledgeBy: '2026-11-26' as DateText,
      readers: [],
      receipt: '',
    } as const
    const newer = { ...firstRules[0]!, version: 2, source: 'Newer', validFrom: '2026-12-01' as DateText }
    expect(showSent(answer, [...firstRules, newer], sentWords).source).toBe(firstRules[0]!.source)
    expect(showSent({ ...answer, raisedOn: '2026-12-01' as DateText }, [...firstRules, newer], sentWords).source).toBe('Newer')
    expect(showSent(answer, [], sentWords).source).toBeNull()
  })
})

describe('a code that opens nothing', () => {
  const mistyped = (...groups: number[]) =>
    new Refusal('token_mistyped', { faults: groups.map((group) => ({ pointer: '/token', code: `group_${group}`, detail: '' })) })
  const textOf = (error: unknown, code = 'T48M') => codeFault(error, code, codeEntryWords).text

  test('names the group that looks wrong, likeliest first', () => {
    expect(textOf(mistyped(3))).toBe('Group 3 looks wrong. Compare it with what you wrote down.')
    expect(textOf(mistyped(3, 6, 7))).toBe('Group 3 may be wrong. If not, look at group 6 or 7.')
  })

  test('says what a code is where it is too far from one, and asks for one where there is none', () => {
    expect(textOf(mistyped())).toBe('This is not a whole code. A code has 7 groups of 4.')
    expect(textOf(mistyped(), '  ')).toBe('Enter your code')
  })

  test('says the same of every code that is whole and not known', () => {
    expect(textOf(new Refusal('token_not_recognised'))).toBe(
      'We do not know this code. Look at it again. If it is old, it may not work any more.',
    )
  })

  test('hides no other error', () => {
    const busy = new Refusal('overloaded')
    expect(() => textOf(busy)).toThrow(busy)
  })

  test('stays open for the short time unless the long one is chosen', () => {
    expect([
      readCode(formOf({})).minutes,
      readCode(formOf({ minutes: '15' })).minutes,
      readCode(formOf({ minutes: '99999' })).minutes,
    ]).toEqual([15, 15, 15])
    expect(readCode(formOf({ minutes: '180' })).minutes).toBe(180)
  })
})

describe('a reply', () => {
  const random = { bytes: (count: number) => new Uint8Array(count).fill(7) }
  const ours = Buffer.from(new Uint8Array(16).fill(9)).toString('base64url')

  test('keeps the secret of the page it was written on', () => {
    expect(readReply(formOf({ body: ' Hello ', secret: ours }), random)).toEqual({ body: 'Hello', secret: ours })
  })

  test.each(['', 'a', '0'.repeat(200), `${ours}!`])('gets a new one in place of a secret that is none of ours: %j', (secret) => {
    expect(readReply(formOf({ body: 'Hello', secret }), random).secret).toBe(Buffer.from(new Uint8Array(16).fill(7)).toString('base64url'))
  })

  test('has to say something', () => {
    expect(faultsOf(() => readReply(formOf({ body: ' \n ' }), random))).toEqual([{ pointer: '/body', code: 'required' }])
  })
})
