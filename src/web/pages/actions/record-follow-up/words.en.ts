import { dateInWords } from '../../../layout/index.ts'

export const words = {
  title: 'Record a check after the outcome',
  lead: 'Three and six months after the outcome somebody asks the person how they are treated. Record here what you asked in person. Where they are treated badly, open a report of it too.',
  months: { legend: 'Which check?', three: 'After three months', six: 'After six months' },
  due: (dueOn: string, from: string) => `By ${dateInWords(dueOn)}, and not before ${dateInWords(from)}`,
  note: { label: 'What did they say?', hint: 'For colleagues who hold the keys.' },
  save: 'Save the check',
  errors: {
    months: {
      required: 'Choose the check',
      not_an_option: 'Choose the check',
      wrong_type: 'Choose the check',
      too_early: 'It is too early for this check',
    },
    note: { required: 'Write what they said' },
  },
}
