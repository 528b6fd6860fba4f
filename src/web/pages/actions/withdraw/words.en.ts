import type { Openness } from '../../../../workflow/index.ts'

export const words = {
  title: 'Record that the person withdraws it',
  lead: 'The person may stop at any time. The organisation may still have to act: for the safety of patients, to safeguard somebody, or where it may be a crime.',
  asked: (date: string) => `The person asked for this on ${date}. Their words stand under Messages.`,
  notAsked: 'The person has not asked for this in their inbox. Record it only where they told you so themselves.',
  cannotAsk: 'The person took no code, so they cannot ask for this here. Record it only where they told you so themselves.',
  recorded:
    'It is recorded already that the person withdrew and that the organisation must act. Record it again only where that has changed since.',
  mustAct: {
    legend: 'Must the organisation still act?',
    hint: 'Yes: it goes on without the person, and their name goes no further. No: the work ends here.',
    yes: 'Yes, it must go on',
    no: 'No, the work can end',
  },
  reason: { label: 'What did you check, and why do you decide so?', hint: 'The person who raised the concern cannot read this.' },
  message: 'What you tell the person (you can leave this out)',
  hint: 'Tell them what happens now, and that they can still write.',
  letter: {
    begun:
      'You have decided to go on though the person asked to stop. We have begun a letter, so that they hear it from you. Change it, or empty the box if you tell them in another way.',
    text: (openness: Openness) =>
      [
        'You asked us to stop. We have heard you, and we have thought about it with care.',
        'We still have to look into what you told us. This is not because of anything you did.',
        openness === 'anonymous'
          ? 'The work goes on without you. We do not know who you are, and we will not try to find out.'
          : 'The work goes on without you. From now on we do not pass your name on.',
        'You do not have to do anything more. You can still read and write here at any time. If anybody treats you badly, please tell me at once.',
      ].join('\n\n'),
  },
  continue: 'Continue',
  confirm: {
    title: 'Record this withdrawal?',
    button: 'Yes, record it',
    ends: 'The work ends. The status becomes Withdrawn, and this cannot be taken back: to go on, it would have to be raised again.',
    goesOn: 'The work goes on at the step where it is, led by the organisation.',
    protected: 'The person’s name is not passed on from now, whatever was agreed before.',
    told: 'The person reads your message.',
    notTold: 'The person is not written to. They see what happened the next time they come back.',
    noWay: 'Nothing here tells the person: they took no code. Tell them yourself if you know how.',
  },
  errors: {
    organisationMustAct: { wrong_type: 'Say whether the organisation must still act' },
    reason: { required: 'Say what you checked and why' },
  },
}
