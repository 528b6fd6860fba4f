export const words = {
  title: 'What happens next',
  readers: 'These people can open it:',
  steps: {
    sent: { when: (date: string) => `Today, ${date}`, text: 'We have what you sent.' },
    answered: {
      when: (date: string) => `By ${date}`,
      whenUnknown: 'By the date we showed you',
      text: 'A person reads it and replies to you here. Come back with your code. They may ask you things. You can write at any time.',
    },
    decided: {
      when: (date: string) => `By ${date}, if our first reply is in time`,
      whenUnknown: 'Some time after that',
      text: 'We decide what to do, and tell you here.',
    },
  },
  sentUnknown: 'Now',
  afterwards: 'If we are late, your page will say so. It will also say who else you can go to.',
  comeBack: 'Come back with a code',
  safe: {
    heading: 'Before you go',
    items: [
      'Press “Leave this site” when you are done.',
      'If you use Tor Browser, choose New Identity now.',
      'Keep the code away from work.',
    ],
  },
  help: {
    heading: 'Other help',
    text: 'You do not have to wait for us. You can get advice from others now.',
    contacts: 'People who can help',
  },
}
