/** The document's chapters, in reading order. */
export const tags = {
  raising: { name: 'Raising a concern', description: 'No account, no cookie, no address kept.' },
  inbox: {
    name: 'Inbox',
    description: 'For the person who raised it. The token travels in bodies only, and every answer is given on a fixed tick.',
  },
  sessions: {
    name: 'Sessions',
    description: 'Staff sign in with e-mail address, password and a six-digit code, then send the token as a bearer.',
  },
  handling: { name: 'Handling', description: 'A concern that you may not see is answered like one that does not exist.' },
  leads: { name: 'Second person and leads', description: 'Approvals that wait for you, and concerns escalated to you.' },
  people: {
    name: 'People',
    description: 'Invitations, enrolment, countersigning, second factors. No call here says anything of a concern.',
  },
  log: { name: 'Log', description: 'For the auditor: every entry, word for word as it was hashed.' },
  reports: {
    name: 'Reports',
    description: 'Figures, and for the auditor single clocks under aliases. Nobody’s words or name are in them.',
  },
  duties: {
    name: 'Duties of the organisation',
    description: 'Returns, reports, reviews, requests and breaches as codes and dates: whom they are about is not kept here.',
  },
  settings: {
    name: 'Settings',
    description: 'For administrators. Each change wants the state it was decided from, a reason and a fresh code.',
  },
  service: { name: 'Service', description: 'For monitoring and for programs that read this document.' },
} as const

export type Tag = keyof typeof tags
