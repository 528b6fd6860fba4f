import type { z } from 'zod'
import { messageInput } from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import { readId } from '../../../../kernel/index.ts'
import type { Typed } from '../../../staff/typed.ts'

/** `key` is made when the message is first looked at: two presses of Send are one message. */
export const messageNames = ['body', 'question', 'key'] as const

/** The message as the use case takes it. Refusal `invalid_input`. */
export function readMessage(typed: Typed): z.output<typeof messageInput> {
  return readInput(messageInput, { body: typed.one('body'), ...(typed.one('question') === 'yes' && { question: true }) })
}

/** Null, and no promise that two presses are one, where somebody changed the page's key. */
export function pressKeyOf(typed: Typed): string | null {
  return readId(typed.one('key'))
}
