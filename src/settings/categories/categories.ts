import { z } from 'zod'
import { optionalLine, shortText, type DateText } from '../../kernel/index.ts'
import { asked, dateInput } from '../changes/asked.ts'

/**
 * The elements of the national data collection since April 2022, under which figures count (`domain.md` 3.2). The codes are the workflow's,
 * which this room does not know; a test holds the two lists together.
 */
export const officialElements = ['patient_safety_quality', 'worker_safety_wellbeing', 'bullying_harassment', 'other_behaviours'] as const
export type OfficialElement = (typeof officialElements)[number]

/** Something a concern can be about, as it is offered to tick. What was once offered is never reworded: it ends, and another begins. */
export interface Category {
  readonly id: string
  /** Short and random for a local one: it is kept under the seal of every concern that has it, whose size must not tell. */
  readonly code: string
  readonly label: string
  readonly hint: string
  /** The official element it counts under; null for none. */
  readonly element: OfficialElement | null
  readonly source: string
  readonly validFrom: DateText
  /** The last day it is offered; null while no end is set. */
  readonly validTo: DateText | null
}

export function isInForce({ validFrom, validTo }: Pick<Category, 'validFrom' | 'validTo'>, on: DateText): boolean {
  return validFrom <= on && (validTo === null || on <= validTo)
}

/** The categories offered on a day: the official elements' own first, in their published order, then local ones by label. */
export function categoriesInForce(categories: readonly Category[], on: DateText): readonly Category[] {
  return categories
    .filter((category) => isInForce(category, on))
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.label < b.label ? -1 : 1))
}

function placeOf({ code }: Category): number {
  const place = (officialElements as readonly string[]).indexOf(code)
  return place === -1 ? officialElements.length : place
}

const national = 'Items of the national Freedom to Speak Up data collection since April 2022'
const from = '2022-04-01' as DateText

/** What a new installation offers: the four official elements under their published labels. */
export const firstCategories: readonly Omit<Category, 'id'>[] = [
  {
    code: 'patient_safety_quality',
    label: 'Patient safety/quality',
    hint: 'Care that is unsafe or poor.',
    element: 'patient_safety_quality',
    source: national,
    validFrom: from,
    validTo: null,
  },
  {
    code: 'worker_safety_wellbeing',
    label: 'Worker safety or wellbeing',
    hint: 'Staff who get hurt, worn out or ill from work.',
    element: 'worker_safety_wellbeing',
    source: national,
    validFrom: from,
    validTo: null,
  },
  {
    code: 'bullying_harassment',
    label: 'Bullying or harassment',
    hint: 'Someone is picked on, put down or scared.',
    element: 'bullying_harassment',
    source: national,
    validFrom: from,
    validTo: null,
  },
  {
    code: 'other_behaviours',
    label: 'Other inappropriate attitudes or behaviours',
    hint: 'Things people say or do that are wrong in some other way.',
    element: 'other_behaviours',
    source: national,
    validFrom: from,
    validTo: null,
  },
]

export const categoryInput = z.strictObject({
  label: shortText(80, 'Give it a label.'),
  hint: optionalLine(150).default(''),
  element: z.enum(officialElements).nullable().default(null).meta({ description: 'The official element it counts under; null for none.' }),
  source: shortText(300, 'Say where this category comes from.'),
  validFrom: dateInput,
  validTo: dateInput.nullable().default(null),
  ...asked,
})
export const categoryEndInput = z.strictObject({ validTo: dateInput, ...asked })
export type CategoryInput = z.output<typeof categoryInput>
export type CategoryEndInput = z.output<typeof categoryEndInput>
