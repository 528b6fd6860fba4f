export const words = {
  title: 'Paper to hand over',
  lead: {
    one: 'Print this card, copy the code by hand, or read it out over the telephone. Give it to the person and to nobody else.',
    other: 'Print these {n} cards, copy the codes by hand, or read them out over the telephone. Give each person one, and keep none.',
  },
  once: 'You can reload this page until you press the button. After that nobody can show this code again.',
  theirs:
    'When the person first uses the code, they get a new one that nobody else has seen. Until then the concern says that the code is not yet theirs alone.',
  answerBy: 'Tell them when an answer will be there:',
  waiting: { one: 'After this, 1 earlier set of cards still waits.', other: 'After this, {n} earlier sets of cards still wait.' },
  done: { one: 'I have handed it over', other: 'I have handed them over' },
  concern: 'Concern',
  spell: 'Spell it out, to read over the telephone',
  for: (number: number, all: number) => `Person ${number} of ${all}`,
  card: {
    lead: 'Keep this paper safe. Show it to nobody.',
    label: 'The code, in seven groups',
    how: 'How to come back',
    steps: {
      open: 'Open this address, on your own phone if you can:',
      choose: 'Choose “Come back with a code”.',
      type: 'Type the seven groups. You then get a new code, and this one stops working.',
    },
    lost: 'Nobody can find this code again if it is lost.',
  },
  nothing: {
    title: 'Nothing to hand over',
    text: 'There is no card waiting here. A code is shown only until it is handed over, and for a day at most.',
    back: 'Back to the queue',
  },
}
