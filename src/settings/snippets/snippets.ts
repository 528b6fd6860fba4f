import { z } from 'zod'
import { shortText, writtenText } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'
import { readingLimits, readingOf, type Reading } from '../texts/reading.ts'
import { paragraphsOf } from '../texts/local-texts.ts'

/** Where a snippet is offered: in a first answer, a message, word of a wait, a decision or outcome. */
export const snippetUses = ['acknowledgement', 'message', 'wait', 'outcome'] as const
export type SnippetUse = (typeof snippetUses)[number]

/** A stock phrase for whoever writes to a person who raised a concern. Nothing of any concern stands in it. */
export interface Snippet {
  /** Stays when title and text change: a page drawn before a change still means this one. */
  readonly code: string
  readonly title: string
  readonly text: string
  readonly uses: readonly SnippetUse[]
}

export interface SnippetValues {
  /** By title. */
  readonly items: readonly Snippet[]
}

export const mostSnippets = 40

/** A tag, typed as it would be in a page's source: it would stand there for all to see. */
const markup = /<\/?[a-z!]/i

const snippetInput = z.strictObject({
  code: z.string().max(20).optional().meta({ description: 'Of one that is there already; a new one gets its own.' }),
  title: shortText(80, 'Give it a title.'),
  text: writtenText(2_000, 'Write the text.').refine((text) => !markup.test(text), {
    params: { code: 'markup' },
    message: 'Write plain text: tags would be shown as they are typed.',
  }),
  uses: z
    .array(z.enum(snippetUses))
    .min(1, 'Choose where it is offered.')
    .transform((chosen) => snippetUses.filter((use) => chosen.includes(use))),
})

export const snippetsInput = z.strictObject({
  items: z
    .array(snippetInput)
    .max(mostSnippets, `Keep ${mostSnippets} or fewer.`)
    .meta({ description: 'All of them; they are kept and offered by title.' }),
  ...asked,
})
export type SnippetsInput = z.output<typeof snippetsInput>

export const storedSnippets = z.object({
  items: z.array(z.object({ code: z.string(), title: z.string(), text: z.string(), uses: z.array(z.enum(snippetUses)) })),
})

/** How hard it is to read, and whether that is harder than a reporter's page may be. */
export function readingOfSnippet({ text }: Pick<Snippet, 'text'>): Reading & { readonly hard: boolean } {
  const reading = readingOf(paragraphsOf(text))
  return { ...reading, hard: reading.grade > readingLimits.grade || reading.longest.words > readingLimits.sentence }
}

/** Those offered for one use, by title. */
export function snippetsFor({ items }: SnippetValues, use: SnippetUse): readonly Snippet[] {
  return byTitle(items).filter(({ uses }) => uses.includes(use))
}

export function byTitle<T extends Pick<Snippet, 'title'>>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
}
