import type { RaisedAnswer } from '../../../concerns/index.ts'
import { dateInWords } from '../../layout/index.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import type { words as english } from './words.en.ts'

export interface NextView {
  readonly steps: readonly { readonly when: string; readonly text: string }[]
  readonly readers: readonly string[]
}

/** Three dated steps. Without the receipt, which dies with this page, the dates are those the person was shown. */
export function showNext(answer: RaisedAnswer | null, words: typeof english): NextView {
  const { sent, answered, comeBack } = words.steps
  if (answer === null) {
    const steps = [
      { when: words.sentUnknown, text: sent.text },
      { when: answered.whenUnknown, text: answered.text },
      { when: comeBack.whenUnknown, text: comeBack.text },
    ]
    return { steps, readers: [] }
  }
  const by = dateInWords(answer.acknowledgeBy)
  return {
    steps: [
      { when: sent.when(dateInWords(answer.raisedOn)), text: sent.text },
      { when: answered.when(by), text: answered.text },
      { when: comeBack.when(by), text: comeBack.text },
    ],
    readers: answer.readers.map((reader) => readerInWords(reader, readerWords)),
  }
}
