export const words = {
  title: 'Messages on one page',
  lead: 'This page needs no cookie. So you type your code each time you read or write.',
  code: 'Your code',
  codeHint: 'Type it as you wrote it down. Capital letters and spaces do not matter.',
  message: 'Your message',
  messageHint: 'Leave this empty if you only want to read. Leave out your own name, job or shift if you want to stay unknown.',
  sendOn: {
    tick: (person: string) => `Send my concern on to ${person}`,
    hint: 'They can then read what you sent us and all messages. They do not get your name. You cannot take this back.',
  },
  go: 'Read, or send my message',
  again: 'Read again, or write',
  answer: 'You can answer in the box below.',
  followUp: 'You can leave this out. To say more, write it in the box above.',
  worse: 'Thank you. We have your answer. Please write what has happened in the box below. We must act on it.',
  more: 'To tell us how it went, or that you are treated badly, write it in the box below. If you can use a browser that keeps cookies, there is a page for each.',
  withCookie: 'Use your code there',
  newCodeFirst: 'The person who gave you this code has seen it. Take a new one as soon as you can, in a browser that keeps cookies.',
  close: 'When you are done, close this page. The next person at this browser could go back to it.',
  errors: {
    again: 'You have sent a message from this page before. Press the button once more to send this one too.',
  },
}
