export const words = {
  title: 'Days away',
  lead: 'While a guardian is away, a colleague who can read the concern already looks after what they own: a deputy first. When the days are over it comes back. Nobody gets a key for it. Both happen at the next quarter of an hour between 8:00 and 18:00.',
  nobodyAway: 'No days away are entered.',
  table: { caption: 'Days away that are not over', who: 'Who', from: 'First day', to: 'Last day', change: 'Change' },
  remove: 'Take back',
  enter: 'Enter days away',
  person: 'Who is away',
  from: { legend: 'First day away', hint: 'For example, 27 11 2026' },
  to: { legend: 'Last day away', hint: 'The same day where it is one day' },
  day: 'Day',
  month: 'Month',
  year: 'Year',
  save: 'Enter',
  notices: {
    entered: 'The days are entered.',
    removed: 'The days are taken back. What was looked after comes back with the next look at the clocks.',
  },
  errors: {
    'from-day': { not_a_date: 'Give a real first day', too_long_ago: 'Give a first day within the last year' },
    'to-day': {
      not_a_date: 'Give a real last day',
      before_the_first: 'The last day cannot be before the first',
      in_the_past: 'The last day is over',
      too_far: 'Give days within a year',
    },
    person: { not_an_option: 'Choose who is away' },
  },
}
