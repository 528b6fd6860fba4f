import type { PreparedSample, SampleReason } from '../../../concerns/index.ts'

const reasons: Record<SampleReason, string> = {
  would_identify: 'Whatever is left out, it would show who raised it',
  person_objects: 'The person who raised it does not want it',
  proceedings: 'Proceedings forbid it for now',
  numbers_not_public: 'The numbers were not thrown before witnesses, nor drawn in public',
}

const from: Record<PreparedSample['from'], string> = {
  masked_copy: 'The text below began as the copy that was made for the investigator.',
  narrative:
    'The text below began as what was said. What may point to a person was taken out by its shape, and names of staff by their letters.',
  nothing: 'Nothing was said that could be shown. Write what the auditor needs to know.',
}

export const words = {
  title: 'Drawn by the auditor',
  lead: 'An auditor drew these concerns by chance, to look behind the log. You handle them. Unlock a masked text of each, or say why not.',
  empty: 'No concern that you handle waits for an answer.',
  concern: 'Concern',
  drawnAt: 'Drawn',
  until: 'Answer by',
  prepare: {
    title: 'Show it to the auditor?',
    lead: 'The auditor gets the text that you leave here, the steps with their months, and what you tick. They can read it for 30 days. They get no key, and nothing else.',
    numbers: 'It was drawn by the numbers',
    numbersHint: 'If nobody saw them thrown or drawn, say no.',
    fixedAt: 'The auditor fixed this draw before anybody could know what it would give, on',
    until: 'Answer by',
    from,
    concern: 'Read the concern itself',
    text: {
      label: 'What the auditor may read',
      hint: 'Read it as somebody who wants to know who wrote it. Take out names, places, dates and whatever only one person could know. The program sees shapes, not meaning.',
    },
    show: {
      legend: 'Show also',
      site: (site: string) => `The site: ${site}`,
      profession: (profession: string) => `The profession: ${profession}`,
    },
    left: {
      heading: 'These may point to somebody',
      lead: 'Take them out of the text, or look at each and confirm that none of them does.',
      harmless: 'I looked at each of them. None points to a person.',
    },
    otp: { label: 'Six-digit code', hint: 'A fresh one from your authenticator app. What you unlock is signed with your key.' },
    unlock: 'Unlock this text for the auditor',
  },
  refuse: {
    heading: 'Or say no',
    lead: 'The auditor sees the reason, and it is in the log.',
    legend: 'Why it is not shown',
    send: 'Do not show it',
  },
  reasons,
  notices: { unlocked: 'Unlocked. The auditor can read it for 30 days.', refused: 'The auditor is told that it is not shown, and why.' },
  errors: {
    text: {
      required: 'Write what the auditor may read',
      too_long: 'Make the text shorter',
      names_the_person: 'A word of the name or contact of who raised it is still in the text. Take it out. A new code is needed.',
    },
    harmless: 'Take these out, or confirm that none of them points to a person',
    reason: { not_an_option: 'Choose why it is not shown' },
    otp: {
      required: 'Give the six-digit code',
      wrong: 'This code is not right. Type the one your app shows now',
      replayed: 'This code has been used. Wait for the next one in your app',
    },
  },
}
