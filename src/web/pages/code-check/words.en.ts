export const words = {
  title: 'Check what you wrote down',
  lead: 'Just to be sure you can come back. Look at what you wrote down, then type two groups.',
  second: 'Group 2',
  fifth: 'Group 5',
  check: 'Check',
  skip: 'Skip this',
  warning: 'If you skip this and your code is wrong, you cannot read our reply. We cannot get the code back for you.',
  mismatch: {
    second: 'Group 2 does not match. Look at your code again.',
    fifth: 'Group 5 does not match. Look at your code again.',
  },
  again: 'Your code',
  againLead: 'Compare it with what you wrote down.',
}
