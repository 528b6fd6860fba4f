export const words = {
  title: 'Sign in',
  lead: 'For staff who handle concerns. You need no account to raise one.',
  raise: 'Go to the first page',
  email: { label: 'E-mail address' },
  password: { label: 'Password', show: 'Show', showLabel: 'Show password' },
  otp: { label: 'Six-digit code', hint: 'From your authenticator app. Each code works once.' },
  send: 'Sign in',
  lost: 'I have lost my password',
  signedOut: 'You are signed out.',
  kept: 'You were signed out before your text was sent. We kept it: sign in and it will be back in the form.',
  errors: {
    email: 'Give your e-mail address',
    password: 'Give your password',
    otp: 'Give the six-digit code',
    /** One answer for a wrong address, password or code: nobody learns which of them was right. */
    failed: 'That did not match. Check the e-mail address, the password and the code',
    replayed: 'This code has been used. Wait for the next one in your app',
    delayed: {
      one: 'Too many tries. Wait 1 second, then try again',
      other: 'Too many tries. Wait {n} seconds, then try again',
    },
  },
}
