import type { Random } from '../../../src/kernel/index.ts'

/** Chance that can be drawn again: the same seed gives the same log. */
export interface Chance extends Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  oneIn(many: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** mulberry32 */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return (value ^ (value >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return {
    below,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 255),
    oneIn: (many) => below(many) === 0,
    pick: (list) => list[below(list.length)]!,
    shuffled: (list) => {
      const all = [...list]
      for (let at = all.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        ;[all[at], all[other]] = [all[other]!, all[at]!]
      }
      return all
    },
  }
}
