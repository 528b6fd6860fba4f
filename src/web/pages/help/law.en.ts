/**
 * What the law says, as far as these pages say it. Each line names its source and the day it was read: the law moves, and a line without a
 * source must not stand here (`domain.md` 1.4, 1.5). Not shown as advice.
 */
export const law = [
  {
    text: 'Have you lost your job because you spoke up? Get advice today. One legal step has a limit of 7 days.',
    source: 'Employment Rights Act 1996, section 128(2)',
    readOn: '2026-11-22',
  },
  {
    text: 'Other claims have short limits too. A new law changes them, so ask which limit fits you.',
    source: 'Employment Rights Act 1996, sections 48(3) and 111(2), and Employment Rights Act 2025, section 152',
    readOn: '2026-11-22',
  },
  {
    text: 'No deal or contract at work can stop you from raising a concern that the law protects.',
    source: 'Employment Rights Act 1996, section 43J',
    readOn: '2026-11-22',
  },
] as const
