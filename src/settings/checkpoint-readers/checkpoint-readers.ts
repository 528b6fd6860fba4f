import { z } from 'zod'
import { shortText } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'

/** Somebody who gets the log's checkpoint by mail every day and can hold the service to it: two of them at least, of different houses. */
export interface CheckpointReader {
  readonly id: string
  /** What they are, in the organisation's own words: board secretary, internal auditor, staff side. */
  readonly role: string
  readonly name: string
  readonly address: string
}

/** What letters to them are called in the outbox. */
export const checkpointCause = 'checkpoint'

/** More would be a mailing list, which is one address. */
export const mostReaders = 12

export const readerInput = z.strictObject({
  role: shortText(60, 'Say what they are, such as board secretary.').meta({
    description: 'Such as board secretary, internal auditor, staff side.',
  }),
  name: shortText(100, 'Give their name.'),
  address: z.email({ error: 'Give an e-mail address, such as name@example.org.' }).max(254),
  ...asked,
})
export type ReaderInput = z.output<typeof readerInput>

export const readerRemoval = z.strictObject({ ...asked })
export type ReaderRemoval = z.output<typeof readerRemoval>
