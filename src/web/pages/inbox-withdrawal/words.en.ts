export const words = {
  title: 'Take your concern back',
  lead: 'You can ask us to stop. A person will read this and tell you what we do next.',
  mayGoOn: 'If others could come to harm, we may have to go on. If so, we go on without you, and we share your name with no one else.',
  kept: 'What you sent stays safe with us. You can still come back here with your code.',
  reason: 'Do you want to tell us why?',
  hint: 'You can skip this. Leave out your own name, job or shift if you want to stay unknown.',
  send: 'Ask us to stop',
  pressure: 'Is someone making you do this? Do not send this. Tell us if you can, or talk to a person.',
  pressureLink: 'Tell us if anyone treats you badly',
  again: 'You have sent this page before. Press “Ask us to stop” once more to send this too.',
  errors: {},
}
