export const words = {
  title: 'Team notes',
  heading: 'Team notes',
  readBy: 'Only colleagues who hold the keys to this concern can read this page. The person who raised it cannot.',
  empty: 'No team notes yet.',
  noKey: 'You do not hold the key to these notes.',
  compose: {
    heading: 'Team note',
    label: 'Your note',
    hint: 'For the file. Stick to what is needed: the person could one day ask to see what is held about them.',
    save: 'Save team note',
    notAllowed: 'You cannot write notes here.',
  },
  errors: { body: { required: 'Write the note' } },
}
