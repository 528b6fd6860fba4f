import { canonicalJson, type CanonicalValue } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { addDays, dateToColumn, londonDate, Refusal, type DateText, type Random } from '../../kernel/index.ts'
import { deriveKey, keyedHash, openUnder, sealUnder } from '../../vault/index.ts'

const saltLength = 16

/** A receipt to be written with the act it answers for. */
export interface ReceiptRow {
  readonly id: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly purgeOn: Date
}

interface Kept {
  readonly answer: unknown
  readonly request: string
  readonly until: DateText
}

/**
 * Receipts: the same secret and the same request give the same answer until the end of the next day, so that a cut line, a double press or
 * a crash loses and doubles nothing (P6). The row is readable only with the caller's secret; the database alone learns nothing.
 */
export function createReceipts(pepper: Uint8Array, random: Random) {
  const idOf = (secret: string) => keyedHash(pepper, 'receipt', secret)

  /** The answer given before, or null. Refusal `idempotency_key_reused` where the secret came with another request. */
  async function find(tx: Tx, secret: string, request: CanonicalValue, today: DateText): Promise<unknown> {
    const kept = await read(tx, secret, today)
    if (kept === null) return null
    if (kept.request !== digestOf(secret, request)) throw new Refusal('idempotency_key_reused')
    return kept.answer
  }

  /** The answer whatever the request was: for a draft's own cookie, whose request is gone with the draft. */
  async function recall(tx: Tx, secret: string, today: DateText): Promise<unknown> {
    return (await read(tx, secret, today))?.answer ?? null
  }

  async function read(tx: Tx, secret: string, today: DateText): Promise<Kept | null> {
    const row = await tx.receipt.findUnique({ where: { id: idOf(secret) } })
    if (row === null) return null
    const salt = row.sealed.subarray(0, saltLength)
    const plain = openUnder(keyOf(secret, salt), 'receipt', row.sealed.subarray(saltLength))
    if (plain === null) throw new Refusal('record_not_genuine')
    const kept = JSON.parse(new TextDecoder().decode(plain)) as Kept
    return kept.until < today ? null : kept
  }

  function compose(secret: string, request: CanonicalValue, answer: unknown, now: Temporal.Instant): ReceiptRow {
    const until = addDays(londonDate(now), 1)
    const sealed = seal(secret, { answer, request: digestOf(secret, request), until })
    return { id: idOf(secret), sealed, purgeOn: dateToColumn(addDays(until, 1)) }
  }

  function seal(secret: string, kept: Kept): Uint8Array<ArrayBuffer> {
    const salt = random.bytes(saltLength)
    return joined(salt, sealUnder(keyOf(secret, salt), 'receipt', new TextEncoder().encode(JSON.stringify(kept)), { padded: true }))
  }

  /** Puts another answer in the place of the one given before: the act stays done, and is told differently from now on. */
  async function amend(tx: Tx, secret: string, today: DateText, change: (answer: unknown) => unknown): Promise<void> {
    const kept = await read(tx, secret, today)
    if (kept === null) return
    await tx.receipt.updateMany({ where: { id: idOf(secret) }, data: { sealed: seal(secret, { ...kept, answer: change(kept.answer) }) } })
  }

  async function forget(tx: Tx, secret: string): Promise<void> {
    await tx.receipt.deleteMany({ where: { id: idOf(secret) } })
  }

  return { find, recall, compose, amend, forget }
}

export type Receipts = ReturnType<typeof createReceipts>

function keyOf(secret: string, salt: Uint8Array) {
  return deriveKey(new TextEncoder().encode(secret), salt, 'receipt')
}

function digestOf(secret: string, request: CanonicalValue): string {
  return Buffer.from(keyedHash(new TextEncoder().encode(secret), 'request', canonicalJson(request))).toString('base64url')
}

function joined(salt: Uint8Array, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(salt.length + sealed.length)
  whole.set(salt)
  whole.set(sealed, salt.length)
  return whole
}
