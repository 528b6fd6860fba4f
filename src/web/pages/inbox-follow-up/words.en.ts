export const words = {
  title: 'How have you been treated since?',
  lead: {
    3: 'It is about three months since we told you how it ended.',
    6: 'It is about six months since we told you how it ended.',
  },
  everyone: 'We ask this of all who speak up. Nobody may treat you badly for it.',
  legend: 'How is it at work now?',
  answers: {
    fine: { text: 'Fine' },
    worse: { text: 'Worse than before', hint: 'Next, we ask what has happened. Then we must act on it.' },
    not_say: { text: 'I would rather not say', hint: 'That is all right. You can still tell us at any time.' },
  },
  comment: 'Do you want to say more?',
  hint: 'You can skip this. Leave out your own name, job or shift if you want to stay unknown.',
  readers: 'The people who read your messages can read this.',
  send: 'Send my answer',
  again: 'You have sent this page before. Press “Send my answer” once more to send this too.',
  errors: {
    answer: { required: 'Choose one of the answers', not_an_option: 'Choose one of the answers' },
  },
}
