export const words = {
  title: 'The law at work',
  lead: 'This is what the law says, in short. It is not legal advice. Your union, Acas or Protect can give you that.',
  sections: {
    clocks: 'Time limits',
    test: 'What the law asks',
    categories: 'What it covers',
    routes: 'Who you can tell',
    people: 'Who it covers',
    protections: 'How it helps you',
  },
  anyone: 'The law does not cover all people. But anyone can use this form.',
  categoriesLead: 'You must think, for a good reason, that what you say shows one of these. It may be past, going on, or about to happen.',
  routesLead: 'The law looks at who you tell. Some need more from you than others.',
  helplines: 'People you can ask',
  links: {
    pledge: 'What the NHS promises its staff',
    grievance: 'Which way is the right one?',
    law: 'The law at work',
    help: 'Get help',
  },
  /** Shared by every page that shows texts. */
  text: {
    kinds: {
      right: 'Right',
      duty: 'Duty',
      pledge: 'Pledge',
      expectation: 'Hope, not duty',
      law: 'Law',
      guidance: 'Advice',
    },
    quoted: 'In its own words:',
    source: (source: string, date: string) => `Source: ${source}, ${date}.`,
    sureness: {
      V: (date: string) => `We read it there on ${date}.`,
      V2: (date: string) => `We read about it on another page, on ${date}.`,
      'K+': (date: string) => `We know of it but did not check it, ${date}.`,
    },
    check: 'Check the words before you rely on them.',
    version: (version: string, date: string) => `Version ${version}, in use from ${date}.`,
    edition: (date: string, mark: string) => `This page as it was on ${date}. Its mark: ${mark}.`,
    marks: 'Under each part we say where it comes from, and how sure we are.',
  },
}
