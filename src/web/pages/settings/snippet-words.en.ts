/** Of the pages about stock phrases. */
export const snippetWords = {
  snippets: {
    title: 'Stock phrases',
    lead: 'Whoever writes to a person who raised a concern can put one of these into the message and change it there. Nothing is sent by itself. What was sent keeps its words.',
    neutral:
      'Use words that are true of every concern. Never write a name, a place or anything about a concern here: everybody who handles concerns reads it, and each change is kept for good.',
    add: 'Add a stock phrase',
    change: 'Change',
    changeTitle: (title: string) => `Change “${title}”`,
    empty: 'There are none. Messages are written without them.',
    titleLabel: 'Title',
    titleHint: 'It stands in the list to choose from. The person does not see it.',
    text: 'Text',
    textHint: 'As it will be read. Short sentences, easy words. Leave an empty line between paragraphs.',
    uses: 'Where is it offered?',
    useNames: {
      acknowledgement: 'The first answer to a concern',
      message: 'Any message',
      wait: 'When a time limit stands still, goes on or gets a later date',
      outcome: 'A decision, a referral or an outcome',
    },
    usesInside: {
      acknowledgement: 'first answers',
      message: 'messages',
      wait: 'word of a wait',
      outcome: 'decisions and outcomes',
    },
    offered: (uses: readonly string[]) => `Offered for ${new Intl.ListFormat('en-GB').format(uses)}.`,
    keep: 'Should it stay on the list?',
    keepYes: 'Yes',
    keepNo: 'No, take it off',
  },
}
