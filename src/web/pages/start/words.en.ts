export const words = {
  title: 'Start',
  heading: 'Is something wrong at work?',
  lead: 'Tell us. You do not have to say who you are.',
  who: 'Anyone who works here can use this form. That means staff, bank, agency, students and volunteers. It means people who have left, too.',
  raise: 'Raise a concern',
  comeBack: 'Come back with a code',
  talk: 'Talk to a person instead',
  notFor: {
    heading: 'Do not use this form for',
    items: ['help right now: if someone is in danger, call 999 or tell the person in charge', 'questions about your pay, leave or rota'],
    whichWay: 'Not sure? See which way is the right one',
  },
  what: {
    heading: 'What we will ask',
    text: 'We ask what happened, and if anyone is in danger now. You can leave out all other questions. You can stop at any time.',
    promises: 'What we promise, and by when',
  },
  restored: {
    wentBack: (copy: string) => `We lost some of what was here. We had to go back to a copy of ${copy}.`,
    between: (copy: string, now: string) => `Did you write to us from ${copy} to ${now}? Then look for it with your code.`,
    tellAgain: 'If it is not there, please tell us again. A code you got in those days may not work.',
  },
  closed: {
    heading: 'This form is closed for now',
    text: 'You can still come back with a code. To tell us something new, please use another way.',
    otherWays: 'Other ways to speak up',
  },
}
