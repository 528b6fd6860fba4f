import { z } from 'zod'
import { Refusal, Secret, type Random } from '../../kernel/index.ts'
import { createKeys, deriveKey, keyedHash, openUnder, sealUnder, type PrivateKeys } from '../../vault/index.ts'

/** What a link shows, and the key that its answer is signed with: nobody but its holder can open or use them. */
export interface LinkContent {
  readonly wording: string
  readonly dueOn: string
  readonly keys: PrivateKeys
}

const secretShape = /^[\w-]{43}$/
const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64')
const content = z.object({ wording: z.string(), dueOn: z.string(), box: bytes, sign: bytes, publicBox: bytes, publicSign: bytes })

export function newLinkSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** What the row keeps of a link's secret: without the server's key it says nothing about it. Refusal `task_link_not_recognised`. */
export function hashLinkSecret(pepper: Uint8Array, secret: string): Uint8Array {
  if (!secretShape.test(secret)) throw new Refusal('task_link_not_recognised')
  return keyedHash(pepper, 'task link', secret)
}

export function sealLink(secret: string, id: string, said: { readonly wording: string; readonly dueOn: string }) {
  const keys = createKeys()
  const held: z.input<typeof content> = {
    ...said,
    box: base64(keys.box.reveal()),
    sign: base64(keys.sign.reveal()),
    publicBox: base64(keys.publicKeys.box),
    publicSign: base64(keys.publicKeys.sign),
  }
  const sealed = sealUnder(keyOf(secret), contextOf(id), new TextEncoder().encode(JSON.stringify(held)), { padded: true })
  return { sealed, signKey: Buffer.from(keys.publicKeys.sign).toString('hex') }
}

/** Refusal `record_not_genuine` where the row is not what was made with this secret. */
export function openLink(secret: string, id: string, sealed: Uint8Array): LinkContent {
  const opened = openUnder(keyOf(secret), contextOf(id), sealed)
  if (opened === null) throw new Refusal('record_not_genuine')
  const { wording, dueOn, box, sign, publicBox, publicSign } = content.parse(JSON.parse(new TextDecoder().decode(opened)))
  const publicKeys = { box: publicBox, sign: publicSign }
  return { wording, dueOn, keys: { box: new Secret<Uint8Array>(box), sign: new Secret<Uint8Array>(sign), publicKeys } }
}

const keyOf = (secret: string) => deriveKey(Buffer.from(secret, 'base64url'), new Uint8Array(0), 'task link')
const contextOf = (id: string) => `task link|${id}`
