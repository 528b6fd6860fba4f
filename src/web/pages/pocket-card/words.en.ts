export const words = {
  title: 'Pocket cards',
  question: 'Is something wrong at work?',
  tell: 'Tell us. You do not have to say who you are.',
  talk: (names: string) => `Or talk to ${names}.`,
  danger: 'In danger now? Call 999.',
}
