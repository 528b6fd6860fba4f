import type { ContactChannel } from '../../../../concerns/index.ts'

const channels: Record<ContactChannel, string> = {
  call: 'Phone call',
  video: 'Video call',
  visit: 'Visit or meeting',
  email: 'E-mail',
  letter: 'Letter',
  other: 'Other work on it',
}

export const words = {
  title: 'Contacts',
  heading: 'Contacts and time',
  readBy: 'Calls, visits and mails, for colleagues who hold the keys to this concern. The person who raised it cannot read this page.',
  total: (minutes: string) => `Time on this concern: ${minutes}.`,
  mine: 'Your own hours over all your concerns',
  empty: 'Nothing has been logged yet.',
  caption: 'Contacts, newest first',
  table: { on: 'Day', channel: 'How', minutes: 'Minutes', who: 'Who', note: 'Note' },
  noNote: 'None',
  unknown: 'Not known',
  channels,
  compose: {
    heading: 'Log a contact',
    channel: { legend: 'How?' },
    on: { legend: 'On which day?', hint: 'For example, 24 11 2026. Not a day to come.', day: 'Day', month: 'Month', year: 'Year' },
    minutes: { label: 'How many minutes?', hint: '1 to 600' },
    note: { label: 'Note (optional)', hint: 'What was said or agreed. Month, kind and minutes stand in the log; this note is sealed.' },
    save: 'Log this contact',
    notAllowed: 'You cannot log contacts here.',
  },
  errors: {
    channel: { required: 'Choose how you were in contact', not_an_option: 'Choose how you were in contact' },
    'on-day': {
      required: 'Give the day it took place',
      not_a_date: 'Give a real day, like 24 11 2026',
      in_the_future: 'This day has not come yet. Give the day it took place',
    },
    minutes: {
      required: 'Give the minutes, from 1 to 600',
      wrong_type: 'Give the minutes as a whole number, from 1 to 600',
      too_small: 'Give at least 1 minute',
      too_big: 'Give at most 600 minutes: log a longer contact as two',
    },
  },
}
