export const words = {
  title: 'Give a time limit a later date',
  lead: 'Before it runs out, and with a reason. A limit that was missed stays missed. The first date stays on record beside the new one.',
  clock: { legend: 'Which time limit?' },
  until: { legend: 'Which day instead?', hint: 'Later than the day that stands.', day: 'Day', month: 'Month', year: 'Year' },
  reasonCode: { legend: 'Why?' },
  reason: {
    label: 'In your own words',
    hint: 'The new date stands above it by itself. Of a task nobody but the handlers is told, and they alone read this.',
  },
  save: 'Save the new date',
  confirm: {
    title: 'Give it a later date once more?',
    button: 'Yes, a later date',
    again: (label: string, times: number) => `${label}: the date has moved ${times === 1 ? 'once' : `${times} times`} already.`,
    told: (first: string) => `The person was promised ${first} at first. They will read that the date moves again.`,
    task: (first: string) => `It was to be done by ${first} at first.`,
    recorded: 'Each later date goes on record with its reason, and auditors count them.',
  },
  errors: {
    clock: {
      required: 'Choose a time limit',
      not_an_option: 'Choose a time limit that runs',
      not_extendable: 'This time limit cannot be given a later date',
      already_late: 'It has run out already, and a missed limit stays missed',
      paused_already: 'It stands still. Let it go on first',
    },
    'until-day': {
      required: 'Give the new date',
      not_a_date: 'Give a real date',
      not_later: 'Give a later day than the one that stands',
      too_far: 'Give a day within twelve months',
      date_not_reached: 'Writing to the person gives as much time already. Give a later day, or send a message',
    },
    reasonCode: { not_an_option: 'Choose why' },
    reason: { required: 'Write the reason' },
  },
}
