export const words = {
  title: 'Write a message',
  hint: 'Leave out your own name, job or shift if you want to stay unknown.',
  label: 'Your message',
  send: 'Send message',
  errors: {
    body: { required: 'Write your message' },
    again: 'You have sent a message from this page before. Press “Send message” once more to send this one too.',
  },
}
