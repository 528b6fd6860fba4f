export const words = {
  title: 'To print',
  lead: 'Each is made from the settings as they are now: who the guardians are, whom people can talk to, the address of the form.',
  items: {
    poster: { link: 'Poster', text: 'For the wall of a ward, a corridor or a staff room. One A4 page.' },
    cards: { link: 'Pocket cards', text: 'Ten to a page, to cut out.' },
    leaflet: { link: 'Leaflet for new staff', text: 'One sheet: the pledge, how to speak up, who reads it, whom to call.' },
  },
  how: 'Print it with your browser, on A4. Leave out the browser’s own headers and footers.',
  changed: 'Print it again when a guardian or a number changes.',
  closed: 'Nobody could read a concern now, or the form is closed. Do not put this up yet.',
  back: 'All that can be printed',
  qr: (address: string) => `Code that opens ${address}`,
}
