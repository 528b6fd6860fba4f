import type { DraftAnswers, Reader } from '../../../concerns/index.ts'
import { readId } from '../../../kernel/index.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english
type Shown = Pick<Reader, 'name' | 'role'> & { readonly deputy?: boolean }

/** "Grace Okafor, guardian". */
export function readerInWords(reader: Shown, words: Words): string {
  return `${reader.name}, ${reader.deputy === true ? words.roles.deputy : words.roles[reader.role]}`
}

export interface AboutView {
  readonly readers: readonly { readonly value: string; readonly text: string }[]
  readonly ticked: readonly string[]
  readonly about: string
}

export function showAbout(answers: DraftAnswers, readers: readonly Reader[], words: Words): AboutView {
  return {
    readers: readers.map((reader) => ({ value: reader.id, text: readerInWords(reader, words) })),
    ticked: readers.map(({ id }) => id as string).filter((id) => answers.about?.includes(id)),
    about: othersIn(answers).join('\n'),
  }
}

/** What was written into the box: everything in `about` that is nobody's id. */
export const othersIn = (answers: DraftAnswers): readonly string[] => (answers.about ?? []).filter((text) => readId(text) === null)

export interface DoorView {
  readonly recipient: string
  readonly doors: readonly { readonly value: string; readonly text: string; readonly hint: { readonly text: string } }[]
  /** Somebody would read it, were it not about them. The page never says who. */
  readonly someoneLeftOut: boolean
  /** Null where no deputy is left to ask about. */
  readonly deputyHint: string | null
  readonly deputyMayRead: 'yes' | 'no'
  /** Null where it is about every non-executive lead, or there is none. */
  readonly standbyHint: string | null
  readonly standby: 'yes' | 'no'
}

export type Door = { readonly recipient: keyof Words['door']['doors']; readonly readers: readonly Reader[] }

export function showDoor(answers: DraftAnswers, doors: readonly Door[], someoneLeftOut: boolean, words: Words): DoorView {
  const deputies = doors.find(({ recipient }) => recipient === 'guardians')?.readers.filter(({ deputy }) => deputy) ?? []
  const stands = doors.find(({ recipient }) => recipient === 'non_executive_lead')?.readers ?? []
  return {
    recipient: answers.recipient ?? 'guardians',
    doors: doors.map(({ recipient, readers }) => ({
      value: recipient,
      text: words.door.doors[recipient],
      hint: { text: words.door.hints[recipient](namesOf(readers)) },
    })),
    someoneLeftOut,
    deputyHint: deputies.length === 0 ? null : words.door.deputyHint(namesOf(deputies)),
    deputyMayRead: answers.deputyMayRead === false ? 'no' : 'yes',
    standbyHint: stands.length === 0 ? null : words.door.standbyHint(namesOf(stands)),
    standby: answers.standby === true ? 'yes' : 'no',
  }
}

const namesOf = (readers: readonly Reader[]): string => new Intl.ListFormat('en-GB').format(readers.map(({ name }) => name))
