export const words = {
  title: 'Where and when',
  lead: 'You can skip any of these.',
  intakeGroup: { label: 'Which part of the organisation is this for?', any: 'I am not sure' },
  site: {
    label: 'Where did it happen?',
    rather: 'I would rather not say',
    hint: 'In a small place, this can show who you are.',
  },
  happened: {
    label: 'When was this?',
    hint: 'A month or “last winter” is fine. You do not need exact times. Is it still going on? You can say so.',
  },
  awareSince: {
    label: 'When did you first know about it?',
    hint: 'Just a year is fine. It is all right if that was long ago. We ask so that we can learn.',
    day: 'Day',
    month: 'Month',
    year: 'Year',
  },
  errors: {
    awareSince: {
      not_a_date: 'Write a year like 2025. You can add a month, then a day',
      year_missing: 'Add the year, like 2025',
      month_missing: 'Add the month, or take out the day',
    },
  },
}
