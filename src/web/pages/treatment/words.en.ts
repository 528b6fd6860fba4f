export const words = {
  title: 'How are you being treated?',
  lead: 'You should not be treated badly for speaking up. If you are, we want to act on that too.',
  examples: 'It may be a bad rota, being left out, or threats to your job.',
  question: 'Has anyone treated you badly because you spoke up?',
  hint: 'You can skip this.',
  options: {
    yes: 'Yes',
    worried: 'No, but I am worried they will',
    no: 'No',
    rather: 'I would rather not say',
  },
}
