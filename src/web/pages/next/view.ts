import type { RaisedAnswer } from '../../../concerns/index.ts'
import type { DateText } from '../../../kernel/index.ts'
import { clocksOf, type Rule, type WorkingCalendar } from '../../../timeliness/index.ts'
import { dateInWords } from '../../layout/index.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import type { words as english } from './words.en.ts'

export interface NextView {
  readonly steps: readonly { readonly when: string; readonly text: string }[]
  readonly readers: readonly string[]
}

interface Limits {
  readonly rules: readonly Rule[]
  readonly calendar: WorkingCalendar
}

/**
 * By when we decide what to do if the first reply is in time: T4, which begins with that reply, reckoned by the one function as if it came on its
 * last day. Null where no such rule is in force.
 */
function decisionDate({ raisedOn, acknowledgeBy }: RaisedAnswer, { rules, calendar }: Limits): DateText | null {
  const events = [
    { kind: 'received', on: raisedOn },
    { kind: 'acknowledged', on: acknowledgeBy },
  ]
  const clocks = clocksOf(events, rules, calendar, acknowledgeBy)
  return clocks.find(({ code }) => code === 'T4')?.dueOn ?? null
}

/** Three dated steps. Without the receipt, which dies with this page, the dates are those the person was shown. */
export function showNext(answer: RaisedAnswer | null, { rules, calendar }: Limits, words: typeof english): NextView {
  const { sent, answered, decided } = words.steps
  if (answer === null) {
    const steps = [
      { when: words.sentUnknown, text: sent.text },
      { when: answered.whenUnknown, text: answered.text },
      { when: decided.whenUnknown, text: decided.text },
    ]
    return { steps, readers: [] }
  }
  const by = dateInWords(answer.acknowledgeBy)
  const decideBy = decisionDate(answer, { rules, calendar })
  return {
    steps: [
      { when: sent.when(dateInWords(answer.raisedOn)), text: sent.text },
      { when: answered.when(by), text: answered.text },
      { when: decideBy === null ? decided.whenUnknown : decided.when(dateInWords(decideBy)), text: decided.text },
    ],
    readers: answer.readers.map((reader) => readerInWords(reader, readerWords)),
  }
}
