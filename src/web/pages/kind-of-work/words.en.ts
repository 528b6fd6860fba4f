export const words = {
  title: 'What kind of work do you do?',
  hint: 'You can skip this. It helps us count. In a small team it can show who you are.',
  notKnown: 'Pick this if you are not sure.',
}
