import type { NoticeStep } from '../../../timeliness/index.ts'

const said: Readonly<Record<Exclude<NoticeStep, 'warning'>, string>> = {
  deputy: 'the deputies',
  executive_lead: 'the executive lead',
  non_executive_lead: 'the non-executive lead',
}

export const words = {
  title: 'Duties of the organisation',
  lead: 'What the organisation owes as a whole, by its codes and dates. Write nothing here that says whom it is about: that belongs in your own files, beside the number of the entry.',
  begin: 'Begin one',
  openList: 'What is due, the next first',
  doneList: 'What is done',
  nothing: 'Nothing is open.',
  number: 'Number',
  started: (date: string) => `Began on ${date}.`,
  startedAt: (time: string) => `Began on ${time}.`,
  due: (date: string) => `Due on ${date}.`,
  done: (date: string) => `Done on ${date}.`,
  notice: (step: NoticeStep, on: string) =>
    step === 'warning' ? `The clock warned of it on ${on}.` : `The clock passed it up to ${said[step]} on ${on}.`,
  moved: (first: string) => `It was due on ${first} at first.`,
  source: 'Source',
  look: 'Open',
  lookAt: (label: string, started: string) => `${label}, began on ${started}`,
  forces: { STATUTORY: 'The law', NATIONAL_POLICY: 'National policy', LOCAL: 'Local', COMPARATOR: 'For comparison only' },
  new: {
    title: 'Begin a duty',
    code: 'Which one?',
    codes: {
      T14: 'Quarterly return: from the end of the quarter, to the day it is to be sent by',
      T15: 'Report to the board: from the last one',
      T16: 'Review of the policy: from the last one',
      T17: 'Subject access request: from the day it came in',
      T18: 'Data protection complaint: from the day it came in',
      T19: 'Breach of personal data: from the moment somebody became aware',
    },
    started: 'On which day did it begin?',
    time: 'At what time? Only for a breach',
    timeHint: 'London time, like 09:30.',
    due: 'By which day is it to be sent? Only for the quarterly return',
    dueHint: 'As the collection’s dates say for this quarter.',
    go: 'Begin',
  },
  doneForm: {
    heading: 'It is done',
    day: 'On which day was it done?',
    time: 'At what time?',
    timeHint: 'London time, like 09:30.',
    next: 'The next one begins by itself on that day.',
    go: 'It is done',
  },
  pauseForm: {
    heading: 'Stop its clock',
    lead: 'From today, while something is awaited without which nobody can go on.',
    reason: 'What is awaited?',
    reasons: {
      clarification_awaited: 'What exactly is asked for',
      identity_awaited: 'Proof of who asks',
      fee_awaited: 'A fee that is owed',
    },
    go: 'Stop the clock',
  },
  resumeForm: { heading: 'Let its clock go on', lead: 'What was awaited has come.', go: 'Let it go on' },
  extendForm: {
    heading: 'Give it a later date',
    lead: 'Once, before it is late, by two months at most. Tell the person why before the first month is over.',
    until: 'Until which day?',
    reason: 'Why?',
    reasons: { complex: 'It is complex', many_requests: 'The person has asked for much at once' },
    go: 'Extend',
  },
  date: { day: 'Day', month: 'Month', year: 'Year' },
  notices: {
    begun: 'Begun.',
    done: 'Done.',
    pause: 'Its clock stands still.',
    resume: 'Its clock goes on.',
    extend: 'It has a later date.',
  },
  errors: {
    code: { not_an_option: 'Choose which one', required: 'Choose which one' },
    time: { wrong_format: 'Write the time like 09:30', required: 'Write the time like 09:30' },
    reasonCode: { not_an_option: 'Choose the reason' },
  },
}
export type DutyWords = typeof words
