import type { z } from 'zod'
import type { LogPage } from '../../audit/index.ts'
import type { logAnswer } from './schema.ts'

export function presentLog({ items, next }: LogPage): z.infer<typeof logAnswer> {
  return { items: items.map(({ text }) => ({ index: null, entry: text })), next }
}
