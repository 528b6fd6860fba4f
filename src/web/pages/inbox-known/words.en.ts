export const words = {
  title: 'Say more about yourself',
  lead: 'You can choose to be known. You cannot take it back later.',
  now: {
    anonymous: 'Now: nobody here knows who you are.',
    confidential: 'Now: only the guardians may know who you are.',
    open: 'Now: we can use your name.',
  },
  legend: 'How do you want to be known?',
  choices: {
    confidential: {
      text: 'Only the guardians know me',
      hint: 'They do not pass your name on unless you agree, the law says so, or someone is at risk.',
    },
    open: { text: 'You can use my name', hint: 'Those who look into it may know that it was you.' },
  },
  name: 'Your name',
  nameAgain: 'Please write it again. This page cannot show what you gave before.',
  contact: 'A safe way and time to reach you',
  contactHint: 'Your own phone or e-mail is safer than one at work.',
  go: 'Continue',
  again: 'You have sent this page before. Press the button once more to send this too.',
  sure: {
    title: 'Are you sure?',
    lead: 'This is the last step. Once they have read it, nobody can make them forget it.',
    how: 'How you want to be known',
    confidential: 'Only the guardians who deal with this will see it. The law, or a risk of serious harm, may make them share it.',
    open: 'Everyone who deals with this will see it. They may use your name when they look into it.',
    yes: 'Yes, I want to be known',
    change: 'Change my answers',
    no: 'No, go back to my messages',
  },
  errors: {
    openness: {
      not_an_option: 'Choose how you want to be known',
      only_towards_open: 'You cannot become less known. What was read cannot be taken back.',
    },
    name: { required: 'Write your name, or how we can reach you' },
  },
}
