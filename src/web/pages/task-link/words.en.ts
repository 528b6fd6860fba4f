/** For somebody who has a link and nothing else. It says nothing of where the task comes from. */
export const words = {
  title: 'A task for you',
  by: 'Please do this by',
  note: { label: 'What was done?', hint: 'A few words. Please name nobody.' },
  done: 'It is done',
  once: 'You can answer once. The person who gave you this link can read it.',
  thanks: { title: 'Thank you', text: 'Your answer was passed on. You can close this page now.' },
  gone: {
    title: 'This link does not work',
    text: 'It may be cut short, used, or too old. Ask the person who gave it to you.',
  },
  problem: 'There is a problem',
  errors: { note: { required: 'Say in a few words what was done', too_long: 'Say it in fewer words' } },
}
