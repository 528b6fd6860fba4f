import { words as log } from '../words.en.ts'

export const words = {
  title: 'Who opened what',
  lead: 'Every look at what was said, every name opened, and everything printed, downloaded or taken away. Names come first.',
  period: { label: 'Period', from: 'From (first day)', to: 'To (last day)', go: 'Show' },
  table: { ...log.table, why: 'Why, or which part' },
  names: {
    heading: 'Names opened, and recovery',
    lead: 'A name is opened only with a reason in writing and a fresh code. The reason is sealed with the concern; its number stands here, so that you can ask for it. There is no other emergency way to a concern than the recovery key, whose every use is listed here too.',
    caption: 'Names opened, and recovery',
    empty: 'Nobody opened a name, and the recovery key was not used, in these days.',
  },
  others: {
    heading: 'Read, printed, downloaded or taken away',
    caption: 'Read, printed, downloaded or taken away',
    empty: 'Nothing was read or taken in these days.',
  },
  more: 'More wait for a place than are shown here. Look again after the next batch.',
  pagingNames: 'Pages of names opened',
  pagingOthers: 'Pages of what was read',
  next: 'Earlier',
  first: 'Newest',
  sealedReason: (number: string) => `Reason sealed as ${number}`,
  /** Parts of a concern, what goes into a print, what is taken of the log. */
  parts: {
    shared: 'what was said',
    internal: 'the team’s part',
    investigation: 'the investigation',
    identity: 'name and contact',
    narrative: 'what was said',
    messages: 'messages',
    notes: 'team notes',
    findings: 'findings',
    assessment: 'assessment',
    history: 'history',
    entries: 'entries of the log',
    entry: 'an entry of the log',
    proof: 'a proof of the log',
    bundle: 'the whole log',
  } as Readonly<Record<string, string>>,
}
