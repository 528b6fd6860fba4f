import type { SpeakUpContact } from './organisation.ts'

/**
 * National lines, each with the page its number was read on. Numbers change: an organisation checks them before it opens. Where no
 * page of the body itself gave a number, the way is where to look for it.
 */
const nationalContacts: readonly SpeakUpContact[] = [
  {
    name: 'Protect',
    detail: 'Free, confidential advice about speaking up at work, from a charity that is not part of the NHS',
    way: 'Call 020 3117 2520, or see protect-advice.org.uk',
    source: 'protect-advice.org.uk, "Free, confidential whistleblowing advice"',
  },
  {
    name: 'Your trade union or professional body',
    detail: 'Advice and support for its members',
    way: 'The number is on your membership card or on its own site',
    source: 'No number is given here, because it differs for each union and body',
  },
  {
    name: 'NHS England',
    detail: 'For serious or widespread matters in NHS services in England, when you cannot raise them where you work',
    way: 'See england.nhs.uk and search for “speaking up to NHS England”',
    source: 'england.nhs.uk, "Speaking up to NHS England", updated 10 February 2026',
  },
  {
    name: 'Care Quality Commission',
    detail: 'The regulator of health and social care in England. Staff of a regulated service can tell it about poor care',
    way: 'Call 03000 616161, or see cqc.org.uk/contact-us',
    source: 'cqc.org.uk/contact-us',
  },
  {
    name: 'NHS Counter Fraud Authority',
    detail: 'For fraud, bribery and corruption. You do not have to give your name',
    way: 'Call 0800 028 4060, or see cfa.nhs.uk/reportfraud',
    source: 'cfa.nhs.uk, "How to report fraud"',
  },
  {
    name: 'Samaritans',
    detail: 'Someone to talk to, at any hour, about whatever is troubling you',
    way: 'Call 116 123, free from any phone',
    source: 'samaritans.org, "Contact a Samaritan"',
  },
]

/** Before a guardian is called: danger does not wait. */
const emergencyContact: SpeakUpContact = {
  name: 'In an emergency',
  detail: 'If someone is in danger now',
  way: 'Call 999, or tell the person in charge',
  source: 'gov.uk',
}

const managerContact: SpeakUpContact = {
  name: 'A manager you trust',
  detail: 'Not only your own. Telling a manager counts as speaking up',
  way: 'Ask for a private talk',
  source: 'NHS England, Freedom to speak up policy for the NHS, June 2022',
}

/** The contacts an organisation opens with: whom to ring in danger, its own guardian, and the national lines. */
export function firstContacts(guardian: Pick<SpeakUpContact, 'way' | 'source'>): SpeakUpContact[] {
  const own: SpeakUpContact = {
    name: 'A Freedom to Speak Up guardian',
    detail: 'Listens, keeps what you say in confidence, and helps you to decide what to do',
    ...guardian,
  }
  return [emergencyContact, own, managerContact, ...nationalContacts]
}
