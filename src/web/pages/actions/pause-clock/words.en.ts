export const words = {
  title: 'Pause a time limit',
  lead: 'Only where nobody here can go on: another body asked us to wait, or the person cannot be reached. The clock goes on by itself on the day you give. The first limit, the answer to the person, never pauses.',
  clock: { legend: 'Which time limit?' },
  until: { legend: 'Until which day?', hint: 'The day on which the clock goes on.', day: 'Day', month: 'Month', year: 'Year' },
  latest: (label: string, alone: string, latest: string) =>
    `${label}: until ${alone} by your own decision, with a second person until ${latest} at the latest.`,
  latestAlone: (label: string, latest: string) => `${label}: until ${latest} at the latest.`,
  reasonCode: { legend: 'Why?' },
  reason: { label: 'In your own words', hint: 'The new date and the kind of reason stand above it by themselves.' },
  authorisedBy: {
    legend: 'Who agreed to it?',
    hint: 'Needed for more than ten working days in all: another guardian or a lead. Ask them first. Their name goes on record, and they get a letter that you named them.',
    nobody: 'Nobody else',
  },
  save: 'Pause and tell the person',
  errors: {
    clock: {
      required: 'Choose a time limit',
      not_an_option: 'Choose a time limit that runs',
      never_pauses: 'This time limit never pauses',
      already_late: 'It has run out already, and a missed limit stays missed',
      paused_already: 'It stands still already. Let it go on first',
      no_pause_left: 'It has stood still for as long as it may',
    },
    'until-day': {
      required: 'Give the day on which it goes on',
      not_a_date: 'Give a real date',
      in_the_past: 'Give a later day than today',
      pause_too_long: 'It may not stand still for so long. Give an earlier day',
      date_not_reached: 'Give another day',
    },
    reasonCode: { not_an_option: 'Choose why' },
    reason: { required: 'Write the reason, as the person will read it' },
    authorisedBy: {
      authoriser_required: 'Name who agreed to so long a pause',
      authoriser_is_self: 'Name somebody other than yourself',
      may_not_authorise: 'Choose an active guardian or lead',
      not_an_option: 'Choose one of the people listed',
    },
  },
}
