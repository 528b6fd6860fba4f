import type { OpenClock } from '../../../concerns/index.ts'
import { dateInWords } from '../../layout/index.ts'
import type { Option } from '../../staff/options.ts'
import type { Typed } from '../../staff/typed.ts'

/** A clock in one box: its code, and the task where it is a task's own. */
export function clockValue({ code, of }: Pick<OpenClock, 'code' | 'of'>): string {
  return of === null ? code : `${code} ${of}`
}

export function clockTyped(typed: Typed): { readonly clock: string | undefined; readonly of: string | undefined } {
  const [clock, of] = typed.one('clock').split(' ')
  return { clock: clock === '' ? undefined : clock, of }
}

/** Those that the step is open for, with the date that stands. */
export function clockOptions(
  clocks: readonly OpenClock[],
  typed: Typed,
): readonly (Option & { readonly hint: { readonly text: string } })[] {
  return clocks.map((clock) => ({
    value: clockValue(clock),
    text: clock.label,
    checked: typed.one('clock') === clockValue(clock) || clocks.length === 1,
    hint: { text: `${dateInWords(clock.dueOn)}: ${clock.words}` },
  }))
}
