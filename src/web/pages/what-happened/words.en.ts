export const words = {
  title: 'What happened?',
  hints: [
    'Start where you like. Say what you saw or heard. You do not need proof.',
    'Have you told anyone yet? You can say so here.',
    'Leave out your own name, job or shift if you want to stay unknown.',
  ],
  giveAway: {
    summary: 'What can give me away?',
    lead: 'People may guess who you are from what you write. Take care with:',
    items: [
      'your name, your job or your shift',
      'the exact time, if few people were there',
      'things that only you saw or were told',
      'the way you talk, such as words you use a lot',
      'names of patients: leave them out if you can',
    ],
    choice: 'You may need to say some of this so that we can act. It is up to you.',
  },
  errors: { narrative: { required: 'Tell us what happened' } },
}
