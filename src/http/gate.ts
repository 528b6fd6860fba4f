import { Refusal } from '../kernel/index.ts'

export interface Gate {
  /** Runs `work` when there is room. Throws `Refusal` `overloaded` where the queue is full; what `work` throws comes through. */
  run<T>(work: () => Promise<T>): Promise<T>
}

/**
 * At most `max` pieces of work at once and `queue` waiting, first come first served. Made for Argon2id, of which each run takes 64 MiB: sign-ins
 * must not take the memory that reporters need (`security.md` 3).
 */
export function createGate(max: number, queue: number): Gate {
  const waiting: (() => void)[] = []
  let running = 0

  const enter = async (): Promise<void> => {
    if (running < max) {
      running += 1
      return
    }
    if (waiting.length >= queue) throw new Refusal('overloaded', { retryAfterSeconds: 5 })
    // The one who leaves hands its place over, so `running` stays as it is
    await new Promise<void>((resolve) => void waiting.push(resolve))
  }

  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
