import { Refusal, type Clock, type Random } from '../kernel/index.ts'
import { keyedHash } from '../vault/index.ts'

/** Seconds to wait after the nth failure in a row; the last one for all that follow. */
const waits = [0, 0, 1, 2, 4, 8, 16, 30]
const forgetAfterSeconds = 1_800
/** Each costs an Argon2id run to get in, so nobody fills this quickly. */
const mostKept = 10_000

interface Tries {
  readonly failures: number
  readonly lastAt: number
}

export interface Attempt {
  /** Signed in: failures before this one are forgotten. */
  succeeded(): void
  /** Not the person's fault: this one does not count. */
  withdraw(): void
}

/**
 * The growing delay of one account name as tried from one address, the same whether anybody has that name or not. Two failures are free, then 1, 2, 4, 8, 16 and
 * at most 30 seconds: enough to make guessing hopeless beside passwords of fifteen characters. A stranger who
 * keeps trying delays only whoever shares their address; tries that come too early do not count. Kept in memory under a key made at start, so that no row tells
 * who tried to sign in when; a restart forgets it.
 */
export function createSignInDelays(clock: Clock, random: Random): { begin(email: string, from: string): Attempt } {
  const key = random.bytes(32)
  const known = new Map<string, Tries>()

  const note = (name: string, tries: Tries): void => {
    known.delete(name) // a Map keeps the order of insertion: the one untouched for longest is first
    known.set(name, tries)
    const [oldest] = known.keys()
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest)
  }

  return {
    /** Counts the try as failed until it is told otherwise, so that many at once do not all get in. Throws Refusal `sign_in_delayed`. */
    begin(email, from) {
      const now = clock.now().epochMilliseconds / 1000
      const name = Buffer.from(keyedHash(key, 'sign-in name', `${email}\n${from}`)).toString('base64')
      const before = fresh(known.get(name), now)
      const left = before.lastAt + waitAfter(before.failures) - now
      if (left > 0) throw new Refusal('sign_in_delayed', { retryAfterSeconds: Math.ceil(left) })
      note(name, { failures: before.failures + 1, lastAt: now })
      return {
        succeeded: () => void known.delete(name),
        withdraw: () => {
          const tries = known.get(name)
          if (tries !== undefined) note(name, { ...tries, failures: Math.max(0, tries.failures - 1) })
        },
      }
    },
  }
}

function fresh(tries: Tries | undefined, now: number): Tries {
  return tries === undefined || now - tries.lastAt > forgetAfterSeconds ? { failures: 0, lastAt: now } : tries
}

function waitAfter(failures: number): number {
  return failures === 0 ? 0 : (waits[Math.min(failures, waits.length) - 1] ?? 0)
}
