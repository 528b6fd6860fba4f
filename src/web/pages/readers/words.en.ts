export const words = {
  roles: {
    guardian: 'guardian',
    deputy: 'deputy guardian',
    investigator: 'investigator',
    executive_lead: 'executive lead',
    non_executive_lead: 'non-executive lead',
    auditor: 'auditor',
    administrator: 'administrator',
  },
  about: {
    title: 'Who is it about?',
    lead: 'These people could read what you send. A guardian is there to help staff speak up.',
    question: 'Is it about any of them?',
    hint: 'If you tick a person, they will not see this, nor that it exists. You can skip this.',
    others: 'Is it about anyone else?',
    othersHint: 'Give a name or a role, such as “ward manager”. Put each on a new line. You can skip this.',
    errors: {
      about: { too_long: 'Keep each line under 200 characters', too_many: 'Name up to 20 people' },
    },
  },
  door: {
    title: 'Who should read it?',
    hint: 'You can leave this as it is.',
    doors: {
      guardians: 'The guardians',
      executive_lead: 'The executive lead',
      non_executive_lead: 'The non-executive lead',
    },
    hints: {
      guardians: (names: string) => `${names}. They help staff to speak up.`,
      executive_lead: (names: string) => `${names}. A director who leads on speaking up.`,
      non_executive_lead: (names: string) => `${names}. On the board, but not a manager here.`,
    },
    deputy: 'May the deputy guardian read it too?',
    deputyHint: (names: string) => `This is ${names}. They can help when the guardian is away.`,
    standby: 'If nobody answers in time, may the non-executive lead read it?',
    standbyHint: (names: string) => `This is ${names}. If you say no, they only see that it is late.`,
    leftOut: 'We left out people you said it is about.',
    errors: {
      recipient: { not_an_option: 'Choose who should read it' },
      deputyMayRead: { not_an_option: 'Choose yes or no' },
      standby: { not_an_option: 'Choose yes or no' },
    },
  },
  list: {
    title: 'Who will read it',
    lead: 'When you send it, these people can open it:',
    later: (reader: string) => `If nobody answers in time: ${reader}`,
    others: 'They may ask someone to look into it. If they do, they will tell you here.',
    auditor:
      'To check our work, an auditor may pick a few concerns by chance. A reader can then show them a copy of yours, with the names left out.',
    check: 'Is it about someone on this list? Go back and tick them.',
    change: 'Change who will read it',
  },
}
