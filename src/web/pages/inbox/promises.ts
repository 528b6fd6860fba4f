import type { ClockView, Inbox } from '../../../concerns/index.ts'
import { dateInWords } from '../../layout/index.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

/** A promise with what moved it. */
export interface PromiseText {
  readonly text: string
  readonly moves: readonly string[]
}

/** The promises to the person, what matters first: those we broke, the next one, those that stand still. */
export interface Promises {
  readonly late: readonly PromiseText[]
  /** One of them has waited so long that nobody should go on waiting for it. */
  readonly veryLate: boolean
  /** Null where nothing runs. */
  readonly next: PromiseText | null
  readonly paused: readonly PromiseText[]
  /** Others that run; their dates stand in "What comes next" as well. */
  readonly later: readonly PromiseText[]
  /** Answered late: said, and never folded away. */
  readonly missed: readonly PromiseText[]
  readonly done: readonly string[]
  /** What each date rests on, as its rule says it. */
  readonly sources: readonly { readonly what: string; readonly source: string }[]
}

/** From so many working days on, waiting is no advice any more. LOCAL: the time we give ourselves to decide what to do. */
const veryLateAfter = 10

const open = new Set<ClockView['state']>(['running', 'paused', 'overdue'])

export function promisesIn({ clocks, movedClocks }: Pick<Inbox, 'clocks' | 'movedClocks'>, words: Words): Promises {
  const cycle = Math.max(...clocks.map((clock) => clock.cycle))
  const inState = (state: ClockView['state']) => clocks.filter((clock) => clock.state === state).toSorted(bySoonest)
  const text = (clock: ClockView) => promiseText(clock, movedClocks, words)
  const [next, ...later] = inState('running')
  const overdue = inState('overdue')
  return {
    late: overdue.map(text),
    veryLate: overdue.some(({ workingDaysLeft }) => workingDaysLeft <= -veryLateAfter),
    next: next === undefined ? null : text(next),
    paused: inState('paused').map(text),
    later: later.map(text),
    missed: inState('missed').map(text),
    done: [...inState('met'), ...inState('not_applicable')].map((clock) => inWords(clock, words)),
    sources: clocks
      .filter((clock) => open.has(clock.state) || (clock.cycle === cycle && clock.state === 'missed'))
      .map((clock) => ({ what: sentence(promiseOf(clock, words)), source: clock.source })),
  }
}

const bySoonest = (a: ClockView, b: ClockView): number => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)

function promiseText(clock: ClockView, moved: Inbox['movedClocks'], words: Words): PromiseText {
  const moves = moved.filter(({ code }) => code === clock.code).map((move) => moveInWords(move, clock, words))
  const first = moves.length === 0 ? [] : [words.clock.moved.first(dateInWords(clock.firstDueOn))]
  return { text: inWords(clock, words), moves: [...moves, ...first] }
}

function inWords(clock: ClockView, words: Words): string {
  const { code, state, dueOn, pause } = clock
  const { clock: say } = words
  const date = dateInWords(dueOn)
  const promise = promiseOf(clock, words)
  if (state === 'paused' && pause !== null) return say.paused(promise, dateInWords(pause.until), date)
  const texts = {
    running: code === 'T1' ? say.waiting(date) : say.running(promise, date),
    paused: say.running(promise, date),
    overdue: say.overdue(promise, date),
    met: say.met(promise, date),
    missed: say.missed(promise, date),
    not_applicable: say.notNeeded(promise),
  }
  return texts[state]
}

/** That it was moved and why: no date may change without a word. A pause that somebody ended says when that was. */
function moveInWords({ kind, on, until, reasonCode }: Inbox['movedClocks'][number], { pause }: ClockView, words: Words): string {
  const { moved } = words.clock
  const reasons: Readonly<Record<string, string>> = moved.reasons
  const why = (reasonCode === null ? undefined : reasons[reasonCode]) ?? moved.unsaid
  const ended = pause !== null && pause.from === on ? pause.until : until
  return `${kind === 'paused' ? moved.paused(dateInWords(on), dateInWords(ended)) : moved.extended(dateInWords(until))} ${why}`
}

function promiseOf({ code, label }: ClockView, { clock }: Words): string {
  return clock.promises[code] ?? label
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
