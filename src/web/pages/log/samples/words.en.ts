import { sampleBounds } from '../../../../audit/index.ts'
import { words as sample } from '../../samples/words.en.ts'

const { days, population, oneIn, most, checkpointDays } = sampleBounds

export const words = {
  title: 'Samples',
  lead: 'Look behind the log at some concerns that nobody chose. Whoever handles a drawn concern unlocks a masked text for you, or says no and why. You get no key.',
  draw: {
    heading: 'Draw a sample',
    nothing: 'Nothing is published yet. Come back after the first batch.',
    steps: [
      'This is the newest published checkpoint. The sample is drawn from it.',
      'Now throw dice before witnesses, twelve or more, or take a public draw that you named before it was held. Put the numbers into the minutes.',
      'Enter them here. Anybody with the log can then draw the same sample again.',
    ],
    checkpoint: 'Checkpoint',
    entries: (count: string) => `${count} entries`,
    published: 'Published',
    root: 'Root',
    from: { label: 'Raised from (first day)' },
    to: { label: 'Raised until (last day)', hint: `${days} days or more, all of them over.` },
    count: {
      label: 'How many concerns',
      hint: `One in ${oneIn} of those raised in these days, ${most} at most. There must be ${population} or more.`,
    },
    numbers: {
      label: 'Numbers',
      hint: 'As they were thrown, with blanks between them. Twelve digits or more, for example 4 2 6 6 1 3 5 2 2 6 1 4.',
    },
    otp: { label: 'Six-digit code', hint: 'A fresh one from your authenticator app. Each draw is an entry of the log.' },
    go: 'Draw the sample',
  },
  drawn: {
    heading: 'Samples so far',
    empty: 'None has been drawn.',
    caption: 'Samples, newest first',
    askedAt: 'Drawn',
    days: 'Raised',
    drawn: 'Concerns',
    answered: 'Answered',
    by: 'By',
    mine: 'You',
    other: 'Another auditor',
    of: (count: number, all: number) => `${count} of ${all}`,
    between: (from: string, to: string) => `${from} to ${to}`,
  },
  one: {
    title: 'A sample',
    lead: 'Everything that this sample follows from. With the downloaded log the verifier draws it again.',
    command: (size: number, from: string, to: string, numbers: string, count: number) =>
      `node verify-log.mjs sample <bundle> --key key.txt --size ${size} --from ${from} --to ${to} --numbers "${numbers}" --count ${count}`,
    commandLabel: 'Draw it again',
    caption: 'Drawn concerns in their order',
    place: 'Place',
    concern: 'Concern',
    state: 'What became of it',
    states: {
      waiting: 'Waits for an answer',
      unlocked: 'Unlocked up to',
      over: 'Was unlocked up to',
      refused: 'Not shown',
      gone: 'The concern has been deleted',
    },
    read: 'Read the masked text',
    notYours: 'Another auditor drew this sample. Only they can read what is unlocked.',
    reasons: sample.reasons,
  },
  text: {
    title: 'Masked text',
    lead: 'Written for you by somebody who handles the concern, and signed by them. Do not try to find out who is meant. That you read it is in the log.',
    until: 'You can read it up to',
    concern: 'Concern',
    raisedIn: 'Raised in',
    steps: 'Steps',
    noSteps: 'None yet',
    site: 'Site',
    profession: 'Profession',
    kept: 'Not shown',
    heading: 'What was said, masked',
    notGenuine: 'This text is not genuine',
    notGenuineText:
      'It is not what was signed when this concern was unlocked, so it is not shown. Tell a guardian, and keep the log as it is now.',
  },
  errors: {
    numbers: {
      wrong_format: 'Enter numbers with blanks between them, and nothing else',
      too_short: 'Enter twelve digits or more',
      not_published: `That checkpoint is not there, or older than ${checkpointDays} days. Look at the newest and throw again`,
      too_small: 'Look at the newest checkpoint and throw again',
      wrong_type: 'Look at the newest checkpoint and throw again',
    },
    from: {
      not_a_date: 'Enter a real first day',
      period_too_short: `Enter a first day ${days} days or more before the last`,
      too_few_concerns: `Fewer than ${population} concerns were raised in these days. Enter more days`,
    },
    to: { not_a_date: 'Enter a real last day', day_not_over: 'Enter a last day that is over' },
    count: {
      too_small: 'Enter how many concerns to draw',
      too_large: `Enter ${most} or fewer`,
      wrong_type: 'Enter how many concerns to draw',
      too_large_a_share: `Draw fewer: one in ${oneIn} of the concerns raised in these days, and never over ${most}`,
      half_drawn: 'Half of these concerns were drawn within a year. Draw fewer, or choose other days',
    },
    otp: sample.errors.otp,
  },
}
