/** The addresses of a reporter's pages. They stay in browser history and task bars, so they are numbers and say nothing. */
export const steps = {
  start: '/',
  stayingSafe: '/s/1',
  cookieKept: '/s/1a',
  danger: '/s/2',
  dangerNow: '/s/2a',
  elements: '/s/3',
  whatHappened: '/s/4',
  whereAndWhen: '/s/5',
  work: '/s/6',
  treatment: '/s/7',
  about: '/s/8',
  door: '/s/9',
  readers: '/s/10',
  known: '/s/11',
  identity: '/s/12',
  notes: '/s/12a',
  check: '/s/13',
  code: '/s/14',
  codeCheck: '/s/15',
  next: '/s/16',
} as const

export const inboxSteps = {
  code: '/b',
  thread: '/b/1',
  reply: '/b/2',
  replied: '/b/3',
  codeAgain: '/b/4',
  answer: '/b/5',
  answerAgain: '/b/5a',
  known: '/b/6',
  knownAgain: '/b/6a',
  withdrawal: '/b/7',
  withdrawalAgain: '/b/7a',
  feedback: '/b/8',
  feedbackAgain: '/b/8a',
  detriment: '/b/9',
  detrimentAgain: '/b/9a',
  newCode: '/b/10',
  newCodeAgain: '/b/10a',
  newCodeShown: '/b/11',
  date: '/b/12',
  proof: '/b/13',
  proofFile: '/b/14',
  proofLetter: '/b/15',
  sendOn: '/b/16',
  sendOnAgain: '/b/16a',
  followUp: '/b/17',
  followUpAgain: '/b/17a',
  notes: '/b/18',
  notesAgain: '/b/18a',
} as const

/** The inbox after something was done, with what it was as a number: the address stays in the browser's history. */
export const doneHref = (done: DoneMark): string => `${inboxSteps.replied}?n=${doneMarks.indexOf(done)}`
export const doneMarks = [
  'sent',
  'answered',
  'known',
  'feedback',
  'detriment',
  'newCode',
  'withdrawal',
  'sentOn',
  'followUp',
  'notes',
] as const
export type DoneMark = (typeof doneMarks)[number]

/** Everything on one page, for browsers that keep no cookie: the form, the check of the code, and the way back to read and answer. */
export const onePageSteps = { form: '/f', checked: '/f/1', inbox: '/f/2' } as const

/** The pages of law and pledge. Open to everyone, and a part of the help. */
export const helpPages = { law: '/help/law', pledge: '/help/pledge', grievance: '/help/which-way' } as const

/** The organisation's own time limits. Open to everyone, too. */
export const promisesPage = '/help/promises'

const fromCheck = '?from=check'

/** A question opened from "Change" leads back to the check page. The mark says nothing about the person. */
export const changeHref = (path: string): string => `${path}${fromCheck}`
