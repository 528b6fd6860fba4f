export const words = {
  title: 'Record the first contact',
  lead: 'What the policy of June 2022 asks for first. Tick only what was done. It can be done in parts; the clock stops when all four are on record.',
  parts: { legend: 'What was done?', hint: 'In a message here, by telephone, or when you met.' },
  done: 'On record already',
  note: { label: 'Note (you can leave this out)', hint: 'What was said or agreed, for colleagues who hold the keys.' },
  save: 'Save',
  errors: { parts: { required: 'Tick what was done', empty: 'Tick what was done', not_an_option: 'Tick what was done' } },
}
