export const words = {
  title: 'How can we reach you?',
  lead: {
    confidential: (names: string) => `Only ${names} will see this. You can leave both boxes empty.`,
    open: 'People who deal with this will see it. You can leave both boxes empty.',
  },
  name: 'Your name',
  contact: 'A safe way and time to reach you',
  contactHint: 'You could give your own phone number. Do not use a work phone or e-mail that others can see.',
}
