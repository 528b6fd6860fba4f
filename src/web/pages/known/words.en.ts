export const words = {
  title: 'How do you want to be known?',
  hint: 'You can change your mind later and say who you are. You cannot take a name back. If you skip this, you stay unknown.',
  options: {
    anonymous: { text: 'Nobody knows who I am', hint: 'We do not ask your name. We can still write to each other here.' },
    confidential: {
      guardian: 'Only the guardian knows me',
      guardians: 'Only the guardians know me',
      reader: 'Only the person who reads it knows me',
      readers: 'Only the people who read it know me',
      hint: (names: string) => `Only ${names} will see your name. The law, or a risk of serious harm, may make them share it.`,
    },
    open: { text: 'You can use my name', hint: 'People who deal with this can see your name.' },
  },
}
