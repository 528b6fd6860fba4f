export const words = {
  title: 'Get help',
  danger: { heading: 'Someone is in danger now', text: 'Call 999, or tell the person in charge. Do not wait for this form.' },
  form: {
    heading: 'The form does not work for me',
    items: [
      'You must say what happened, and if anyone is in danger now. You can leave out the rest.',
      'If your answers are gone, start again. We keep them for 20 hours.',
      'If you see a page about a cookie, use the form that is all on one page.',
      'If you cannot use it at all, talk to a person.',
    ],
    onePage: 'Use the form on one page',
    talk: 'Talk to a person instead',
  },
  code: {
    heading: 'I lost my code',
    text: 'We cannot get it back. We do not have it. You can tell us again, and say that you wrote before. You will get a new code.',
    typing: 'If we say your code is wrong, read it again group by group. 0 and O count as the same. So do 1, I and L.',
  },
  treated: {
    heading: 'I am being treated badly for this',
    text: 'Tell us here with your code, or talk to a person. Keep notes of what was said and when. Keep them at home.',
  },
  job: {
    heading: 'I have lost my job, or may lose it',
    advice: 'This is not legal advice. Your union, Acas or Protect can give you that.',
  },
  more: 'Your rights, our promises and the law',
  promises: 'What we promise, and by when',
  others: 'Other people who can help',
}
