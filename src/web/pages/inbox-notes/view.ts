import type { FormFields } from '../../../http/index.ts'
import type { words as english } from './words.en.ts'

export interface NotesView {
  readonly wants: string
  readonly address: string
  readonly part: string
  readonly parts: readonly { readonly value: string; readonly text: string }[]
  readonly understood: boolean
  /** True where no mail is set up: nobody is promised a letter that cannot be sent. */
  readonly noMail: boolean
}

/** The questions about notes with what was typed; nothing is chosen beforehand. */
export function showNotes(typed: FormFields, mail: { readonly setUp: boolean }, { part }: typeof english): NotesView {
  return {
    wants: typed.one('wants'),
    address: typed.one('address'),
    part: typed.one('part'),
    parts: Object.entries(part.choices).map(([value, text]) => ({ value, text })),
    understood: typed.has('understood'),
    noMail: !mail.setUp,
  }
}
