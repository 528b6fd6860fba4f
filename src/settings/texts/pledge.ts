import type { DateText } from '../../kernel/index.ts'
import type { TextVersion } from './text.ts'

const readOn = '2026-11-22' as DateText
const base = { version: 1, validFrom: '2026-01-01' as DateText, quote: null, readOn } as const
const read = { mark: 'V2', wording: 'checked' } as const
const known = { mark: 'K+', wording: 'check' } as const

const nhsEmployers = { source: 'NHS Employers, “NHS staff pledges”', sourceDate: '2014-08-04', ...read } as const
const trustCopy = {
  source:
    'NHS Constitution, part 3a, as copied by the Royal National Orthopaedic Hospital (rnoh.nhs.uk, “Staff rights”), which names no edition',
  sourceDate: '2026-11-22',
  ...read,
} as const
const otherCopy = {
  source:
    'NHS Constitution, as copied by NHS Nottingham City (nottinghamcity.nhs.uk, “NHS Staff – our responsibilities”), which names no edition',
  sourceDate: '2026-11-22',
  ...read,
} as const

const editions: readonly TextVersion[] = [
  {
    ...base,
    key: 'pledge.concerns_2013',
    kind: 'pledge',
    heading: 'The pledge on concerns, as in 2012 and 2013',
    body: 'The NHS says it will help all staff to speak up early. It says it will answer, and look into it where it needs to.',
    quote:
      'to encourage and support all staff in raising concerns at the earliest reasonable opportunity about safety, malpractice or wrongdoing at work, responding to and, where necessary, investigating the concerns raised and acting consistently with the Public Interest Disclosure Act 1998',
    source:
      'NHS Constitution for England, editions of 8 March 2012 and 26 March 2013; the 2012 copies have “support”, later ones “encourage and support”',
    sourceDate: '2013-03-26',
    ...read,
  },
  {
    ...base,
    key: 'pledge.concerns_2015',
    kind: 'pledge',
    heading: 'The pledge on concerns, from 2015 on',
    body: 'From what we know, the pledge is still there. It now ends with the name of another Act, of 1996. That is where the 1998 Act put its rules. The law is the same.',
    source: 'NHS Constitution for England, edition of 27 July 2015; Employment Rights Act 1996, Part IVA',
    sourceDate: '2015-07-27',
    ...known,
  },
  {
    ...base,
    key: 'pledge.concerns_2009',
    kind: 'pledge',
    heading: 'The first edition, of 2009',
    body: 'From what we know, it had four pledges to staff. None was on raising concerns. That one came later.',
    source: 'NHS Constitution for England and its Handbook, first edition',
    sourceDate: '2009-01-21',
    ...known,
  },
]

const counts: readonly TextVersion[] = [
  {
    ...base,
    ...nhsEmployers,
    key: 'pledge.count_six',
    kind: 'guidance',
    heading: 'NHS Employers lists six',
    body: 'These are the six you see below. The list is from August 2014.',
  },
  {
    ...base,
    key: 'pledge.count_seven',
    kind: 'guidance',
    heading: 'The Social Partnership Forum says seven',
    body: 'It does not list them on the page we read.',
    source: 'Social Partnership Forum, “NHS Constitution” (socialpartnershipforum.org)',
    sourceDate: '2026-11-22',
    ...read,
  },
  {
    ...base,
    key: 'pledge.count_why',
    kind: 'guidance',
    heading: 'Why they differ',
    body: 'From what we know, the one left out of the list of six is this: to have a way for staff to raise a grievance.',
    source: 'NHS Constitution for England, editions of 26 March 2013 and 27 July 2015',
    sourceDate: '2015-07-27',
    ...known,
  },
]

const pledge = (name: string, heading: string, body: string, quote: string): TextVersion => ({
  ...base,
  ...nhsEmployers,
  key: `pledge.${name}`,
  kind: 'pledge',
  heading,
  body,
  quote,
})

const sixPledges: readonly TextVersion[] = [
  pledge(
    'open_culture',
    'A good place to work',
    'Work should be good to come to. People should be open with each other.',
    'provide a positive working environment for staff and to promote supportive, open cultures that help staff do their job to the best of their ability',
  ),
  pledge(
    'clear_roles',
    'Clear jobs',
    'You should know what your job is, and that it helps.',
    'provide all staff with clear roles and responsibilities and rewarding jobs for teams and individuals that make a difference to patients, their families and carers and communities',
  ),
  pledge(
    'development',
    'Training',
    'You should get the training and the help you need.',
    'provide all staff with personal development, access to appropriate education and training for their jobs, and line management support to enable them to fulfil their potential',
  ),
  pledge(
    'health',
    'Health and safety',
    'You should get help to stay well and safe.',
    'provide support and opportunities for staff to maintain their health, wellbeing and safety',
  ),
  pledge(
    'engagement',
    'A say at work',
    'You should have a say, both alone and through your union.',
    'engage staff in decisions that affect them and the services they provide, individually, through representative organisations and through local partnership working arrangements. All staff will be empowered to put forward ways to deliver better and safer services for patients and their families',
  ),
  {
    ...base,
    ...nhsEmployers,
    key: 'pledge.concerns_2014',
    kind: 'pledge',
    heading: 'Raising concerns',
    body: 'This is the pledge on concerns. You can read it in full above.',
  },
]

const others: readonly TextVersion[] = [
  {
    ...base,
    ...nhsEmployers,
    key: 'pledge.meaning',
    kind: 'guidance',
    heading: 'What a pledge is',
    body: 'A right is in law. A duty is a thing you must do. A pledge is a promise. It goes beyond the law, so no court can hold the NHS to it.',
    quote:
      'The pledges are not legally binding but represent a commitment by the NHS to provide high-quality working environments for staff.',
  },
  {
    ...base,
    key: 'pledge.standing',
    kind: 'duty',
    heading: 'Who must think of it',
    body: 'All who give NHS care must take account of it. The law says so. It is a duty on them, not on you.',
    source: 'Bradford District Care NHS Foundation Trust (bdct.nhs.uk, “NHS constitution (staff)”)',
    sourceDate: '2026-11-22',
    ...read,
  },
  {
    ...base,
    ...trustCopy,
    key: 'pledge.right_safe',
    kind: 'right',
    heading: 'To be safe',
    body: 'You can work where you are safe, and where no one hurts or bullies you.',
    quote: 'Have healthy and safe working conditions and an environment free from harassment, bullying or violence',
  },
  {
    ...base,
    ...trustCopy,
    key: 'pledge.right_grievance',
    kind: 'right',
    heading: 'To raise a grievance',
    body: 'You can say that a right was not kept, and ask for it to be put right.',
    quote: 'Can raise an internal grievance and if necessary seek redress, where it is felt that a right has not been upheld',
  },
  {
    ...base,
    ...otherCopy,
    key: 'pledge.duty_care',
    kind: 'duty',
    heading: 'To take care',
    body: 'You must take care that you and those around you stay safe.',
    quote:
      'They have a duty to take reasonable care of health and safety at work for them, their team and others, and to co-operate with employers to ensure compliance with health and safety requirements',
  },
  {
    ...base,
    ...otherCopy,
    key: 'pledge.expect_concern',
    kind: 'expectation',
    heading: 'To speak up',
    body: 'The NHS hopes that staff will do this. It is not a duty in law. Your own regulator may ask more of you.',
    quote:
      'To raise any genuine concern they may have about a risk, malpractice or wrongdoing at work (such as a risk to patient safety, fraud or breaches of patient confidentiality), which may affect patients, the public, other staff or the organisation itself',
  },
]

/** The NHS Constitution's words to staff, each with its edition. Copies differ, so each says which. */
export const pledgeTexts: readonly TextVersion[] = [...editions, ...counts, ...sixPledges, ...others]
