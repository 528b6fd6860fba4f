export const words = {
  title: 'Reopen this concern',
  lead: 'It stays the same concern and goes on from triage. What was done before stays in its history, and so does every missed date.',
  reason: {
    label: 'Why is it reopened?',
    hint: 'Something new, the person is not content with the outcome, bad treatment, or it has happened again.',
  },
  message: 'What you tell the person (you can leave this out)',
  hint: 'They see that it is open again whatever you write.',
  continue: 'Continue',
  confirm: {
    title: 'Reopen this concern?',
    button: 'Yes, reopen it',
    triage: 'It goes back to triaged, and you decide again what happens.',
    kept: 'Outcome, findings and dates of the first time stay as they are.',
    told: 'The person reads your message.',
    notTold: 'The person is not written to. They see that it is open again the next time they come back.',
    noWay: 'Nothing here tells the person: they took no code. Tell them yourself if you know how.',
  },
  errors: { reason: { required: 'Say why it is reopened' } },
}
