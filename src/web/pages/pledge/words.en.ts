export const words = {
  title: 'What the NHS promises its staff',
  lead: 'The NHS has a book of rules called the NHS Constitution. It makes promises to staff. They are called pledges.',
  sections: {
    concerns: 'The pledge on concerns',
    meaning: 'What the words mean',
    list: 'The pledges',
    counts: 'Six or seven?',
    rights: 'Some of your rights',
    duties: 'What it asks of you',
  },
  list: 'This list is from 2014.',
  counts: 'Not all pages count the same. Here is who says what.',
}
