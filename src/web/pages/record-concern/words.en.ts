const labels = {
  channel: 'How did it reach you?',
  receivedOn: 'When was it received?',
  people: 'How many people raise it together?',
  openness: 'How do they want to be known?',
  elements: 'What is it about?',
  about: 'Who is it about?',
}

export const words = {
  title: 'Record a concern for somebody',
  lead: 'Write down what a person told you, in their words. You read it back to them before it is saved.',
  light: { text: 'A short talk that settled it?', link: 'Contact, advised and concluded' },
  how: 'How it came',
  channel: { legend: labels.channel },
  receivedOn: {
    legend: labels.receivedOn,
    hint: 'The day it reached anybody here, also by letter or by a champion. Time limits count from this day.',
    day: 'Day',
    month: 'Month',
    year: 'Year',
  },
  backDatedReason: {
    label: 'If that was before today: why is it recorded later?',
    hint: 'Auditors see how many days it was, and not your reason.',
  },
  people: {
    label: labels.people,
    hint: '1 to 20. Each gets a concern and a code of their own, with the same words. The concerns are linked.',
  },
  what: 'What they said',
  text: {
    label: 'In their words',
    hint: 'You can paste a whole e-mail here. With “E-mail” ticked above, its headers and signatures are cut before anything is kept, and you see what was cut.',
  },
  elements: { legend: labels.elements, hint: 'Tick all that fit, or none.' },
  site: { label: 'Where did it happen?', rather: 'Not said' },
  happened: { label: 'When was this? Is it still going on?' },
  immediateDanger: { legend: 'Is somebody in danger now?', options: { yes: 'Yes', no: 'No', not_sure: 'Not sure' } },
  treatedBadly: {
    legend: 'Has anybody treated them badly for speaking up?',
    options: { yes: 'Yes', no: 'No', worried: 'They are worried about it' },
  },
  professionalGroup: { label: 'Their professional group', rather: 'Not said' },
  who: 'The person',
  openness: { legend: labels.openness },
  name: { label: 'Name', hint: 'Leave name and contact empty if they want to stay anonymous.' },
  contact: { label: 'A safe way and time to reach them' },
  wantsCode: {
    legend: 'Do they want a code to come back with?',
    options: { yes: 'Yes: they get a card with the code', no: 'No: nothing can be sent to them later' },
  },
  readers: 'Who may read it',
  about: {
    label: labels.about,
    hint: 'One name or role on a line. Nobody you name here gets to know of it. If it is about you, somebody else has to record it.',
  },
  recipient: {
    legend: 'Who should read it?',
    options: { guardians: 'The guardians', executive_lead: 'The executive lead', non_executive_lead: 'The non-executive lead' },
  },
  deputyMayRead: { legend: 'May the deputy guardian read it?', options: { yes: 'Yes', no: 'No' } },
  intakeGroup: { label: 'Which part of the organisation?' },
  next: 'Check before saving',
  saved: 'Recorded. No code was kept.',
  readBack: {
    title: 'Read this back to the person',
    lead: 'Nothing is saved yet. Change a word here if they want it said otherwise.',
    text: 'What will be kept',
    cut: {
      heading: 'What was cut from the e-mail',
      lead: 'It is kept nowhere. If a part of it was meant to be said, copy it into the box above.',
      kinds: { headers: 'Headers', forwarding: 'Where a mail begins', signature: 'Signature', device: 'Footer of a device' },
    },
    facts: 'With it',
    readers: 'Who will read it',
    acknowledgeBy: 'To be answered by',
    overdue: 'That day has passed. The concern will stand in the queue as overdue.',
    backDated: { one: 'Received 1 day before today', other: 'Received {n} days before today' },
    code: { yes: 'Each person gets a card with a code', no: 'No code: nothing can be sent to them later' },
    save: 'Save',
    change: 'Go back and change',
  },
  errors: {
    channel: { not_an_option: 'Choose how it reached you' },
    text: {
      required: 'Write down what they said',
      saved_before:
        'You have saved this before, in other words. Look for it in your queue. If this is another concern, check it again and save it',
      nothing_left: 'Nothing is left once the headers are cut. Write down what they said',
    },
    'receivedOn-day': {
      not_a_date: 'Write the day it was received as a real date',
      received_in_the_future: 'The day it was received cannot be in the future',
      received_too_long_ago: 'No time limit is known for that day. Check the year',
    },
    backDatedReason: { back_dating_reason_missing: 'Say why it is recorded later than it was received' },
    people: {
      wrong_type: 'Write a whole number from 1 to 20',
      too_small: 'Write a number from 1 to 20',
      too_big: 'Write a number from 1 to 20',
    },
    openness: { not_an_option: 'Choose how they want to be known' },
    name: {
      identity_on_anonymous: 'They want to stay anonymous: take name and contact out, or choose how they want to be known',
      identity_of_several: 'One name cannot stand for several people. Take it out: each can add theirs with their own code',
    },
    wantsCode: { wrong_type: 'Say whether they want a code' },
    about: {
      about_the_recorder: 'This is about you. Somebody else has to record it',
      nobody_left: 'Nobody would be left to read this. Choose another reader',
    },
  },
}
