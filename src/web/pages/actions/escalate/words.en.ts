export const words = {
  title: 'Escalate this concern',
  lead: 'Somebody above you, or outside, should know of it. The status stays as it is, and so do your duties.',
  to: { legend: 'Who should know?', hint: 'Never somebody the concern is about: choose another.' },
  reason: { label: 'Why?', hint: 'The lead reads this first.' },
  share: {
    legend: 'May they read what was said?',
    hint: 'With “No” they see dates and deadlines only. Nothing is sent to an outside body from here.',
  },
  continue: 'Continue',
  confirm: {
    title: 'Escalate this concern?',
    button: 'Yes, escalate it',
    to: (target: string) => `${target} is told, with your reason.`,
    external: 'It is recorded that you took it to an outside body. Nothing is sent from here: contact them yourself.',
    shared: 'They get the keys to what was said. The keys cannot be taken back.',
    notShared: 'They see dates and deadlines, not what was said.',
    recorded: 'Your reason goes into the record and cannot be changed.',
  },
  errors: {
    to: { not_an_option: 'Choose who should know' },
    reason: { required: 'Say why' },
    shareContent: { wrong_type: 'Say whether they may read what was said' },
  },
}
