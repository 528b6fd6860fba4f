import { Refusal, type Fault } from '../../kernel/index.ts'

/** A fault as a page shows it: in the summary, linked to the field, and again beside the field in the same words. */
export interface ShownFault {
  /** The id of the form control. */
  readonly field: string
  readonly text: string
}

export interface FaultWords {
  /** JSON Pointer → id of the control; without an entry `/a/b` is `a-b`. */
  readonly fields?: Readonly<Record<string, string>>
  /** Field → fault code → words, where the page says it better than the schema does. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * The faults of a refused input, for the same page again. Anything but a refusal that carries faults is rethrown: the error handler answers
 * it. A list item's fault (`/elements/2`) belongs to the list's control.
 */
export function shownFaults(error: unknown, { fields = {}, words = {} }: FaultWords = {}): readonly ShownFault[] {
  if (!(error instanceof Refusal) || error.faults.length === 0) throw error
  return error.faults.map((fault) => {
    const field = fields[fault.pointer] ?? fieldOf(fault)
    return { field, text: words[field]?.[fault.code] ?? fault.detail }
  })
}

function fieldOf({ pointer }: Fault): string {
  return pointer
    .split('/')
    .slice(1)
    .filter((step) => !/^\d+$/.test(step))
    .join('-')
}
