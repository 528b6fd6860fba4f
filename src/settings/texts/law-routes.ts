import type { DateText } from '../../kernel/index.ts'
import type { TextVersion } from './text.ts'

const readOn = '2026-11-22' as DateText
const base = { version: 1, validFrom: '2026-04-06' as DateText, kind: 'law', quote: null, readOn } as const
const read = { mark: 'V2', wording: 'checked' } as const
const known = { mark: 'K+', wording: 'check' } as const

const route = (section: string, heading: string, body: string, sureness: typeof read | typeof known): TextVersion => ({
  ...base,
  ...sureness,
  key: `law.route_${section.toLowerCase()}`,
  heading,
  body,
  source: `Employment Rights Act 1996, section ${section}`,
  sourceDate: '1999',
})

/** To whom: sections 43C to 43H, each with what it asks for beyond section 43B. */
export const lawRoutes: readonly TextVersion[] = [
  route(
    '43C',
    'Where you work',
    'A manager, a guardian, HR, the fraud team and this form all count. It asks for no more than the points above.',
    known,
  ),
  route('43D', 'A lawyer', 'When you ask for legal advice. It asks for no more.', known),
  route('43E', 'A minister', 'If a minister names who runs your trust.', known),
  route(
    '43F',
    'A body on the official list',
    'Such as the CQC, NHS England, the HSE, or the body that regulates your job. MPs are on it too. It must be their kind of matter. You must have good reason to think it is true.',
    known,
  ),
  route(
    '43G',
    'Someone else, such as the press',
    'The rules are strict. You must think it is true and not do it for gain. You need a good reason to go there and not to the others. Get advice first.',
    known,
  ),
  route(
    '43H',
    'Something very grave',
    'You can go straight to someone else. You must think it is true and not do it for gain. It must be fair to do it. Get advice first.',
    read,
  ),
]

const person = (
  name: string,
  heading: string,
  body: string,
  source: string,
  sourceDate: string,
  sureness: Pick<TextVersion, 'mark' | 'wording'>,
): TextVersion => ({ ...base, ...sureness, key: `law.who_${name}`, heading, body, source, sourceDate })

/** Whom the law covers. Anybody may speak up here, whatever it says of them. */
export const lawPeople: readonly TextVersion[] = [
  person(
    'workers',
    'Staff',
    'All who are employed, or do the work in person. You are still covered when you have left.',
    'Employment Rights Act 1996, section 230(3)',
    '1996-05-22',
    known,
  ),
  person('agency', 'Agency and bank staff', 'You are covered.', 'Employment Rights Act 1996, section 43K(1)(a)', '1999', read),
  person(
    'trainee_doctors',
    'Trainee doctors',
    'Covered at the trust, and by the body that trains you.',
    'Day v Health Education England, Court of Appeal (cipp.org.uk)',
    '2017',
    read,
  ),
  person(
    'contractors',
    'GPs, dentists, opticians and pharmacists',
    'Covered if you work for the NHS under a contract.',
    'Employment Rights Act 1996, section 43K(1)(ba) and (c)',
    '1999',
    read,
  ),
  person(
    'students',
    'Student nurses and midwives',
    'Covered while you train on a ward or in a team, since 6 April 2015.',
    'SI 2015/491 (legislation.gov.uk/uksi/2015/491/made)',
    '2015-04-06',
    { mark: 'V', wording: 'checked' },
  ),
  person(
    'applicants',
    'If you ask the NHS for a job',
    'They must not turn you down because you spoke up, or because they think so. Since 23 May 2018. It holds for the NHS bodies that are listed.',
    'Employment Rights Act 1996, section 49B; SI 2018/579',
    '2018-05-23',
    read,
  ),
  person(
    'volunteers',
    'Volunteers and governors',
    'In most cases the law does not cover you. You can still speak up here.',
    'Employment Rights Act 1996, sections 43K and 230(3)',
    '1996-05-22',
    known,
  ),
]
