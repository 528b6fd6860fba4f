export const words = {
  title: 'Take a new code',
  first: {
    lead: 'Someone else gave you this code, so they could have seen it. Take a new one that only you know.',
    after: 'After that you can read your messages.',
  },
  lead: 'Take a new code if someone else may have seen yours.',
  how: ['You get a new code on the next page.', 'Your old code stops at once.', 'All that you sent, and all our replies, stay here.'],
  paper: 'Have pen and paper at hand. If you leave before you have written it down, you cannot come back.',
  take: 'Give me a new code',
  shown: {
    title: 'Your new code',
    lead: 'Write it down now. Your old code does not work any more. We cannot send you this code or get it back.',
    leaveNow: 'If you leave now we cannot show it again.',
    done: 'I have written it down',
  },
}
