export const words = {
  title: 'My note',
  heading: 'My note',
  readBy:
    'Only you can open what is written here: it is sealed to your own key. Colleagues do not see it, nor that it is there. An auditor sees that you wrote a note, not what it says.',
  lost: 'Nobody can bring it back for you if you lose your password and your recovery code. What a colleague may need later belongs in the team notes.',
  empty: 'You have written no note of your own here.',
  compose: {
    heading: 'My note',
    label: 'For you alone',
    hint: 'A thought, a reminder, a question to come back to. Nobody else reads it.',
    save: 'Save my note',
    notAllowed: 'You cannot write notes here.',
  },
  errors: { body: { required: 'Write the note' } },
}
