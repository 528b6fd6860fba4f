import { randomFillSync } from 'node:crypto'

/** The one source of chance for ids, tokens and salts. Ciphers draw their own nonces inside libsodium. */
export interface Random {
  bytes(count: number): Uint8Array
}

const pool = new Uint8Array(4096)
let given = pool.length

/** Drawn from the system by the page, since a concern takes some forty draws. What was given is wiped here: it exists once. */
export const systemRandom: Random = {
  bytes: (count) => {
    if (count > pool.length) return randomFillSync(new Uint8Array(count))
    if (given + count > pool.length) {
      randomFillSync(pool)
      given = 0
    }
    const bytes = pool.slice(given, given + count)
    pool.fill(0, given, given + count)
    given += count
    return bytes
  },
}
