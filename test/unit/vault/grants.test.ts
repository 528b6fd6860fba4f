import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import {
  createCompartmentKeys,
  createKeys,
  openGrant,
  sealGrant,
  type CompartmentKind,
  type GrantBinding,
} from '../../../src/vault/index.ts'

const guardian = createKeys()
const colleague = createKeys()
const compartment = createCompartmentKeys()
const binding: GrantBinding = { concernId: randomUUID(), compartmentId: randomUUID(), kind: 'shared', epoch: 1, holder: randomUUID() }
const sealed = sealGrant(binding, compartment, guardian.publicKeys.box)
const notGenuine = expect.objectContaining({ code: 'record_not_genuine' })

describe('a grant', () => {
  test('gives its holder the compartment’s keys', () => {
    const opened = openGrant(binding, sealed, guardian)
    expect(opened.publicKey).toEqual(compartment.publicKey)
    expect(opened.privateKey.reveal()).toEqual(compartment.privateKey.reveal())
  })

  test('has the same size whoever holds it and whatever it opens', () => {
    const kinds: CompartmentKind[] = ['shared', 'internal', 'investigation', 'identity', 'decision']
    const sizes = kinds.flatMap((kind) => [
      sealGrant({ ...binding, kind, holder: 'reporter' }, compartment, colleague.publicKeys.box).length,
      sealGrant({ ...binding, kind, epoch: 4_000 }, compartment, guardian.publicKeys.box).length,
    ])
    expect(new Set(sizes)).toEqual(new Set([113]))
  })

  test('opens for nobody else', () => {
    expect(() => openGrant(binding, sealed, colleague)).toThrow(notGenuine)
  })

  test.each<Partial<GrantBinding>>([
    { concernId: randomUUID() },
    { compartmentId: randomUUID() },
    { kind: 'identity' },
    { epoch: 2 },
    { holder: randomUUID() },
    { holder: 'reporter' },
    { concernId: binding.compartmentId, compartmentId: binding.concernId },
    { concernId: '', compartmentId: binding.concernId + binding.compartmentId },
  ])('moved to %o is refused', (changes) => {
    expect(() => openGrant({ ...binding, ...changes }, sealed, guardian)).toThrow(notGenuine)
  })

  test('swapped with another grant of the same holder is refused, both ways', () => {
    const other = { ...binding, compartmentId: randomUUID(), kind: 'internal' as const }
    const otherSealed = sealGrant(other, createCompartmentKeys(), guardian.publicKeys.box)
    expect(() => openGrant(binding, otherSealed, guardian)).toThrow(notGenuine)
    expect(() => openGrant(other, sealed, guardian)).toThrow(notGenuine)
  })

  test('with any bit flipped, cut short, lengthened or replaced is refused', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const copy = new Uint8Array(sealed)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openGrant(binding, copy, guardian)).toThrow(notGenuine)
    }
    for (const other of [new Uint8Array(0), Uint8Array.of(1), sealed.slice(0, -1), new Uint8Array([...sealed, 0]), systemRandom.bytes(113)])
      expect(() => openGrant(binding, other, guardian)).toThrow(notGenuine)
  })

  test('made by a stranger opens, but with keys that are not the compartment’s: its public key gives it away', () => {
    const forged = sealGrant(binding, createCompartmentKeys(), guardian.publicKeys.box)
    expect(openGrant(binding, forged, guardian).publicKey).not.toEqual(compartment.publicKey)
  })

  test('cannot be sealed to something that is no key', () => {
    expect(() => sealGrant(binding, compartment, new Uint8Array(31))).toThrow(RangeError)
    expect(() => sealGrant(binding, compartment, new Uint8Array(32))).toThrow()
  })
})
