export const words = {
  title: 'What happens next',
  readers: 'These people can open it:',
  steps: {
    sent: { when: (date: string) => `Today, ${date}`, text: 'We have what you sent.' },
    answered: {
      when: (date: string) => `By ${date}`,
      whenUnknown: 'By the date we showed you',
      text: 'A person reads it and replies to you here.',
    },
    comeBack: {
      when: (date: string) => `From ${date}`,
      whenUnknown: 'After that date',
      text: 'Come back with your code. Read the reply. They may ask you things. You can write to them at any time.',
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
