export const words = {
  title: 'Let a time limit go on',
  lead: 'The clock goes on today, earlier than its pause would end. The person reads that it does.',
  clock: { legend: 'Which time limit?' },
  reason: { label: 'In your own words (you can leave this out)', hint: 'That the clock goes on stands above it by itself.' },
  save: 'Let it go on',
  errors: {
    clock: {
      required: 'Choose a time limit',
      not_an_option: 'Choose a time limit that stands still',
      not_paused: 'It does not stand still',
    },
  },
}
