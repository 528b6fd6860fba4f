export const words = {
  title: 'Your answer',
  asked: (name: string, date: string) => `${name} asked, ${date}`,
  someone: 'A person here',
  hint: 'You do not have to answer. Leave out your own name, job or shift if you want to stay unknown.',
  send: 'Send answer',
  again: 'You have sent an answer from this page before. Press “Send answer” once more to send this one too.',
  errors: {
    body: {
      required: 'Write your answer',
      not_a_question: 'This question has its answer. Go back and send your words as a message.',
    },
  },
}
