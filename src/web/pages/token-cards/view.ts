import type { HandOver, RecordedAnswer } from '../../../concerns/index.ts'
import { plural } from '../../layout/index.ts'
import { groupsOf } from '../sent/view.ts'
import type { words as english } from './words.en.ts'

export interface CardView {
  /** On screen only, to tell the cards of several people apart. */
  readonly heading: string | null
  readonly label: string
  readonly groups: readonly string[]
}

export interface CardsView {
  readonly cards: readonly CardView[]
  readonly lead: string
  readonly done: string
  readonly acknowledgeBy: string
  readonly waiting: string | null
  /** As somebody types it: without the scheme, which every browser adds. */
  readonly address: string
}

/** `waiting`: how many earlier sets are not handed over. */
export function cardsView(
  answer: RecordedAnswer,
  waiting: number,
  publicOrigin: string,
  words: typeof english,
  language: string,
): CardsView {
  const all: readonly HandOver[] = [answer, ...answer.joint]
  const cards = all.flatMap(({ token }, at) => (token === null ? [] : [{ at, token }]))
  return {
    cards: cards.map(({ at, token }) => ({
      heading: cards.length === 1 ? null : words.for(at + 1, cards.length),
      label: words.for(at + 1, cards.length),
      groups: groupsOf(token),
    })),
    lead: plural(language, cards.length, words.lead),
    done: plural(language, cards.length, words.done),
    acknowledgeBy: answer.acknowledgeBy,
    waiting: waiting === 0 ? null : plural(language, waiting, words.waiting),
    address: publicOrigin.replace(/^https?:\/\//, ''),
  }
}
