/** Where the journey cannot go on. Each says so plainly, never blames, and offers another way. */
export const words = {
  gone: {
    title: 'Your answers are not here',
    text: [
      'We keep answers for 20 hours after you last pressed Continue. We also lose them when you leave or close your browser.',
      'You did nothing wrong. Nothing was sent.',
      'If you did send it before, we have it. Your code lets you come back.',
    ],
  },
  receiptGone: {
    title: 'We cannot show this page again',
    text: [
      'If you sent your concern, we have it. It is safe.',
      'We show the code only once. If you wrote it down, use it to come back.',
      'If you do not have the code, you can send it again. You can also talk to a person.',
    ],
  },
  closed: {
    title: 'We cannot take this here now',
    text: ['This form is closed for now. You did nothing wrong.', 'Please use one of the other ways below.'],
  },
  nobodyLeft: {
    title: 'Nobody here could read this',
    text: [
      'From what you said, it is about everyone who could read it. So we cannot send it from here.',
      'Your answers are still kept. You can change who should read it, or use one of the other ways below.',
    ],
  },
  noCookie: {
    title: 'Your browser did not keep our cookie',
    text: [
      'We use one cookie to hold your answers while you write. Your browser said no to it. That is your right.',
      'You can use our form that is all on one page. It needs no cookie.',
      'Or let this site keep cookies, and try again.',
      'You can also use one of the other ways below.',
    ],
  },
  keptText: 'This is what you wrote. You can copy it.',
  startAgain: 'Start again',
  tryAgain: 'Try again',
  onePage: 'Use the form on one page',
  changeReaders: 'Change who should read it',
  comeBack: 'Come back with a code',
  talk: 'Talk to a person instead',
  otherWays: 'Other ways to speak up',
}
