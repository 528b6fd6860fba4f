import type { AssessmentStatus } from '../../../../concerns/index.ts'

const statuses: Record<AssessmentStatus, string> = {
  not_assessed: 'Not assessed',
  treat_as_protected: 'Treat as protected',
  may_qualify: 'May qualify',
  unlikely_to_qualify: 'Unlikely to qualify',
  advice_sought: 'Advice is being sought',
}

const statusHints: Record<AssessmentStatus, string> = {
  not_assessed: 'Nobody has looked at it under the Act yet, or it does not matter here.',
  treat_as_protected: 'We go on as if the Act protects the person. This is how we handle every concern.',
  may_qualify: 'What was said could be covered.',
  unlikely_to_qualify: 'Something that the Act asks for seems to be missing. The person is supported all the same.',
  advice_sought: 'A lawyer, the union or Protect has been asked.',
}

const source = 'Employment Rights Act 1996, Part IVA'

export const words = {
  title: 'Assessment',
  heading: 'Assessment under the Public Interest Disclosure Act',
  lead: 'A working view for the handlers, never a verdict: only a tribunal decides what is protected. Every concern is handled the same way, whatever stands here, and no step waits for it.',
  notAdvice: 'Plain words for staff, as read on 22 November 2026. Not legal advice.',
  notYet: 'Nobody has assessed this concern. That is no fault: the assessment is optional.',
  begin: 'Assess it',
  again: 'Assess it again',
  notAllowed: 'Only those who handle the concern assess it.',
  version: (version: number) => `Version ${version}`,
  latest: 'The newest version',
  earlier: 'All versions',
  by: 'By',
  unknown: 'Not known',
  open: 'Left open',
  statuses,
  statusHints,
  answers: { yes: 'Yes', no: 'No', not_clear: 'Not clear yet' },
  notAnswered: 'Not answered',
  standing: 'Working view',
  note: 'Why',
  change: 'Change',
  sections: {
    information: {
      title: 'Is it information?',
      help: 'The Act speaks of information: facts that tend to show something, not only an allegation or an opinion. It may be about the past, the present or what is likely. Telling somebody what they know already still counts.',
      source: `${source}, sections 43B(1) and 43L(3)`,
      answer: 'Did the person give information?',
      when: 'When was it said? (optional)',
      whenHint: 'The day or days, if known.',
    },
    kinds: {
      title: 'What may it tend to show?',
      help: 'Answer for those that matter and leave the others. Several may fit.',
      source: 'Each kind with its paragraph; those in force on the day the concern was raised',
      reason: 'Reason (optional)',
      later: (label: string, date: string) => `${label}: in the Act only since ${date}, after this concern was raised.`,
    },
    belief: {
      title: 'Is the belief reasonable?',
      help: 'The person has to believe it, and reasonably. They need not be right and need no proof. Why they speak up does not matter here.',
      source: `${source}, section 43B(1)`,
      answer: 'Is it a reasonable belief?',
    },
    'public-interest': {
      title: 'Is it in the public interest?',
      help: 'Does the person reasonably believe that saying it is in the public interest? Patients, colleagues or public money are; a matter of one’s own contract alone may not be.',
      source: `${source}, section 43B(1)`,
      answer: 'Is it in the public interest, as the person sees it?',
    },
    'made-to': {
      title: 'To whom was it said?',
      help: 'A manager, HR, a guardian or this form is the employer. Other ways have conditions of their own.',
      source: `${source}, sections 43C to 43H`,
      answer: 'To whom?',
    },
    'worker-status': {
      title: 'Is it known whether the person is a worker?',
      help: 'Employees, workers, agency staff and many students and trainees are covered. For this record only: everybody may speak up here, and nobody is asked to prove anything.',
      source: `${source}, sections 43K and 230(3)`,
      answer: 'Is it known that the person is a worker in the sense of the Act?',
    },
    result: {
      title: 'Your working view',
      help: 'It is kept as a version of its own beside the earlier ones. Colleagues who hold the keys can read it.',
      source: '',
    },
  },
  reason: 'Reason',
  reasonHint: 'For Yes and No. Not clear yet needs none.',
  result: {
    status: 'What is the working view?',
    note: 'Why? (optional)',
    answers: 'Your answers',
    save: 'Save this version',
    same: 'Handling is the same for all: thank the person, keep their name safe, act on what they said, watch for bad treatment.',
    changed: (version: number) =>
      `A colleague saved version ${version} while you were writing. Yours is kept here: read theirs, then save yours as the next.`,
    theirs: 'Read their version',
  },
  errors: {
    information: { required: 'Choose an answer, or clear the reason', not_an_option: 'Choose an answer' },
    'information-reason': { required: 'Give the reason for Yes or No' },
    belief: { required: 'Choose an answer, or clear the reason', not_an_option: 'Choose an answer' },
    'belief-reason': { required: 'Give the reason for Yes or No' },
    publicInterest: { required: 'Choose an answer, or clear the reason', not_an_option: 'Choose an answer' },
    'publicInterest-reason': { required: 'Give the reason for Yes or No' },
    madeTo: { required: 'Choose to whom it was said, or clear the reason', not_an_option: 'Choose to whom it was said' },
    workerStatus: { required: 'Choose an answer, or clear the reason', not_an_option: 'Choose an answer' },
    'workerStatus-reason': { required: 'Give the reason for Yes or No' },
    status: { required: 'Choose the working view', not_an_option: 'Choose the working view' },
  },
}
