export const words = {
  title: 'Enter your code',
  lead: 'The time you chose is over. What you wrote is still here. Enter your code to send it.',
  written: 'What you wrote',
  send: 'Send',
}
