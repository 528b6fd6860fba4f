export const words = {
  title: 'Tell us how it went',
  lead: 'The people who dealt with this can read it. One answer is counted, with no link to you.',
  once: 'You can do this once.',
  early: 'We are not done yet. You can send this only once until we are. You may want to wait.',
  listened: { legend: 'Did we listen?', hint: 'You can skip this.', answers: { yes: 'Yes', partly: 'In part', no: 'No' } },
  speakUp: {
    legend: 'Given your experience, would you speak up again?',
    hint: 'We count the answers to learn if people feel safe to speak up.',
    answers: { yes: 'Yes', no: 'No', maybe: 'Maybe', dont_know: 'I do not know' },
  },
  comment: 'Is there more you want to tell us?',
  commentHint: 'You can skip this. Leave out your own name, job or shift if you want to stay unknown.',
  detriment: 'Has anyone treated you badly because you spoke up?',
  detrimentLink: 'Tell us about it here',
  send: 'Send',
  again: 'You have sent this page before. Press “Send” once more to send this too.',
  errors: { speakUpAgain: { not_an_option: 'Choose one of the answers', required: 'Choose one of the answers' } },
}
