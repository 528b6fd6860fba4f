export const words = {
  title: 'We kept what you were writing',
  lead: 'You were signed out before it was sent. Nobody else could read it, and nothing of it was done.',
  one: (number: number) => `Text ${number}`,
  keptAt: 'Kept',
  back: 'Put it back into the form',
  drop: 'Throw it away',
  later: 'Go on without it',
}
