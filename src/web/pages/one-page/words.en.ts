export const words = {
  title: 'All on one page',
  lead: 'This page needs no cookie. You can skip any question but “What happened?”.',
  keep: 'We keep nothing until you press Send. If you close this page first, what you wrote is lost.',
  leave: 'If someone walks in, press “Leave this site” at the top. It opens another site.',
  protect: 'How we protect you',
  readers: 'Who will read it',
  doorLead: 'You can leave this as it is.',
  known: {
    confidential: 'Only those who read it may know me',
    confidentialHint: 'They are the people you chose above. The law, or a risk of serious harm, may make them share your name.',
  },
  reach: 'If you want us to know you',
  reachLead: 'Leave all of this empty if you want to stay unknown.',
  look: {
    heading: 'Look once more, then press Send',
    readers: 'When you send it, these people can open it:',
    notSent: 'Nothing has been sent yet.',
  },
  nobodyLeft: 'From what you said, it is about everyone who could read it. Change this, or talk to a person instead',
  errors: {
    narrative: { required: 'Tell us what happened' },
    address: { notices_on_anonymous: 'You asked for notes, and an address shows who you are. Say no to notes, or choose who may know you' },
    name: { identity_on_anonymous: 'You gave a name or a way to reach you. Take it out, or choose who may know you' },
  },
  sent: {
    changed: 'You sent this page before. What you changed since was not sent. You can use your code to tell us more.',
    checkHeading: 'Check what you wrote down',
    checkLead: 'Look at your paper, not at this page. Type two groups.',
    close: 'Do this before you go. If you do not, the next person at this browser could go back and see your code.',
  },
}
