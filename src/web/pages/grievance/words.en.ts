export const words = {
  title: 'Which way is the right one?',
  lead: 'There are two ways to say that something is wrong at work.',
  form: 'Use the form',
  talk: 'Talk to a person instead',
}
