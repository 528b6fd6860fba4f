export const words = {
  title: 'See who raised this',
  lead: 'The person asked to be known to the guardian only. Open their name only if you need it for this concern.',
  recorded: 'Your reason and the time are recorded before the name opens. The person, a colleague or an auditor may ask about it.',
  reason: { label: 'Why do you need the name?', hint: 'For example: to arrange a meeting the person asked for.' },
  otp: { label: 'Six-digit code', hint: 'A fresh one from your authenticator app. Each code works once.' },
  open: 'Record my reason and open the name',
  back: 'Back to the concern',
  shown: {
    title: 'Who raised this',
    recorded: 'That you opened this, when and why, is recorded.',
    once: 'The name is shown this once. Do not write it down where others can see it.',
    name: 'Name',
    contact: 'How to reach them',
    notGiven: 'Not given',
  },
  errors: {
    reason: { required: 'Say why you need the name' },
    otp: {
      required: 'Give the six-digit code',
      wrong: 'This code is not right. Type the one your app shows now',
      replayed: 'This code has been used. Wait for the next one in your app',
    },
  },
}
