import type { ActionInput, ActionName, ConcernContent, ConcernUseCases, ConcernView } from '../../../concerns/index.ts'
import type { StaffMember } from '../../../kernel/index.ts'
import type { FormFields } from '../../../http/index.ts'
import type { FaultWords } from '../../layout/index.ts'
import type { PhrasePlace } from '../../staff/phrases.ts'
import type { Typed } from '../../staff/typed.ts'

export type Choices = Awaited<ReturnType<ConcernUseCases['listChoices']>>

/** What a form is judged by. What was said is not among it: it is opened only where a form is drawn, and each look is recorded. */
export interface ActionFacts {
  readonly concern: ConcernView
  readonly choices: Choices
  readonly writer: StaffMember
}

/** The page between an unusual act and its doing. */
export interface Confirmation {
  readonly title: string
  readonly consequences: readonly string[]
  readonly button: string
}

/** One action as a page: its boxes, and how they become the input that the use case's own schema reads. */
export interface ActionForm<A extends ActionName> {
  readonly action: A
  /** Relative to `src/web/pages`. */
  readonly template: string
  readonly words: { readonly title: string; readonly errors: NonNullable<FaultWords['words']> }
  /** Every field of the form as it was typed, so that a page in between can carry them. */
  readonly names: (typed: Typed) => readonly string[]
  /** What stands in the boxes at first. */
  readonly start?: (facts: ActionFacts, content: ConcernContent, asked: FormFields) => Typed
  /** The action's body beside `expectedVersion`, not yet judged. */
  readonly read: (typed: Typed, facts: ActionFacts) => Readonly<Record<string, unknown>>
  /** JSON Pointer → id of the control, where it is not the pointer's own path. */
  readonly fields?: (typed: Typed) => Readonly<Record<string, string>>
  /** What the template needs beside the boxes' values. */
  readonly view: (typed: Typed, facts: ActionFacts) => object
  /** Asked once more before an unusual act; null where this input is an everyday one. */
  readonly confirm?: (input: ActionInput<A>, facts: ActionFacts) => Confirmation | null
  /** The form after "Add another" or "Remove" was pressed, or with a letter begun; null where it is to be judged as it is. */
  readonly reshape?: (typed: Typed, facts: ActionFacts) => Typed | null
  /** Where it writes to the person who raised the concern. */
  readonly phrases?: PhrasePlace
  /** The page that comes after the step; the overview where it is absent. */
  readonly after?: 'deadlines'
  /** Texts a person may want back where the step has closed meanwhile. */
  readonly texts: (typed: Typed) => readonly { readonly key: string; readonly text: string }[]
}

/** The texts of plain boxes, by field and heading; empty ones left out. */
export function textsIn(
  typed: Typed,
  labels: Readonly<Record<string, string>>,
): readonly { readonly key: string; readonly text: string }[] {
  return Object.entries(labels).flatMap(([name, key]) => (typed.one(name).trim() === '' ? [] : [{ key, text: typed.one(name) }]))
}

/** `''` is an answer not given, which an optional field of a schema takes as absent. */
export function unlessEmpty(text: string): string | undefined {
  return text.trim() === '' ? undefined : text
}

/** Yes and no as a schema reads them. Anything else stays what it is: no default may stand in for an answer that was not given. */
export function yesOrNo(text: string): boolean | string {
  return text === 'yes' ? true : text === 'no' ? false : text
}
