import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { factsOf } from './facts.ts'

/** Time that only ever goes forward, in milliseconds, and a way to wait. Apart from `Clock`: nobody can read a date from it. */
export interface Timer {
  now(): number
  /** Never ends early. */
  wait(milliseconds: number): Promise<void>
}

export const systemTimer: Timer = {
  now: () => performance.now(),
  // Node counts a timeout in whole milliseconds and cuts off what is over: alone it ends up to two of them early
  wait: async (milliseconds) => {
    const until = performance.now() + milliseconds
    for (let left = milliseconds; left > 0; left = until - performance.now()) await setTimeout(Math.ceil(left))
  },
}

/**
 * Holds the whole answer, page or problem alike, until the next multiple of `milliseconds` after the request began: a known token,
 * an unknown one and a burned one take the same time (`security.md` 3).
 */
export function answerOnTick(timer: Timer, milliseconds = 250): RequestHandler {
  return (_request, response, next) => {
    const facts = factsOf(response)
    const started = timer.now()
    const end = response.end.bind(response) as (...parts: unknown[]) => unknown
    response.end = ((...parts: unknown[]) => {
      if (facts.answered) return response
      facts.answered = true
      const spent = timer.now() - started
      const left = Math.ceil(Math.max(spent, 1) / milliseconds) * milliseconds - spent
      void timer.wait(left).then(() => end(...parts))
      return response
    }) as typeof response.end
    next()
  }
}
