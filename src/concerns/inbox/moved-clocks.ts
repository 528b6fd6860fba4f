import type { StoredEntry } from '../../audit/index.ts'
import { readDate, type DateText } from '../../kernel/index.ts'
import type { ClockView } from '../clocks/clock-view.ts'

/** A pause or an extension of a promise, as the person is told of it. */
export interface MovedClock {
  readonly code: string
  readonly kind: 'paused' | 'extended'
  readonly on: DateText
  readonly until: DateText
  /** From the controlled list; what was said beside it stays with staff. */
  readonly reasonCode: string | null
}

/** What moved these clocks since each of them started, in the order in which it was done. `clocks` as they are shown to the person. */
export function movedClocks(entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[], clocks: readonly ClockView[]): MovedClock[] {
  return entries.flatMap(({ kind, on, text }) => {
    if ((kind as string) !== 'clock_paused' && (kind as string) !== 'clock_extended') return []
    const { clock: code, of, until, reasonCode } = (JSON.parse(text) as { fields: Readonly<Record<string, unknown>> }).fields
    const shown = clocks.some(
      (clock) => clock.code === code && clock.of === (of ?? null) && clock.startedOn <= on && on <= (clock.stoppedOn ?? on),
    )
    const day = typeof until === 'string' ? readDate(until) : null
    if (!shown || day === null || typeof code !== 'string') return []
    const reason = typeof reasonCode === 'string' ? reasonCode : null
    return [{ code, kind: (kind as string) === 'clock_paused' ? 'paused' : 'extended', on, until: day, reasonCode: reason }]
  })
}
