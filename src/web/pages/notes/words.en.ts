import { words as inboxNotes } from '../inbox-notes/words.en.ts'

/** The same words as in the inbox: what a note is and what it risks must not depend on where somebody asks for it. */
export const words = {
  ...inboxNotes,
  skip: 'You can skip this page. You can ask for notes later too, or stop them, where you read our answers.',
}
