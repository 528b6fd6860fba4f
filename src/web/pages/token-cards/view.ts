import type { HandOver, RecordedAnswer } from '../../../concerns/index.ts'
import type { DateText } from '../../../kernel/index.ts'
import { plural } from '../../layout/index.ts'
import { showCode, type CodeView } from '../sent/view.ts'
import { words as codeWords } from '../sent/words.en.ts'
import type { words as english } from './words.en.ts'

export interface CardView extends CodeView {
  /** On screen only, to tell the cards of several people apart. */
  readonly heading: string | null
  readonly label: string
}

export interface CardsView {
  readonly cards: readonly CardView[]
  readonly lead: string
  readonly done: string
  /** When to come back; null where an answer is there already, or late. */
  readonly answerBy: string | null
  readonly waiting: string | null
  /** As somebody types it: without the scheme, which every browser adds. */
  readonly address: string
}

interface Surroundings {
  /** How many earlier sets are not handed over. */
  readonly waiting: number
  readonly publicOrigin: string
  readonly today: DateText
}

export function cardsView(
  answer: RecordedAnswer,
  { waiting, publicOrigin, today }: Surroundings,
  words: typeof english,
  language: string,
): CardsView {
  const all: readonly HandOver[] = [answer, ...answer.joint]
  const cards = all.flatMap(({ token }, at) => (token === null ? [] : [{ at, token }]))
  return {
    cards: cards.map(({ at, token }) => ({
      heading: cards.length === 1 ? null : words.for(at + 1, cards.length),
      label: words.for(at + 1, cards.length),
      ...showCode(token, codeWords),
    })),
    lead: plural(language, cards.length, words.lead),
    done: plural(language, cards.length, words.done),
    answerBy: answer.status === 'raised' && answer.acknowledgeBy >= today ? answer.acknowledgeBy : null,
    waiting: waiting === 0 ? null : plural(language, waiting, words.waiting),
    address: publicOrigin.replace(/^https?:\/\//, ''),
  }
}
