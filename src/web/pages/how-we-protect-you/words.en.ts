export const words = {
  title: 'How we protect you',
  lead: 'We want you to know what is safe and what is not.',
  sections: [
    {
      heading: 'What we do not keep',
      items: [
        'We do not ask you to sign in. You never have to give us an e-mail.',
        'We do not keep your internet address, or what phone or computer you use.',
        'We keep the day you wrote to us. We do not keep the time.',
        'We do not keep a note of when you come back to read.',
        'These pages ask no other company for anything.',
      ],
    },
    {
      heading: 'Who can read what you send',
      items: [
        'We lock it before we store it. At first, only the people we show you before you send can open it.',
        'They may bring in someone else, to help or to look into it. Use your code to see who can read it by then.',
        'IT staff cannot read it. The people who run this form cannot read it.',
        'If you tick a person it is about, they cannot open it. They do not see that it exists.',
        'There is one spare key, for when no reader is left. It is not kept on our computers.',
        'Each time staff open what you sent, it goes on a list. An auditor checks that list.',
        'To check our work, an auditor may pick a few concerns by chance. Yours may be one.',
        'A person who reads yours can then show the auditor a copy with the names left out, or say no.',
        'We do not tell the auditor who you are. Their copy goes after 30 days. But what you wrote may still show it.',
      ],
    },
    {
      heading: 'Your name',
      items: [
        'If you do not give it, we do not have it.',
        'If you give it to the guardian only, we lock it apart from what you wrote.',
        'The law, or a risk of serious harm, may make them share it. They must note why.',
        'What you write may still show who you are. We warn you before you send.',
      ],
    },
  ],
  cannot: {
    heading: 'What we cannot protect you from',
    items: [
      'Your work computer or work wi-fi can show that you came here. Some work computers let your employer see all that you type.',
      'Your browser keeps a history. Leave does not wipe it.',
      'Someone may guess who you are from what you say or how you say it.',
      'People who read it can remember it or copy it. We cannot undo that.',
      'If someone breaks into our computer while it runs, they can see what is open at that time.',
      'For a short time, our database can show when something was saved, but not what. Very few people can look there.',
    ],
  },
  you: {
    heading: 'What you can do',
    items: [
      'Use your own phone, and not the work wi-fi.',
      'Use a private window. Or use Tor Browser, if you know it.',
      'Keep your code on paper, away from work.',
      'Do not talk about it at work.',
    ],
  },
  cookie: {
    heading: 'Our cookie',
    text: 'We use one cookie. We set it when you press Continue for the first time, or when you use your code. It goes when you leave.',
  },
  promises: 'What we promise, and by when',
  onePage: 'Use the form on one page, with no cookie',
  talk: 'Talk to a person instead',
}
