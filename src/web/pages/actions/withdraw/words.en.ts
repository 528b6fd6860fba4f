export const words = {
  title: 'Record that the person withdraws it',
  lead: 'The person may stop at any time. The organisation may still have to act: for the safety of patients, to safeguard somebody, or where it may be a crime.',
  asked: (date: string) => `The person asked for this on ${date}. Their words stand under Messages.`,
  notAsked: 'The person has not asked for this in their inbox. Record it only where they told you so themselves.',
  mustAct: {
    legend: 'Must the organisation still act?',
    hint: 'Yes: it goes on without the person, and their name goes no further. No: the work ends here.',
    yes: 'Yes, it must go on',
    no: 'No, the work can end',
  },
  reason: { label: 'What did you check, and why do you decide so?', hint: 'The person who raised the concern cannot read this.' },
  message: 'What you tell the person (you can leave this out)',
  hint: 'Tell them what happens now, and that they can still write.',
  continue: 'Continue',
  confirm: {
    title: 'Record this withdrawal?',
    button: 'Yes, record it',
    ends: 'The work ends. The status becomes Withdrawn, and this cannot be taken back: to go on, it would have to be raised again.',
    goesOn: 'The work goes on at the step where it is, led by the organisation.',
    protected: 'The person’s name is not passed on from now, whatever was agreed before.',
    told: 'The person reads your message.',
    notTold: 'The person is not written to. They see what happened the next time they come back.',
  },
  errors: {
    organisationMustAct: { wrong_type: 'Say whether the organisation must still act' },
    reason: { required: 'Say what you checked and why' },
  },
}
