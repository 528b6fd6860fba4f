import type { DateText } from '../../kernel/index.ts'
import type { TextVersion } from './text.ts'

const readOn = '2026-11-22' as DateText
const base = { version: 1, validFrom: '2026-01-01' as DateText, kind: 'guidance', quote: null, readOn } as const
const read = { mark: 'V2', wording: 'checked' } as const
const known = { mark: 'K+', wording: 'check' } as const
const nhsEmployers = { source: 'NHS Employers, “Raising concerns: frequently asked questions”', sourceDate: '2017-07-06' } as const
const protect = { source: 'Protect (protect-advice.org.uk), “What is whistleblowing?”', sourceDate: '2026-11-22' } as const
const acas = { source: 'Acas, Code of Practice on disciplinary and grievance procedures', sourceDate: '2015-03-11' } as const

/** Which of two ways fits, and how to go the other one. */
export const grievanceTexts: readonly TextVersion[] = [
  {
    ...base,
    ...nhsEmployers,
    ...read,
    key: 'grievance.concern',
    heading: 'A concern',
    body: 'It puts others at risk, or is wrong in some other way that counts for more than you. Think of patients, staff, the public or public money. It may not touch you at all.',
  },
  {
    ...base,
    ...nhsEmployers,
    ...read,
    key: 'grievance.grievance',
    heading: 'A grievance',
    body: 'It is about you and your own job. Think of your pay, your leave, your contract or how your boss treats you.',
  },
  {
    ...base,
    ...protect,
    ...read,
    key: 'grievance.both',
    heading: 'It can be both',
    body: 'You may be bullied, and so may others on your team. Then it can be a concern as well. You can use both ways at once.',
  },
  {
    ...base,
    ...protect,
    ...read,
    key: 'grievance.names',
    heading: 'One thing to know first',
    body: 'It is hard to keep your name secret in a grievance. The person it is about has to know the case to answer it.',
  },
  {
    ...base,
    ...acas,
    ...known,
    key: 'grievance.how',
    heading: 'How to raise a grievance',
    body: 'Ask HR or your union for the grievance policy. You do not have to say why you ask.\n\nWrite down what went wrong, when, and what you want done. Give it to a manager who is not part of it.\n\nThere will be a meeting. You can bring a union rep or someone you work with. If you do not agree with the result, you can appeal.',
  },
  {
    ...base,
    ...known,
    key: 'grievance.moved',
    source: 'NHS England, “Freedom to speak up policy for the NHS”',
    sourceDate: '2022-06',
    heading: 'If you are not sure',
    body: 'Tell us. If it fits better in some other place, we talk to you about that first.',
  },
]
