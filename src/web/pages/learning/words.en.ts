export const words = {
  title: 'When people first knew',
  lead: 'Whoever raises a concern may say when they first knew about it. Over a whole year, this can show what makes it hard to speak up here, and whether that changes.',
  never: [
    'It is about the organisation. It is never a fault of anybody who spoke up, and no reason to do less about what they say.',
    'It is not shown for one concern, one site or one person, and nothing that is decided about a concern may use it.',
    'It is counted now, with your keys, from the concerns that they open. No count is kept, because a kept one could be tied to a concern.',
    'The log keeps that you looked, and at which year. It does not keep the figures.',
  ],
  form: { label: 'Choose a year', year: 'Year', go: 'Count' },
  whole:
    'These figures are for the whole organisation or not at all. You are not a guardian of every part of it, so yours would be of a part. Ask a guardian who is.',
  wait: 'A year is told once it has been over for a month. Figures of a running year, looked at twice, could tell of one concern.',
  running: 'None of a demonstration’s concerns is real, so its running year can be chosen too.',
  table: {
    caption: 'When people first knew, by when they raised it',
    what: 'They first knew',
    count: 'Concerns',
    parts: {
      same_month: 'In the month they raised it',
      month_before: 'In the month before',
      two_to_three_months: '2 or 3 months before',
      four_to_six_months: '4 to 6 months before',
      seven_to_twelve_months: '7 to 12 months before',
      over_a_year: 'More than 12 months before',
      not_clear: 'Only a year was given, or a date that does not fit',
      not_said: 'They did not say',
      not_readable: 'Your keys do not open it, or it is not genuine',
    },
    total: 'All that were counted',
  },
  rule: '0 is shown as 0, and 1 to 7 as *. Rows are hidden in twos, the last three together, so that none can be worked out: there a * may stand for any number. Others are rounded to the nearest 5, so rows need not add up.',
  missing:
    'Concerns that you hold no key to are not counted, and nothing here tells whether there are any. So two guardians may see different figures.',
  errors: {
    year: {
      not_over: 'Choose a year from the list',
      wrong_type: 'Choose a year from the list',
      too_small: 'Choose a year from the list',
      too_large: 'Choose a year from the list',
      too_many: 'There are too many concerns in this year to be opened at once',
    },
  },
}
