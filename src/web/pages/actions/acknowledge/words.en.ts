import type { Openness } from '../../../../workflow/index.ts'

const knownAs: Record<Openness, string> = {
  anonymous: 'You have not said who you are, and you do not have to. We will not try to find out.',
  confidential:
    'You asked that only the guardian knows who you are. I will keep to that, unless the law or a risk of serious harm does not let me. If it ever came to that, I would tell you first if I can.',
  open: 'You told us that we can use your name. If you have second thoughts, tell me before we go on.',
}

export const words = {
  title: 'Acknowledge this concern',
  lead: 'Answer what the person wrote, in your own words. This stops the clock, so it has to come from you and not from a machine.',
  message: 'Your answer',
  hint: 'We have begun a letter for you. Change it so that it answers this person.',
  firstContact: {
    legend: 'What does your answer do? (you can leave this out)',
    hint: 'Tick only what it does, or what you did otherwise. All four are owed within five working days; the rest can be recorded later.',
  },
  send: 'Send and acknowledge',
  /** A start for a letter a frightened person can bear to read: thanks, who reads it, what happens, and how to go on. */
  suggestion: (writer: string, openness: Openness, treatedBadly: boolean) =>
    [
      'Thank you for telling us about this. It cannot have been easy to write.',
      `My name is ${writer}. I have read what you wrote, and I take it seriously.`,
      knownAs[openness],
      ...(treatedBadly
        ? ['You said that you are being treated badly, or fear that you will be. That is not acceptable, and we will look at it too.']
        : []),
      'Next I will think about what should happen and write to you here. If something changes, or if you do not feel safe, write to me here at any time.',
    ].join('\n\n'),
  errors: { message: { required: 'Write your answer to the person' } },
}
