export const words = {
  title: 'We kept what you were writing',
  lead: 'You were signed out before it was sent. Nobody else could read it, and nothing of it was done.',
  places: {
    messages: 'Message to the person who raised a concern',
    notes: 'Team note',
    identity: 'Reason to open a name',
    approvals: 'Note to a decision',
    new: 'A concern you recorded for somebody',
    concluded: 'A short talk you recorded',
    links: 'A link to another concern',
    cards: 'A code to hand over',
  },
  otherPlace: 'Something you wrote',
  keptAt: 'Kept',
  back: 'Put it back into the form',
  drop: 'Throw it away',
  later: 'Go on without it',
}
