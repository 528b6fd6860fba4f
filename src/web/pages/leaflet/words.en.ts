export const words = {
  title: 'Leaflet for new staff',
  heading: 'If something is wrong at work, say so',
  lead: 'You may see things that put people at risk, or that are wrong. We want to hear of them. You do not need proof.',
  how: {
    heading: 'How to speak up',
    steps: [
      'Tell a manager you trust, or a guardian. Or use the form.',
      'You do not have to say who you are. We give you a code.',
      'Come back with your code. Read our reply. Write to us at any time.',
    ],
  },
  who: {
    heading: 'Who reads it',
    lead: 'Only these people can open what you send:',
    some: 'These people can open what you send. So can other guardians. The form names them all.',
    out: 'Is it about one of them? Tick the name, and they will not see it.',
  },
  safe: {
    heading: 'What keeps you safe',
    items: [
      'We do not keep your internet address, or the time you wrote.',
      'Use your own phone, and not the work wi‑fi.',
      'No one may treat you badly for it. If they do, tell us that too.',
    ],
  },
  form: 'The form',
  pledge: 'What the NHS has promised',
  law: 'The law, in short',
  contacts: 'People who can help',
  more: (address: string) => `More, with the law and where it comes from: ${address}/help`,
  danger: 'Someone in danger now? Call 999, or tell the person in charge.',
}
