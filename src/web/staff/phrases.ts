import type { Request } from 'express'
import { queryFields, type FormFields } from '../../http/index.ts'
import { snippetsFor, type SnippetUse, type SnippetValues } from '../../settings/index.ts'
import type { ShownFault } from '../layout/index.ts'
import type { Typed } from './typed.ts'
import { words } from './words.en.ts'

const notChosen: ShownFault = { field: 'phrase', text: words.phrases.choose }

/** Where in a form stock phrases are offered, and into which box they go. */
export interface PhrasePlace {
  readonly use: SnippetUse
  readonly field: string
}

/** What `phraseBox` of `phrases.njk` draws. */
export interface PhraseView {
  readonly items: readonly { readonly value: string; readonly text: string }[]
  readonly field: string
  readonly say: (typeof words)['phrases']
}

/** Null where none is offered here. */
export function phraseView(values: SnippetValues, { use, field }: PhrasePlace): PhraseView | null {
  const offered = snippetsFor(values, use).map(({ code, title }) => ({ value: code, text: title }))
  return offered.length === 0 ? null : { items: [{ value: '', text: words.phrases.none }, ...offered], field, say: words.phrases }
}

/** Whether this form was sent only to have a phrase put in. */
export const asksForPhrase = (form: FormFields): boolean => form.has('insert')

/** The form with the chosen phrase below what was typed, and nothing else changed; as it was, with what is wrong, where none was chosen. */
export function withPhrase(
  typed: Typed,
  values: SnippetValues,
  { use, field }: PhrasePlace,
): { typed: Typed; faults: readonly ShownFault[] } {
  const chosen = snippetsFor(values, use).find(({ code }) => code === typed.one('phrase'))
  if (chosen === undefined) return { typed, faults: [notChosen] }
  const before = typed.one(field).trimEnd()
  return { typed: replaced(typed, field, before === '' ? chosen.text : `${before}\n\n${chosen.text}`), faults: [] }
}

function replaced(typed: Typed, field: string, text: string): Typed {
  return {
    one: (name) => (name === field ? text : typed.one(name)),
    many: (name) => (name === field ? [text] : typed.many(name)),
    has: (name) => name === field || typed.has(name),
  }
}

/** What an address says where a page is answered by a redirect and no phrase was chosen. */
export const noPhrase = 'phrase'

export function phraseFaults(request: Request): readonly ShownFault[] {
  return queryFields(request).has(noPhrase) ? [notChosen] : []
}
