export const words = {
  title: 'Assign this concern',
  lead: 'The owner answers for the next step and its date. Owners before keep what they may read.',
  userId: {
    legend: 'Who owns it from now on?',
    hint: 'People the concern is about are not listed.',
    nobody: 'There is nobody else to choose.',
  },
  note: { label: 'Note for the new owner (you can leave this out)', hint: 'The person who raised the concern cannot read this.' },
  save: 'Assign',
  errors: { userId: { not_an_option: 'Choose who owns it from now on' } },
}
