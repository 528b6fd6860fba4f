/** The one letter to somebody who raised a concern and asked for it. It must say nothing to anybody else who sees it. */
export const words = {
  subject: 'A note for you',
  text: `Hello,

There is something for you where you left a note.

You asked for this letter. It is always the same. There is no link in it, and none in any letter from here: do not believe one that has a link.

Please do not answer it. Nobody reads the answers.

To stop these letters, go back to where you left your note.`,
}
