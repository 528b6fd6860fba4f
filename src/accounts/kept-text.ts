import { z } from 'zod'
import { newId, Refusal, type UserId } from '../kernel/index.ts'
import { openForSession, openJson, sealJson, type ItemBinding, type PrivateKeys, type SealedItem } from '../vault/index.ts'
import { readAccessToken } from './access-token.ts'
import type { AccountsDeps } from './dependencies.ts'
import { insertKeptText, takeKeptTexts } from './kept-text-store.ts'
import { isOf, samePublicKeys } from './open-session.ts'
import type { StaffContext } from './person.ts'
import { findSession, graceHours } from './session-store.ts'

/** What somebody was writing: the path it was for, and the form's fields. */
export interface WrittenText {
  readonly place: string
  readonly fields: Readonly<Record<string, string>>
}

export interface KeptText extends WrittenText {
  readonly keptAt: Temporal.Instant
}

/** Longer than any form of ours can send. */
const mostCharacters = 600_000
const textShape = z.strictObject({ place: z.string(), fields: z.record(z.string(), z.string()) })

/**
 * Keeps what somebody sent with a session that has timed out, sealed to their own key and signed by it, until they sign in again.
 * The token opens the keys for this alone. False where token and row no longer vouch for anybody: signed out, forged, or over for
 * more than half a day. Never throws for a bad token. No entry: nothing of a concern is looked at or changed.
 */
export function createKeepText(deps: AccountsDeps) {
  return async (accessToken: string, text: WrittenText): Promise<boolean> => {
    const now = deps.clock.now()
    const writer = await writerOf(deps, accessToken, now)
    if (writer === null || JSON.stringify(text).length > mostCharacters) return false
    const id = newId(deps.random)
    const sealed = sealJson(bindingOf(id, writer.userId), text, writer.keys.publicKeys.box, writer.keys)
    await insertKeptText(deps.database, { id, personId: writer.userId, sealed: packed(sealed), keptAt: now })
    return true
  }
}

/** Hands back what was kept for the person, newest first, and keeps it no longer. What they did not write is left out. */
export function createTakeKeptText({ database }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<KeptText[]> => {
    const rows = await takeKeptTexts(database, ctx.person.userId)
    return rows.flatMap(({ id, sealed, keptAt }) => {
      const text = open(id, sealed, ctx)
      return text === null ? [] : [{ ...text, keptAt }]
    })
  }
}

interface Writer {
  readonly userId: UserId
  readonly keys: PrivateKeys
}

/** Whoever the token was signed for, with their keys, though the session may have timed out. */
async function writerOf({ database, secrets }: AccountsDeps, accessToken: string, now: Temporal.Instant): Promise<Writer | null> {
  try {
    const claims = readAccessToken(secrets.session, accessToken, now, { evenIfExpired: true })
    const session = await database.read((tx) => findSession(tx, claims.sessionId))
    if (session === null || !isOf(session, claims)) return null
    if (Temporal.Instant.compare(now, session.usedAt.add({ hours: graceHours })) > 0) return null
    const keys = openForSession(session.wrappedKeys, claims.sk)
    return samePublicKeys(keys.publicKeys, session.publicKeys) ? { userId: claims.userId, keys } : null
  } catch (error) {
    if (error instanceof Refusal && notVouchedFor.has(error.code)) return null
    throw error
  }
}

const notVouchedFor: ReadonlySet<string> = new Set(['session_required', 'session_invalid', 'record_not_genuine'])

function open(id: string, sealed: Uint8Array, { person, keys }: StaffContext): WrittenText | null {
  const own = { publicKey: keys.publicKeys.box, privateKey: keys.box }
  const opened = openJson(bindingOf(id, person.userId), unpacked(sealed), own, keys.publicKeys.sign)
  const text = opened.genuine ? textShape.safeParse(opened.content) : null
  return text?.success ? text.data : null
}

/** An item of no concern, sealed to its author alone. */
function bindingOf(id: string, userId: UserId): ItemBinding {
  return { concernId: 'kept text', itemId: id, kind: 'kept_text', compartmentId: userId, epoch: 1, version: 1, author: userId }
}

/** The three parts in one column: two lengths of a byte each, sealed key, signature, ciphertext. */
function packed({ itemKey, signature, ciphertext }: SealedItem): Uint8Array {
  return new Uint8Array(Buffer.concat([Uint8Array.of(itemKey.length, signature.length), itemKey, signature, ciphertext]))
}

function unpacked(bytes: Uint8Array): { itemKey: Uint8Array; signature: Uint8Array; ciphertext: Uint8Array } {
  const [keyLength = 0, signatureLength = 0] = bytes
  const rest = bytes.subarray(2)
  const ciphertextAt = keyLength + signatureLength
  return {
    itemKey: rest.subarray(0, keyLength),
    signature: rest.subarray(keyLength, ciphertextAt),
    ciphertext: rest.subarray(ciphertextAt),
  }
}
