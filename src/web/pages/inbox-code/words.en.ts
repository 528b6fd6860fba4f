export const words = {
  title: 'Enter your code',
  hint: 'Type it as you wrote it down. Capital letters and spaces do not matter.',
  label: 'Your code',
  keepOpen: {
    legend: 'How long should we keep this open?',
    hint: 'If you do not choose, we close it after 15 minutes.',
    short: '15 minutes',
    shortHint: 'Choose this on a shared computer.',
    long: '3 hours',
    longHint: 'Choose this on your own phone or computer.',
  },
  open: 'Continue',
  lost: 'I lost my code',
  onePage: 'My browser keeps no cookies',
  timeOver: 'The time you chose is over. We closed your page to keep others out. Please enter your code again.',
  keptReply: {
    lead: 'The time you chose is over. Your message is still here. Enter your code to send it.',
    message: 'Your message',
    send: 'Send message',
  },
  errors: {
    required: 'Enter your code',
    notRecognised: 'We do not know this code. Look at it again. If it is old, it may not work any more.',
    tooFar: 'This is not a whole code. A code has 7 groups of 4.',
    oneGroup: (group: string) => `Group ${group} looks wrong. Compare it with what you wrote down.`,
    groups: (first: string, others: string) => `Group ${first} may be wrong. If not, look at group ${others}.`,
  },
}
