export const words = {
  title: 'Talk to a person instead',
  lead: 'You do not have to use this form. You can talk to any of these people.',
  ask: 'You can ask how they work before you say who you are or what it is about.',
  safe: 'Use your own phone. Pick a place where nobody can hear you.',
  nobody: 'No names are listed here yet. Ask your union, or a manager you trust.',
  team: (name: string) => `The people who read the form are the ${name}.`,
  form: 'Use the form',
}
