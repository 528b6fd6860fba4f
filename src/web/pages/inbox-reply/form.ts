import { inboxMessageInput } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import type { Random } from '../../../kernel/index.ts'

export interface Reply {
  readonly body: string
  /** Made by us with the page: the same page sent twice is one message. */
  readonly secret: string
}

/** 128 random bits: as strong as an Idempotency-Key has to be. */
export const newSecret = (random: Random): string => Buffer.from(random.bytes(16)).toString('base64url')

/** A secret that is none of ours is replaced: it could be guessed, and with it the answer. Throws Refusal `invalid_input`. */
export function readReply(form: FormFields, random: Random): Reply {
  const { body } = readInput(inboxMessageInput, { body: form.one('body') })
  return { body, secret: secretOf(form) ?? newSecret(random) }
}

export const secretOf = (form: FormFields): string | null => (/^[\w-]{22}$/.test(form.one('secret')) ? form.one('secret') : null)
