import type { DateText } from '../../kernel/index.ts'

/** One kind of failure that information may tend to show, as the Act lists them. Shown with its source and date; never a verdict. */
export interface DisclosureCategory {
  readonly code: DisclosureKind
  readonly label: string
  /** The paragraph that names it. */
  readonly source: string
  /** The first day on which information of this kind could qualify. */
  readonly validFrom: DateText
}

export const disclosureKinds = [
  'criminal_offence',
  'legal_obligation',
  'miscarriage_of_justice',
  'health_or_safety',
  'sexual_harassment',
  'environment',
  'concealment',
] as const
export type DisclosureKind = (typeof disclosureKinds)[number]

const inForce1999 = '1999-07-02' as DateText
const act = (paragraph: string) => `Employment Rights Act 1996, section 43B(1)(${paragraph})`

/**
 * The kinds of failure of section 43B(1) of the Employment Rights Act 1996, in its order: six since Part IVA came into force (Public Interest
 * Disclosure Act 1998), a seventh, (da), by section 23 of the Employment Rights Act 2025, commenced by SI 2026/323 (`domain.md` 1.1). Labels
 * are plain words for staff, not the words of the Act.
 */
export const disclosureCategories: readonly DisclosureCategory[] = [
  { code: 'criminal_offence', label: 'A criminal offence', source: act('a'), validFrom: inForce1999 },
  { code: 'legal_obligation', label: 'Someone failing to meet a legal obligation', source: act('b'), validFrom: inForce1999 },
  { code: 'miscarriage_of_justice', label: 'A miscarriage of justice', source: act('c'), validFrom: inForce1999 },
  { code: 'health_or_safety', label: 'Danger to the health or safety of any individual', source: act('d'), validFrom: inForce1999 },
  {
    code: 'sexual_harassment',
    label: 'Sexual harassment',
    source: `${act('da')}; commenced by SI 2026/323`,
    validFrom: '2026-04-06' as DateText,
  },
  { code: 'environment', label: 'Damage to the environment', source: act('e'), validFrom: inForce1999 },
  { code: 'concealment', label: 'Deliberate concealment of information about any of these', source: act('f'), validFrom: inForce1999 },
]

/** The kinds in force on a date. A concern is judged by those of the day it was raised. */
export function categoriesOn(date: DateText): readonly DisclosureCategory[] {
  return disclosureCategories.filter(({ validFrom }) => validFrom <= date)
}

/** Ways of telling that Part IVA knows, by the section that names who was told (`domain.md` 1.3). */
export const disclosureRoutes = {
  employer: { label: 'The employer: a manager, HR, this service or another way the employer set up', source: 'section 43C' },
  legal_adviser: { label: 'A legal adviser, in the course of getting advice', source: 'section 43D' },
  minister: { label: 'A Minister of the Crown', source: 'section 43E' },
  prescribed_person: { label: 'A prescribed person, such as a regulator', source: 'section 43F' },
  other: { label: 'Somebody else outside', source: 'sections 43G and 43H' },
  not_known: { label: 'Not known', source: null },
} as const satisfies Record<string, { readonly label: string; readonly source: string | null }>
