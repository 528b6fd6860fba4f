export const words = {
  title: 'Send it on',
  lead: {
    late: 'We did not keep a promise to you. You do not have to wait for us.',
    pause: 'We have paused our work. You do not have to agree to that.',
    moved: 'We gave you a later date. You do not have to agree to that.',
  },
  who: {
    heading: 'Who will get it',
    about: (name: string) => `Is it about ${name}? Then do not send it on.`,
    talk: 'Talk to a person instead',
  },
  reads: {
    heading: 'What they can read',
    items: ['what you sent us', 'all messages, yours and ours', 'what you told us about how you are treated'],
    not: 'They do not get your name, unless you wrote it in your own words. They do not get our notes.',
  },
  next: {
    heading: 'What happens then',
    items: [
      'They can see how late we are. They can ask us why.',
      'The people who read it now see that you sent it on. They still have to do their work.',
      'You cannot take this back. What someone has read, they have read.',
    ],
  },
  reason: {
    legend: 'Why do you send it on?',
    late: 'You did not keep a promise',
    pause: 'I do not agree that you wait',
    moved: 'I do not agree with the later date',
  },
  comment: 'Do you want to say more?',
  hint: 'You can skip this. All who read your messages will see it. Leave out your own name, job or shift if you want to stay unknown.',
  send: (name: string) => `Send it to ${name}`,
  no: 'No, go back to my messages',
  again: 'You have sent this page before. Press the button once more to send this too.',
  errors: {
    reason: { required: 'Choose why you send it on', not_an_option: 'Choose why you send it on' },
    to: { not_next: 'Someone else would get it now. Look at who it is, then send it.' },
  },
}
