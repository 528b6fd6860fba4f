export const words = {
  title: 'Accessibility',
  lead: 'We want everyone to be able to use this service.',
  can: {
    heading: 'What you can do here',
    items: [
      'use it with a keyboard alone, or with your voice',
      'use it with a screen reader',
      'make the text much bigger, up to 400%',
      'use your own colours, or high contrast',
      'use it on a small phone',
      'use it with scripts and images turned off',
    ],
  },
  standard: {
    heading: 'The rules we follow',
    text: 'We build each page to meet level AA of the Web Content Accessibility Guidelines (WCAG) 2.2.',
    tested: 'Each time we change the service, a machine checks the pages. It uses a real browser.',
    notYet: 'A machine does not find every fault. We do not yet have a report from an outside expert.',
  },
  words: {
    heading: 'How we write',
    text: 'We use short words and short lines. You can skip most questions. You do not need to be quick.',
  },
  stuck: {
    heading: 'If something does not work for you',
    text: 'Tell us what went wrong. You do not have to say why you came here.',
    link: 'Get help',
    other: 'You can also speak to a person. You can ask for this page in another form, such as large print.',
  },
  complain: {
    heading: 'If we do not put it right',
    before: 'You can get advice from the',
    link: 'Equality Advisory and Support Service',
    after: '. They are not part of us.',
    href: 'https://www.equalityadvisoryservice.com/',
  },
}
