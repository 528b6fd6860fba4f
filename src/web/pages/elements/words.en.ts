export const words = {
  title: 'What is it about?',
  hint: 'Tick all that fit. We can change this later. You can skip this.',
  somethingElse: 'Something else',
  notSure: 'I am not sure',
}
