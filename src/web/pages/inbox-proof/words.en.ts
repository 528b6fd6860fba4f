export const words = {
  title: 'A copy to keep',
  lead: 'You can keep proof that you raised this, on what day, and who could read it.',
  notNeeded: 'You do not need it. With your code you can make it at any time, as often as you like.',
  risks: {
    heading: 'Before you keep it',
    items: [
      'Anyone who finds it knows that someone spoke up. It may point to you.',
      'If it holds your words, they can read those too.',
      'Do not save or print it at work. Do not send it to a work e-mail.',
      'It does not say who you are, unless your own words do.',
    ],
  },
  waiting: {
    lead: (date: string) => `It is not ready yet. Come back on ${date} or later.`,
    why: 'We wait until the day is over. So no one can tell at what time you wrote.',
  },
  never: 'We cannot make this for you. You wrote to us before we were able to.',
  kinds: {
    day_and_readers: {
      heading: 'The day, and who could read it',
      hint: 'None of your words are in it.',
    },
    everything: {
      heading: 'All that you wrote',
      hint: 'It shows all you told us. If you gave us your name, we leave it out.',
    },
  },
  file: 'Save the file',
  letter: 'Open the letter',
  which: {
    heading: 'The file and the letter',
    file: 'The file is the proof. Anyone can check it, and they do not have to trust us.',
    letter: 'The letter says the same on paper. It is there to be read.',
  },
  fileName: 'copy.txt',
  readMe: [
    'This file shows that a concern was raised, on what day, and who could read it.',
    'To check it: node verify-log.mjs receipt <this file> --key <the key of the log>',
    'Get the check and the key from an auditor, and not from the person who gave you this file.',
  ],
  paper: {
    title: 'Letter',
    how: 'Print it with your browser, on A4. Leave out the browser’s own top and foot lines.',
    heading: 'A concern was raised',
    raised: (date: string) => `On ${date} someone raised a concern with us, on our form for staff.`,
    recorded: (raised: string, entered: string) =>
      `On ${raised} someone raised a concern with us. We wrote it down for them on ${entered}.`,
    readers: 'These people could read it',
    keptBack: 'What was written is not shown here. The person can show it at any time.',
    said: 'What was written',
    check: 'How to check this',
    log: 'We keep a log. If we change it later, that can be seen. This is where it says so:',
    rows: {
      name: 'Name of the log',
      entry: 'Place in the log',
      id: 'Number of the entry',
      size: 'Entries when it was signed',
      root: 'Sum that was signed',
    },
    file: 'This letter alone is no proof. A file goes with it that can be checked without us.',
    who: 'It does not say who raised the concern.',
  },
}
