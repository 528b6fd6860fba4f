export const words = {
  title: 'Start an investigation',
  investigator: {
    legend: 'Who investigates?',
    hint: 'Somebody independent of what is complained about. People the concern is about are not listed.',
    nobody: 'There is no investigator who may be chosen. An administrator has to add one.',
  },
  terms: { label: 'Terms of reference', hint: 'What is to be found out, and what is not. The investigator reads this.' },
  maskedCopy: {
    label: 'What the investigator is given to read (you can leave this out)',
    hint: 'They cannot open what was said. Copy what they need from above and take out what shows who wrote it.',
  },
  expectedEnd: {
    legend: 'When do you expect it to end?',
    hint: 'For example, 18 12 2026. The person is told this date.',
    day: 'Day',
    month: 'Month',
    year: 'Year',
  },
  message: 'What you tell the person',
  hint: 'Who looks into it, how they can take part, and when they will hear from you. The date is added for you.',
  send: 'Send and start the investigation',
  errors: {
    investigatorId: { not_an_option: 'Choose who investigates' },
    terms: { required: 'Write the terms of reference' },
    'expectedEnd-day': { not_a_date: 'Write a real date, like 18 12 2026', in_the_past: 'Give today or a later date' },
    message: { required: 'Write what you tell the person' },
  },
}
