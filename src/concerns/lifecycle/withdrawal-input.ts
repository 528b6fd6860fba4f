import { z } from 'zod'
import { writtenText } from '../texts.ts'

/** Nobody has to say why they want their concern back. */
export const withdrawalInput = z.strictObject({ reason: writtenText(10_000).optional() })
export type WithdrawalInput = z.output<typeof withdrawalInput>
