import { createHash, createHmac, createPublicKey, verify } from 'node:crypto'
import sodium from 'sodium-native'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../src/kernel/index.ts'
import {
  commitmentHolds,
  commitTo,
  deriveKey,
  fingerprint,
  hashSessionKey,
  keyedHash,
  locateToken,
  newToken,
  openForSession,
  openGrant,
  openItem,
  openUnder,
  openWithPassword,
  openWithToken,
  readToken,
  signStatement,
  tokenGroups,
  verifyStatement,
  type GrantBinding,
  type PrivateKeys,
} from '../../../src/vault/index.ts'
import vectors from '../../vectors/vault.json' with { type: 'json' }

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const base64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const utf8 = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function keysOf(frozen: typeof vectors.keys.guardian): PrivateKeys {
  const publicKeys = { box: hex(frozen.publicBox), sign: hex(frozen.publicSign) }
  return { box: new Secret(hex(frozen.box)), sign: new Secret(hex(frozen.sign)), publicKeys }
}
const bare = (keys: PrivateKeys | null) =>
  keys && {
    box: textOf(keys.box.reveal()),
    sign: textOf(keys.sign.reveal()),
    publicBox: textOf(keys.publicKeys.box),
    publicSign: textOf(keys.publicKeys.sign),
  }

const pepper = hex(vectors.keys.pepper)
const reporter = keysOf(vectors.keys.reporter)
const guardian = keysOf(vectors.keys.guardian)
const compartment = { publicKey: hex(vectors.keys.compartment.publicKey), privateKey: new Secret(hex(vectors.keys.compartment.privateKey)) }
const token = readToken(vectors.token.token)

describe('records made by the first release still open:', () => {
  test('a token, its check symbols and its locator', () => {
    const made = newToken({ bytes: () => hex(vectors.token.chance) })
    expect(made).toBe(vectors.token.token)
    expect(tokenGroups(made)).toEqual(vectors.token.groups)
    expect(textOf(locateToken(pepper, made))).toBe(vectors.token.locator)
  })

  test('a reporter’s keys', () => {
    expect(token.ok && bare(openWithToken(hex(vectors.reporterKeys), token.token, pepper))).toEqual(vectors.keys.reporter)
  })

  test('a person’s keys under their password', async () => {
    const { password, cost, salt, verifier, wrappedKeys } = vectors.password
    const record = { cost, salt: hex(salt), verifier: hex(verifier), wrappedKeys: hex(wrappedKeys) }
    expect(bare(await openWithPassword(record, password, pepper))).toEqual(vectors.keys.guardian)
  })

  test('a session', () => {
    expect(textOf(hashSessionKey(hex(vectors.session.sk)))).toBe(vectors.session.skHash)
    expect(bare(openForSession(hex(vectors.session.wrapped), hex(vectors.session.sk)))).toEqual(vectors.keys.guardian)
  })

  test('a grant', () => {
    const opened = openGrant(vectors.grant.binding as GrantBinding, hex(vectors.grant.sealed), guardian)
    expect(textOf(opened.privateKey.reveal())).toBe(vectors.keys.compartment.privateKey)
    expect(textOf(opened.publicKey)).toBe(vectors.keys.compartment.publicKey)
  })

  test('an item', () => {
    const { binding, content, itemKey, ciphertext, signature } = vectors.item
    const sealed = { itemKey: hex(itemKey), ciphertext: base64(ciphertext), signature: hex(signature) }
    expect(openItem(binding, sealed, compartment, reporter.publicKeys.sign)).toEqual({ genuine: true, content: utf8(content) })
  })

  test('a record under a server key, padded or not', () => {
    const { key, context, content, plain, padded } = vectors.box
    expect(openUnder(hex(key), context, hex(plain))).toEqual(utf8(content))
    expect(openUnder(hex(key), context, base64(padded))).toEqual(utf8(content))
  })

  test('derived keys, keyed hashes and a fingerprint', () => {
    expect(textOf(deriveKey(pepper, hex(vectors.derived.salt), 'receipt'))).toBe(vectors.derived.deriveKey)
    expect(textOf(keyedHash(pepper, 'receipt', 'café'))).toBe(vectors.derived.keyedHash)
    expect(fingerprint(guardian.publicKeys)).toBe(vectors.fingerprint)
  })

  test('a statement and a commitment, byte for byte', () => {
    const { context, text, signature } = vectors.statement
    expect(textOf(signStatement(guardian, context, utf8(text)))).toBe(signature)
    expect(verifyStatement(guardian.publicKeys.sign, context, utf8(text), hex(signature))).toBe(true)
    const { salt, content, commitment } = vectors.commitment
    expect(textOf(commitTo({ bytes: () => hex(salt) }, utf8(content)).commitment)).toBe(commitment)
    expect(commitmentHolds(hex(salt), utf8(content), hex(commitment))).toBe(true)
  })
})

describe('somebody who has only the description can check us without our code:', () => {
  /** PASETO's pre-authentication encoding, written again from its definition. */
  function encoded(...pieces: readonly (string | Uint8Array)[]): Buffer {
    const le64 = (value: number) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64LE(BigInt(value))
      return bytes
    }
    const all = pieces.map((piece) => Buffer.from(piece))
    return Buffer.concat([le64(all.length), ...all.flatMap((piece) => [le64(piece.length), piece])])
  }
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  const holds = (signKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(signKey).toString('base64url') }, format: 'jwk' })
    return signature[0] === 1 && verify(null, message, key, signature.subarray(1))
  }

  test('an author’s signature over an item', () => {
    const { concernId, itemId, kind, compartmentId, epoch, version, author } = vectors.item.binding
    const binding = encoded('forthright item 1', concernId, itemId, kind, compartmentId, String(epoch), String(version), author)
    const message = encoded('forthright item signature 1', binding, sha256(base64(vectors.item.ciphertext)))
    expect(holds(reporter.publicKeys.sign, message, hex(vectors.item.signature))).toBe(true)
  })

  test('a signed statement', () => {
    const message = encoded('forthright statement 1', vectors.statement.context, vectors.statement.text)
    expect(holds(guardian.publicKeys.sign, message, hex(vectors.statement.signature))).toBe(true)
  })

  test('an author who commits to one item key and seals under another is not genuine, though the signature is', () => {
    const { binding, itemKey, ciphertext } = vectors.item
    const { concernId, itemId, kind, compartmentId, epoch, version, author } = binding
    const bound = encoded('forthright item 1', concernId, itemId, kind, compartmentId, String(epoch), String(version), author)
    const resigned = (bytes: Uint8Array<ArrayBuffer>) => {
      const message = encoded('forthright item signature 1', bound, sha256(bytes))
      const signature = Buffer.alloc(64)
      sodium.crypto_sign_detached(signature, message, Buffer.from(reporter.sign.reveal()))
      return openItem(
        binding,
        { itemKey: hex(itemKey), ciphertext: bytes, signature: new Uint8Array([1, ...signature]) },
        compartment,
        reporter.publicKeys.sign,
      )
    }
    const original = base64(ciphertext)
    expect(resigned(original).genuine).toBe(true)
    for (let byte = 1; byte <= 32; byte += 1) expect(resigned(original.with(byte, original[byte]! ^ 1)).genuine).toBe(false)
  })

  test('a commitment and a keyed hash', () => {
    const committed = sha256(encoded('forthright commitment 1', hex(vectors.commitment.salt), vectors.commitment.content))
    expect(committed.toString('hex')).toBe(vectors.commitment.commitment)
    const hashed = createHmac('sha256', pepper)
      .update(encoded('forthright hash 1', 'receipt', 'café'))
      .digest('hex')
    expect(hashed).toBe(vectors.derived.keyedHash)
  })
})
