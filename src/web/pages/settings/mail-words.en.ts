/** Of the pages about letters to staff and about calls for danger. */
export const mailWords = {
  mail: {
    title: 'The regular note, and how mail stands',
    lead: 'At fixed times everybody who wants it gets one short letter: please sign in and look at your list. It is the same every time, whether there is anything or not.',
    who: 'What people write here causes no other letter, because its time would tell when they wrote. Guardians get the note unless they say no; each person chooses under My account.',
    times: 'At which times?',
    timesHint: 'From one to four times of the day, with commas between, like 08:00, 14:00.',
    days: 'On which days?',
    daysHint: 'Working days leave out weekends and bank holidays.',
    workingDays: 'Working days',
    everyDay: 'Every day',
  },
}
