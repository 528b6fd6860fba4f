import { randomBytes } from 'node:crypto'

/** The one source of chance for ids, tokens and salts. Ciphers draw their own nonces inside libsodium. */
export interface Random {
  bytes(count: number): Uint8Array
}

export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) }
