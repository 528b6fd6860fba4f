export const words = {
  title: 'Get a note when we write',
  lead: 'You can get an e-mail the day after we write to you. It is short and always the same: “There is something for you where you left a note.”',
  does: [
    'It has no link, no code and not your name.',
    'It does not say who we are or what it is about. But it comes from an address here.',
    'We send it only in the part of the day you choose.',
  ],
  risk: 'Anyone who can see your mail may guess. Do not use an address at work, or one that you share.',
  kept: 'We lock your address away. No person here can read it. Our computer can, to send the note. Someone who breaks into all of it could too.',
  noMail: 'Just now we cannot send e-mail. If you ask for notes, they start once we can.',
  on: 'Notes are on. We cannot show you the address.',
  off: 'Notes are off.',
  wants: { legend: 'Do you want notes?', yes: 'Yes, send me notes', no: 'No, do not send me notes' },
  address: 'Your own e-mail address',
  addressHint: 'You can leave this blank if you want no notes.',
  part: {
    legend: 'When may we send it?',
    choices: { morning: 'In the morning, at 09:30', afternoon: 'In the afternoon, at 13:30', evening: 'In the evening, at 19:00' },
  },
  understood: { legend: 'If you want notes, tick this', text: 'I know that anyone who can see my mail may guess' },
  go: 'Save',
  again: 'You have sent this page before. Press the button once more to send this too.',
  errors: {
    wants: {
      wrong_type: 'Choose yes or no',
      anonymous: 'You are not known here, so you cannot get notes. An address would show who you are.',
    },
    address: { required: 'Write your e-mail address', wrong_format: 'Write one e-mail address, like me@example.org' },
    part: { required: 'Choose when we may send it', not_an_option: 'Choose when we may send it' },
    understood: { required: 'Tick the box to show that you know' },
  },
}
