export const words = {
  title: 'Poster',
  question: 'Is something wrong at work?',
  tell: 'Tell us.',
  unknown: 'You do not have to say who you are.',
  scan: 'Point your phone at this, or type:',
  own: 'Use your own phone, not the work wi‑fi.',
  talk: 'Or talk to a person',
  others: 'You can also ask',
  all: (address: string) => `All of them: ${address}/talk`,
  danger: 'Someone in danger now? Call 999, or tell the person in charge.',
}
