import { sampleBounds } from '../../../../audit/index.ts'
import { words as sample } from '../../samples/words.en.ts'

const { days, population, oneIn, most, digits, revealWithinDays, answerWithinDays } = sampleBounds

interface Redraw {
  readonly size: number
  readonly from: string
  readonly to: string
  readonly numbers: string
  readonly count: number
  /** The entry that fixed it. */
  readonly fixed: string | null
}

export const words = {
  title: 'Samples',
  lead: 'Look behind the log at some concerns that nobody chose. Whoever handles a drawn concern unlocks a masked text for you, or says no and why. You get no key.',
  fix: {
    heading: 'Fix a draw',
    lead: 'Neither you nor this service can steer what is drawn: you write down a promise of numbers before the next checkpoint is known, and the service signs that checkpoint before it knows the numbers.',
    steps: [
      `Throw ${digits} dice, or more. Write the numbers on paper and keep them to yourself. Do not enter them here yet.`,
      'On your own computer, work out the commitment: a long number that fits these numbers alone, and does not tell them. Either command prints the same.',
      'Give the commitment below. The draw is fixed, and waits for the next checkpoint of the log.',
      `Once the checkpoint is there, give the numbers: within ${revealWithinDays} days, or the draw lapses. A draw that was fixed and never drawn stays in the log for everybody to see.`,
    ],
    commandsLabel: 'Work out the commitment',
    verifier: 'With the verifier:',
    verifierCommand: 'node verify-log.mjs commit "4 2 6 …"',
    foreign: 'Without any program of ours:',
    foreignCommand: `printf '%s\\n' forthright-sample-numbers/1 "4 2 6 …" | sha256sum`,
    from: { label: 'Raised from (first day)' },
    to: { label: 'Raised until (last day)', hint: `${days} days or more, all of them over.` },
    count: {
      label: 'How many concerns',
      hint: `One in ${oneIn} of those raised in these days, ${most} at most. There must be ${population} or more.`,
    },
    commitment: { label: 'Commitment', hint: 'The 64 letters and digits that the command printed. Not the numbers.' },
    otp: { label: 'Six-digit code', hint: 'A fresh one from your authenticator app. Each draw that you fix is an entry of the log.' },
    go: 'Fix the draw',
  },
  drawn: {
    heading: 'Samples so far',
    empty: 'None has been fixed or drawn.',
    caption: 'Samples, newest first',
    fixedAt: 'Fixed',
    days: 'Raised',
    drawn: 'Concerns',
    state: 'State',
    by: 'By',
    mine: 'You',
    other: 'Another auditor',
    of: (count: number, all: number) => `${count} of ${all}`,
    between: (from: string, to: string) => `${from} to ${to}`,
    answered: (answered: number, count: number) => `Drawn, ${answered} of ${count} answered`,
    states: {
      waiting: 'Waits for the next checkpoint',
      covered: 'Waits for its numbers',
      lapsed: 'Lapsed: never drawn',
      drawn: 'Drawn',
    },
  },
  one: {
    title: 'A sample',
    lead: 'Everything that this sample follows from. With the downloaded log the verifier draws it again.',
    facts: 'What was fixed',
    entries: (count: string) => `${count} entries`,
    fixedAt: 'Fixed',
    weaker:
      'Drawn under an earlier release: the numbers were first known when it was drawn. Only the witnesses who saw them thrown can say that nobody chose them.',
    drawnAt: 'Drawn',
    count: 'How many concerns',
    commitment: 'Commitment',
    entry: 'Entry that fixed it',
    until: 'Numbers can be given until',
    checkpoint: 'Checkpoint it is drawn from',
    noCheckpoint: 'Not signed yet',
    root: 'Root',
    numbers: 'Numbers',
    waits: {
      waiting:
        'This draw waits for the next checkpoint of the log. In a real service one is signed at 00:20, 06:20, 12:20 and 18:20. Keep the numbers to yourself until then.',
      covered: 'The checkpoint is there. Whoever fixed this draw can give its numbers now.',
      lapsed: `This draw has lapsed: its numbers were not given within ${revealWithinDays} days. It stays in the log as fixed and never drawn.`,
    },
    give: {
      heading: 'Give the numbers',
      label: 'Numbers',
      hint: 'As they stand on your paper. Other numbers draw nothing, and are not kept.',
      go: 'Draw the sample',
    },
    command: ({ size, from, to, numbers, count, fixed }: Redraw) =>
      `node verify-log.mjs sample <bundle> --key key.txt --size ${size} --from ${from} --to ${to} --numbers "${numbers}" --count ${count}${fixed === null ? '' : ` --fixed ${fixed}`}`,
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
      lapsed: `Nobody answered within ${answerWithinDays} days`,
      gone: 'The concern has been deleted',
    },
    read: 'Read the masked text',
    notYours: 'Another auditor fixed this draw. Only they can give its numbers, and read what is unlocked.',
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
      too_short: `Enter ${digits} digits or more: fewer can be found out by trying`,
      other_numbers: 'These are not the numbers that this draw was fixed with. Nothing was drawn. Look at your paper and type them again',
      not_covered: 'Wait for the next checkpoint, and give the numbers then',
      lapsed: `The ${revealWithinDays} days to give the numbers are over: this draw has lapsed`,
      drawn_already: 'This sample has just been drawn',
    },
    commitment: {
      wrong_format: 'Enter the 64 letters and digits that the command printed, and not the numbers',
      one_waits: 'Another draw of yours waits for its numbers. Give them first, or wait until it has lapsed',
      used_before: 'These numbers stand behind another draw already. Throw others',
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
