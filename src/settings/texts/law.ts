import type { DateText } from '../../kernel/index.ts'
import type { TextVersion } from './text.ts'
import { lawCategories } from './law-categories.ts'
import { lawPeople, lawRoutes } from './law-routes.ts'

const readOn = '2026-11-22' as DateText
const base = { version: 1, validFrom: '2026-04-06' as DateText, kind: 'law', quote: null, readOn } as const
const read = { mark: 'V2', wording: 'checked' } as const
const known = { mark: 'K+', wording: 'check' } as const
const act = '1996-05-22'

/** The clocks that run against a person, the one of seven days first: nothing brings that one back. */
const clocks: readonly TextVersion[] = [
  {
    ...base,
    ...read,
    key: 'law.interim_relief',
    kind: 'right',
    heading: 'If you have lost your job',
    body: 'Have you lost your job because you spoke up? Get advice today. One legal step has a limit of 7 days. They run from the day your job ended. No one can make it longer.\n\nThis step is for employees who lost their job. It is not for other bad treatment. It is called “interim relief”.',
    source: 'Employment Rights Act 1996, section 128(2)',
    sourceDate: act,
  },
  {
    ...base,
    ...read,
    key: 'law.time_limits',
    heading: 'Other claims',
    body: 'Other claims have short limits too. A new law changes them, so ask which limit fits you.\n\nIt is three months in the law as it was before the change of 2025. It is six months once that change fits your case. Ask Acas, your union or Protect. Do it soon.',
    source:
      'Employment Rights Act 1996, sections 48(3) and 111(2); Employment Rights Act 2025, section 152 and Schedule 12, for which no start date was found',
    sourceDate: '2025-12-18',
  },
  {
    ...base,
    ...read,
    key: 'law.acas',
    heading: 'Acas',
    body: 'Most claims go to Acas first. The time limit stops while Acas has it. This step takes up to 12 weeks. It is not needed for the step with 7 days.',
    source: 'Acas early conciliation, rules for cases from 1 December 2025',
    sourceDate: '2025-12-01',
  },
]

const test: readonly TextVersion[] = [
  {
    ...base,
    ...known,
    key: 'law.no_proof',
    heading: 'You do not need proof',
    body: 'You do not have to be right. You need a good reason to think so, and it must count for more than you.\n\nWhy you speak up does not change this. It still counts if they know it by now.\n\nIt is not covered if you break the law by telling it.',
    source: 'Employment Rights Act 1996, sections 43B and 43L(3)',
    sourceDate: act,
  },
  {
    ...base,
    ...read,
    key: 'law.tribunal_decides',
    heading: 'Who decides',
    body: 'Only a tribunal can say if the law covers you. We cannot. We treat all who speak up as if it does.',
    source: 'Equality and Human Rights Commission, its own speaking-up policy (copy at cjnotebook.com)',
    sourceDate: '2026-11-22',
  },
  {
    ...base,
    key: 'law.wider',
    kind: 'guidance',
    heading: 'You do not have to fit these rules',
    body: 'You can tell us about anything that gets in the way of care, or of your work. You do not have to know the law.',
    source: 'NHS England, “Freedom to speak up policy for the NHS” (england.nhs.uk)',
    sourceDate: '2022-06',
    mark: 'V',
    wording: 'checked',
  },
]

const protections: readonly TextVersion[] = [
  {
    ...base,
    ...read,
    key: 'law.gagging',
    kind: 'right',
    heading: 'Terms that tell you to keep quiet',
    body: 'No deal or contract at work can stop you from raising a concern that the law protects. That goes for a deal you signed when you left, too.',
    source: 'Employment Rights Act 1996, section 43J',
    sourceDate: act,
  },
  {
    ...base,
    ...known,
    key: 'law.detriment',
    kind: 'right',
    heading: 'Bad treatment',
    body: 'Your employer must not treat you badly for it. Nor may those you work with. They can have to answer for it too. Your employer has to show why they did it.',
    source: 'Employment Rights Act 1996, sections 47B and 48(2)',
    sourceDate: act,
  },
  {
    ...base,
    ...read,
    key: 'law.dismissal',
    kind: 'right',
    heading: 'Losing your job',
    body: 'To sack an employee for this is not fair in law, if it is the main reason. It does not matter how long you have worked there.',
    source: 'Employment Rights Act 1996, section 103A',
    sourceDate: act,
  },
]

/** Speaking up in the law: Employment Rights Act 1996, Part IVA, which the Public Interest Disclosure Act 1998 put there. */
export const lawTexts: readonly TextVersion[] = [...clocks, ...test, ...lawCategories, ...lawRoutes, ...lawPeople, ...protections]
