import type { z } from 'zod'
import type { LogEntries } from '../../audit/index.ts'
import type { logAnswer } from './schema.ts'

export function presentLog({ items, next }: LogEntries): z.infer<typeof logAnswer> {
  return { items: items.map(({ index, entry }) => ({ index, entry })), next }
}
