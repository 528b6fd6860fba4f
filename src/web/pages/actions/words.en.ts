/** What the pages of all actions share. */
export const words = {
  said: 'What was said',
  yes: 'Yes',
  no: 'No',
  back: 'Back to the concern',
  message: {
    heading: 'To the person who raised this',
    hint: 'They will read these words.',
    noWay: 'The person took no code, so nothing you write here reaches them. If you know how to reach them, tell them yourself.',
  },
  clash: {
    heading: 'This concern changed while you were writing',
    mine: 'You did this already',
    mineText: 'This step was done under your own name a moment ago, perhaps by a second press. Nothing was done twice.',
    kept: 'Nothing of yours is lost: your text is still in the form below. Look at what has changed, then send it or leave it.',
    keptToCopy: 'This step is not open any more. Your text is below, so that you can copy what you need.',
    events: 'What has changed',
    noEvents: 'The history shows no change of the kind that stops a step.',
    status: 'Status now',
    summary: 'Someone changed this concern first. See what has changed',
    summaryMine: 'This was done already. See what happened',
    yourText: 'What you wrote',
  },
  notOpen: {
    title: 'This step is not open now',
    text: 'It may have been done already, or the concern has moved on.',
  },
  confirm: {
    change: 'Go back and change it',
    consequences: 'What will happen',
  },
}
