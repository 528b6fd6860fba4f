import type { Letter } from './write-letter.ts'
import { callText, words } from './staff-words.en.ts'

/** Why a member of staff gets a letter. */
export type StaffCause = keyof typeof words

/** Somebody who gets letters as a member of staff. */
export interface Addressee {
  /** Absent for somebody on call who need not be a member of staff. */
  readonly id?: string
  readonly name: string
  readonly email: string
}

/** The letter of one cause to one person: the same bytes every time but for its own name and its date. */
export function staffLetter(cause: StaffCause, to: Addressee, id: string, writtenAt: Temporal.Instant): Letter {
  const { subject, text } = words[cause]
  return {
    id,
    to: { name: to.name, address: to.email },
    subject,
    text,
    files: [],
    writtenAt,
    ...(to.id !== undefined && { personId: to.id }),
  }
}

export { callText }
