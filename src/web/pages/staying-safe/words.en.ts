export const words = {
  title: 'Before you start',
  lead: 'Read this first. It takes one minute.',
  leave: {
    heading: 'If someone walks in',
    text: 'Press “Leave this site”. It is at the top of each page. It wipes what you wrote here and opens another site.',
    but: 'It does not wipe your browser history. Use a private window if you can.',
  },
  device: {
    heading: 'Use your own phone if you can',
    text: 'Use your own internet too, not the one at work.',
    work: 'A work computer may be watched. Your employer may see that you came here. They may even see what you type.',
  },
  keep: {
    heading: 'What we keep while you write',
    text: 'We keep your answers for 20 hours after you last press Continue. Only your browser can open them.',
    cookie: 'We use one cookie for this. It goes when you leave.',
  },
  more: 'How we protect you',
  talk: 'Talk to a person instead',
}
