import type { Random } from '../../kernel/index.ts'

/** An entry without a place. `concern` and `number` are null for what staff do outside any concern. */
export interface Waiting {
  readonly id: string
  readonly lane: 'reporter' | 'staff'
  readonly concern: string | null
  readonly number: number | null
}

/** The first `count` to get places: reporters' entries first, those of different concerns in random order, then staff's in the order they have. */
export function choose<T extends Waiting>(random: Random, reporters: readonly T[], staff: readonly T[], count: number): T[] {
  const lanes = queues(reporters, ({ concern }) => concern)
  const names = reporters.map(({ concern }) => concern)
  const chosen = shuffled(random, names)
    .slice(0, count)
    .map((concern) => lanes.get(concern)!.pop()!)
  const raisedLater = new Set([...lanes].flatMap(([concern, left]) => (left.at(-1)?.number === 1 ? [concern] : [])))
  return [...chosen, ...staff.filter(({ concern }) => concern === null || !raisedLater.has(concern)).slice(0, count - chosen.length)]
}

/** What `shuffleBatch` has to know. Cover entries belong to no concern. */
export interface Placeable {
  readonly lane: 'reporter' | 'staff' | 'cover'
  readonly concern: string | null
  readonly number: number | null
}

/**
 * The entries of a batch in the order of their places: random, but that each concern's reporter lane and the staff lane keep theirs, and that a
 * concern is raised before staff act on it. So nothing in a batch tells when within it a reporter acted.
 */
export function shuffleBatch<T extends Placeable>(random: Random, batch: readonly T[]): T[] {
  const laneOf = ({ lane, concern }: Placeable): string => (lane === 'reporter' ? `reporter ${concern}` : lane)
  const lanes = queues(batch, laneOf)
  const placed: T[] = []
  for (const name of shuffled(random, batch.map(laneOf))) {
    const next = lanes.get(name)!.pop()
    if (next === undefined) continue // placed before its turn, as follows
    const raised = next.lane === 'staff' ? lanes.get(`reporter ${next.concern}`) : undefined
    if (raised?.at(-1)?.number === 1) placed.push(raised.pop()!)
    placed.push(next)
  }
  return placed
}

/** Each lane as a list whose next entry is its last. */
function queues<T, K>(entries: readonly T[], laneOf: (entry: T) => K): Map<K, T[]> {
  const lanes = Map.groupBy(entries, laneOf)
  for (const lane of lanes.values()) lane.reverse()
  return lanes
}

/** Fisher and Yates. Six bytes a draw: the remainder favours nothing that could be measured. */
function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const found = [...values]
  for (let left = found.length; left > 1; left -= 1) {
    const at = Buffer.from(random.bytes(6)).readUIntBE(0, 6) % left
    ;[found[at], found[left - 1]] = [found[left - 1]!, found[at]!]
  }
  return found
}
