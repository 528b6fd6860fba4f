import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import {
  brandInput,
  categoriesInForce,
  contrastRatio,
  firstCategories,
  firstTexts,
  horizonOf,
  isLocal,
  officialElements,
  organisationInput,
  paragraphsOf,
  textInput,
  textKeys,
  type Category,
} from '../../../src/settings/index.ts'
import { differenceOf, digestOfRows } from '../../../src/settings/changes/area.ts'
import { elements, labels } from '../../../src/workflow/index.ts'

const today = '2026-11-23' as DateText
const asked = { seen: 'a'.repeat(64), reason: 'Agreed' }

describe('the official elements', () => {
  test('are the workflow’s, under their published labels', () => {
    expect(officialElements).toEqual(elements)
    expect(firstCategories.map(({ code, element, label }) => [code, element, label])).toEqual(
      elements.map((element) => [element, element, labels.elements[element]]),
    )
  })
})

describe('a category', () => {
  const of = (code: string, validFrom: string, validTo: string | null): Category => ({
    id: code,
    code,
    label: code,
    hint: '',
    element: null,
    source: 'x',
    validFrom: validFrom as DateText,
    validTo: validTo as DateText | null,
  })

  test('is offered from its first day to its last, both included', () => {
    const offeredOn = (days: number) => categoriesInForce([of('c-1', today, addDays(today, 2))], addDays(today, days)).length
    expect([-1, 0, 1, 2, 3].map(offeredOn)).toEqual([0, 1, 1, 1, 0])
  })

  test('stands after the official ones, which keep their published order', () => {
    const all = [of('c-b', today, null), of('c-a', today, null), ...firstCategories.toReversed().map((one) => ({ id: one.code, ...one }))]
    expect(categoriesInForce(all, today).map(({ code }) => code)).toEqual([...officialElements, 'c-a', 'c-b'])
  })
})

describe('how far the calendar reaches', () => {
  const holiday = (date: string, projected: boolean) => ({
    division: 'england-and-wales' as const,
    date: date as DateText,
    title: '',
    source: '',
    projected,
  })

  test.each([
    [['2027-11-22'], true],
    [['2027-11-23'], false],
    [['2030-12-26', '2026-01-01'], false],
    [[], true],
  ])('%j ends within twelve months of 23 November 2026: %s', (dates, soon) => {
    expect(
      horizonOf(
        dates.map((date) => holiday(date, false)),
        today,
      ).endsSoon,
    ).toBe(soon)
  })

  test('tells the published days from those worked out by rule', () => {
    expect(horizonOf([holiday('2027-12-28', false), holiday('2030-12-26', true)], today)).toEqual({
      until: '2030-12-26',
      publishedUntil: '2027-12-28',
      endsSoon: false,
      publishedEndsSoon: false,
    })
  })
})

describe('a header’s colours', () => {
  test('are refused wherever the contrast is under 4.5 : 1, and taken wherever it is not', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
    fc.assert(
      fc.property(hex, hex, (headerColour, headerTextColour) => {
        const { success } = brandInput.safeParse({
          serviceName: 'Form',
          organisationName: '',
          headerColour,
          headerTextColour,
          nhsLook: false,
          ...asked,
        })
        expect(success).toBe(contrastRatio(headerColour, headerTextColour) >= 4.5)
      }),
    )
  })

  test.each(['Speaking up', 'Report it', 'Whistleblowing', 'Raise a concern', 'Guardian service', 'Complaints'])(
    'go under no name like %s',
    (serviceName) => {
      const input = { serviceName, organisationName: '', headerColour: '#000000', headerTextColour: '#ffffff', nhsLook: false, ...asked }
      expect(brandInput.safeParse(input).error?.issues.map(({ path }) => path)).toEqual([['serviceName']])
    },
  )
})

describe('an ODS code', () => {
  const read = (odsCode: string) =>
    organisationInput.safeParse({ name: 'A', odsCode, countingUnit: 'per_person', countingUnitSource: 'x', ...asked }).data?.odsCode
  test('is kept in capitals, and may be left out', () => {
    expect([read(' rx1 '), read(''), read('R X'), read('RX'), read('R'.repeat(11))]).toEqual(['RX1', null, undefined, undefined, undefined])
  })
})

describe('a text', () => {
  const sound = {
    key: 'local.start',
    kind: 'local',
    heading: '',
    body: 'Hello',
    quote: '',
    source: 'Ours',
    sourceDate: '2026',
    readOn: '2026-11-22',
    mark: 'V',
    checked: true,
    validFrom: '2026-11-23',
    ...asked,
  }
  test('needs a source whatever else it has', () => {
    expect(textInput.safeParse(sound).success).toBe(true)
    fc.assert(
      fc.property(fc.constantFrom(...textKeys), fc.constantFrom('', ' ', '\t', '\n', '\u00a0'), (key, source) => {
        expect(textInput.safeParse({ ...sound, key, source }).success).toBe(false)
      }),
    )
  })

  test('keeps no tag, and may hold a smaller-than sign', () => {
    expect(textInput.safeParse({ ...sound, body: 'less than < 5 and 5 <6' }).success).toBe(true)
    for (const body of ['<b>x</b>', '</p>', '<!-- x', '<SCRIPT']) expect(textInput.safeParse({ ...sound, body }).success).toBe(false)
  })

  test('of law and pledge has a first version that came with the service; lines of one’s own have none', () => {
    for (const key of textKeys) expect(firstTexts.some((text) => text.key === key)).toBe(!isLocal(key))
  })

  test('falls into paragraphs at empty lines', () => {
    expect(paragraphsOf('One\ntwo\n\n \n\nThree\n')).toEqual(['One\ntwo', 'Three'])
  })
})

describe('what a change keeps', () => {
  const rows = fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 9 }), name: fc.constantFrom('a', 'b') }), {
    selector: ({ id }) => id,
  })

  test('is enough to get from the state before to the state after', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const { removed, added } = differenceOf(before, after)
        const byId = (list: readonly { readonly id: number }[]) => list.toSorted((a, b) => a.id - b.id)
        const rebuilt = [...before.filter((row) => !removed.includes(row)), ...(added as typeof before)]
        expect(digestOfRows(byId(rebuilt) as never)).toBe(digestOfRows(byId(after) as never))
      }),
    )
  })
})
