import { Refusal } from '../../../kernel/index.ts'
import { shownFaults, type ShownFault } from '../../layout/index.ts'

interface FormWords {
  /** The controls as they stand on the page, from top to bottom. */
  readonly order: readonly string[]
  readonly fields: Readonly<Record<string, string>>
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The faults of a recording in the order of its form. That nobody would be left to read it stands beside whom it is about. */
export function recordingFaults(error: unknown, { order, fields, words }: FormWords): readonly ShownFault[] {
  if (error instanceof Refusal && error.code === 'no_reader_left') return [{ field: 'about', text: words['about']?.['nobody_left'] ?? '' }]
  if (savedBefore(error)) return [{ field: 'text', text: words['text']?.['saved_before'] ?? '' }]
  const place = ({ field }: ShownFault) => {
    const at = order.findIndex((name) => name === field || name.startsWith(`${field}-`))
    return at < 0 ? order.length : at
  }
  return shownFaults(error, { fields, words }).toSorted((a, b) => place(a) - place(b))
}

/** Back from what was saved, changed and saved again: without a question that would be a second concern of the same person. */
export const savedBefore = (error: unknown): boolean => error instanceof Refusal && error.code === 'idempotency_key_reused'
