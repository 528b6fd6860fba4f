export const words = {
  title: 'Keep this safe',
  panel: { heading: 'We have your concern', text: 'Thank you for speaking up.' },
  code: {
    heading: 'Write down your code',
    lead: 'It is the only way back to read our reply. We cannot send you this code or get it back.',
    how: [
      'Write it on paper, or save it on your own phone.',
      'Do not save it on a work computer or in work e-mail.',
      'Read it back, group by group.',
    ],
    label: 'Your code, in seven groups',
    spell: 'Spell it out',
    spelled: (letter: string, word: string) => `${letter} for ${word}`,
    group: (number: number) => `Group ${number}`,
  },
  when: {
    heading: 'When we will reply',
    before: 'A person will read it and reply by',
    after: 'Come back here with your code to read the reply.',
    source: 'Where this date comes from',
  },
  leaveNow: 'If you leave now we cannot show it again.',
  done: 'I have written it down',
}
