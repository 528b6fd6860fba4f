export const words = {
  title: 'I have lost my password',
  lead: 'You need your recovery code on paper and your authenticator app.',
  both: 'Have you lost the recovery code as well? Then your keys stay shut for good. An administrator can invite you again, with new keys. Colleagues can then hand concerns over to you.',
  phone: 'Is only your telephone lost? Ask an administrator. Two people can let you set up a new authenticator app.',
  email: 'E-mail address',
  code: { label: 'Recovery code', hint: 'Seven groups of four, in capitals or small letters.' },
  password: { label: 'New password', hint: '15 characters or more. A few words that do not belong together are easy to keep.' },
  again: 'New password again',
  otp: { label: 'Six-digit code', hint: 'From your authenticator app. Each code works once.' },
  after: 'The code is used up by this. You print a new one next, and you are signed out everywhere else.',
  send: 'Set the new password',
  errors: {
    email: 'Give your e-mail address',
    code: 'Type your recovery code',
    password: 'Choose a new password',
    again: 'The two new passwords are not the same',
    otp: 'Give the six-digit code',
    /** One answer for a wrong address, code or second factor: nobody learns which of them was right. */
    failed: 'That did not match. Check the e-mail address, the recovery code and the six-digit code',
    replayed: 'This code has been used. Wait for the next one in your app',
    delayed: { one: 'Too many tries. Wait 1 second, then try again', other: 'Too many tries. Wait {n} seconds, then try again' },
  },
}
