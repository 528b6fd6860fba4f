export const words = {
  title: 'Resolve this concern',
  outcome: { legend: 'How did it end?', hint: 'Only outcomes that fit what was done are listed.' },
  feedbackShared: { legend: 'What is shared with the person?' },
  learning: { label: 'What was learned?', hint: 'Say so if nothing was.' },
  message: 'What you tell the person',
  hint: 'How it ended, what changes because of them, and what they can do if they disagree.',
  send: 'Send and resolve',
  errors: {
    outcome: { not_an_option: 'Choose how it ended' },
    feedbackShared: { not_an_option: 'Choose what is shared with the person' },
    learning: { required: 'Say what was learned, or that nothing was' },
    message: { required: 'Write what you tell the person' },
  },
}
