import { describe, expect, test } from 'vitest'
import type { Pins } from '../../../src/accounts/dependencies.ts'
import { base64, bodyOf, digestOf, readBody, type DirectoryPerson, type RecipientSet } from '../../../src/accounts/recipient-set.ts'
import { judgeSets, recoverySigner, recoveryStatementContext, statementContext, type StoredSet } from '../../../src/accounts/trust.ts'
import { newId, systemRandom, type Alias, type IntakeGroupId, type Role, type UserId } from '../../../src/kernel/index.ts'
import { createCompartmentKeys, createKeys, fingerprint, signStatement, type PrivateKeys } from '../../../src/vault/index.ts'

interface Member {
  readonly person: DirectoryPerson
  readonly keys: PrivateKeys
}

const group = newId<IntakeGroupId>(systemRandom)
const member = (name: string, ...roles: Role[]): Member => {
  const keys = createKeys()
  const person = {
    id: newId<UserId>(systemRandom),
    alias: newId<Alias>(systemRandom),
    name,
    roles,
    deputy: false,
    intakeGroupIds: [group],
    keys: keys.publicKeys,
  }
  return { person, keys }
}

const grace = member('Grace', 'guardian')
const daniel = member('Daniel', 'guardian')
const mary = member('Mary', 'guardian')
const priya = member('Priya', 'investigator')
const puppet = member('Sock Puppet', 'guardian')
const recoveryKey = createCompartmentKeys().publicKey
const pins: Pins = { recoveryKey: base64(recoveryKey), guardians: [fingerprint(grace.keys.publicKeys)], set: null }

const setOf = (version: number, before: StoredSet | null, members: readonly Member[], key: Uint8Array = recoveryKey): RecipientSet => ({
  version,
  previous: before === null ? null : digestOf(before.body),
  recoveryKey: key,
  people: members.map(({ person }) => person),
})
const signature = (body: string, { keys }: Member) => signStatement(keys, statementContext, Buffer.from(body))
const signed = (set: RecipientSet, ...signers: Member[]): StoredSet => {
  const body = bodyOf(set)
  return {
    version: set.version,
    body,
    signatures: signers.map((signer) => ({ personId: signer.person.id, signature: signature(body, signer) })),
  }
}
const outcome = (stored: readonly StoredSet[], withPins: Pins | null = pins): string => {
  const trust = judgeSets(stored, withPins)
  return trust.ok ? `version ${trust.inForce.set.version}${trust.pending ? `, ${trust.pending.set.version} pending` : ''}` : trust.fault
}

const first = signed(setOf(1, null, [grace, daniel, priya]), grace, daniel)

describe('a set is in force', () => {
  test('when its first guardian is pinned and the second has signed as well', () => {
    expect(outcome([first])).toBe('version 1')
  })

  test('with one signature while there is one guardian', () => {
    expect(outcome([signed(setOf(1, null, [grace, priya]), grace)])).toBe('version 1')
  })

  test('when the guardian of the set before and the new one signed it', () => {
    const alone = signed(setOf(1, null, [grace]), grace)
    expect(outcome([alone, signed(setOf(2, alone, [grace, daniel]), grace, daniel)])).toBe('version 2')
  })

  test('through many sets, each signed by two guardians of the one before', () => {
    const second = signed(setOf(2, first, [grace, daniel, mary]), grace, daniel)
    const third = signed(setOf(3, second, [daniel, mary, priya]), grace, mary)
    expect(outcome([first, second, third])).toBe('version 3')
  })

  test('while a newer one waits for its second signature, and beside a proposal that was dropped', () => {
    const waiting = signed(setOf(2, first, [grace, daniel, mary]), grace)
    expect(outcome([first, waiting])).toBe('version 1, 2 pending')
    const instead = signed(setOf(3, first, [grace, daniel]), daniel)
    expect(outcome([first, waiting, instead])).toBe('version 1, 3 pending')
    expect(outcome([first, waiting, signed(setOf(3, first, [grace, daniel]), daniel, grace)])).toBe('version 3')
  })
})

describe('where no guardian is left who could sign,', () => {
  const recovery = createKeys()
  const withRecovery: Pins = { ...pins, recoverySignKey: base64(recovery.publicKeys.sign) }
  const signedBy = (keys: PrivateKeys, set: RecipientSet, context = recoveryStatementContext): StoredSet => {
    const body = bodyOf(set)
    return {
      version: set.version,
      body,
      signatures: [{ personId: recoverySigner, signature: signStatement(keys, context, Buffer.from(body)) }],
    }
  }
  const again = member('Grace', 'guardian')
  const anew = setOf(2, first, [{ ...again, person: { ...again.person, id: grace.person.id } }, daniel])

  test('the recovery key signs for them, and from there on they sign again', () => {
    const second = signedBy(recovery, anew)
    expect(outcome([first, second], withRecovery)).toBe('version 2')
    const renewed = { person: anew.people[0]!, keys: again.keys }
    const third = signed(setOf(3, second, [renewed, daniel, mary]), renewed, daniel)
    expect(outcome([first, second, third], withRecovery)).toBe('version 3')
  })

  test('no other key does, nor one that nobody pinned, nor a signature made for something else', () => {
    expect(outcome([first, signedBy(createKeys(), anew)], withRecovery)).toBe('signature_not_genuine')
    expect(outcome([first, signedBy(recovery, anew)], pins)).toBe('signature_not_genuine')
    expect(outcome([first, signedBy(recovery, anew, statementContext)], withRecovery)).toBe('signature_not_genuine')
    const other = signedBy(recovery, setOf(2, first, [daniel]))
    expect(outcome([first, { ...other, body: bodyOf(anew) }], withRecovery)).toBe('signature_not_genuine')
  })

  test('it never makes the very first list, whose guardian is pinned', () => {
    expect(outcome([signedBy(recovery, setOf(1, null, [grace, daniel]))], withRecovery)).toBe('signature_not_genuine')
  })

  test('keys somebody had before are remembered with those they have now', () => {
    const trust = judgeSets([first, signedBy(recovery, anew)], withRecovery)
    expect(trust.ok && trust.history.map(({ set }) => set.version)).toEqual([1, 2])
  })
})

describe('one of two guardians alone changes nothing', () => {
  test('by signing in a sock puppet that countersigns', () => {
    expect(outcome([first, signed(setOf(2, first, [grace, daniel, puppet]), grace, puppet)])).toBe('version 1, 2 pending')
    expect(outcome([first, signed(setOf(2, first, [grace, puppet, mary]), grace, puppet, mary)])).toBe('version 1, 2 pending')
  })

  test('by leaving the other out', () => {
    expect(outcome([first, signed(setOf(2, first, [grace]), grace)])).toBe('version 1, 2 pending')
    expect(outcome([first, signed(setOf(2, first, [grace]), grace, daniel)])).toBe('version 2')
  })
})

describe('a second guardian, and taking one out', () => {
  const sam = member('Sam', 'administrator')
  const alone = signed(setOf(1, null, [grace, sam]), grace)
  const both = signed(setOf(2, alone, [grace, daniel, sam]), grace)

  test('the second is in when the only one before has signed', () => {
    expect(outcome([alone, both])).toBe('version 2')
  })

  test('one of two is out when the other and an administrator have signed, and nothing else is changed', () => {
    expect(outcome([alone, both, signed(setOf(3, both, [grace, sam]), grace, sam)])).toBe('version 3')
    expect(outcome([alone, both, signed(setOf(3, both, [grace, sam]), sam)])).toBe('version 2, 3 pending')
    expect(outcome([alone, both, signed(setOf(3, both, [grace, sam]), grace)])).toBe('version 2, 3 pending')
  })

  test('an administrator’s name is worth nothing under a list that adds or changes somebody, or leaves the administrator out', () => {
    const other = member('Olga', 'administrator')
    const wider = { person: { ...sam.person, intakeGroupIds: [] }, keys: sam.keys }
    for (const [people, signers] of [
      [
        [grace, sam, puppet],
        [grace, sam],
      ],
      [
        [grace, daniel, sam, puppet],
        [grace, sam],
      ],
      [
        [grace, wider],
        [grace, sam],
      ],
      [[grace], [grace, sam]],
      [
        [grace, other],
        [grace, other],
      ],
    ] as const)
      expect(outcome([alone, both, signed(setOf(3, both, people), ...signers)])).toBe('signature_not_genuine')
  })

  test('two administrators do not stand for a guardian', () => {
    const olga = member('Olga', 'administrator')
    const first = signed(setOf(1, null, [grace, daniel, sam, olga]), grace, daniel)
    expect(outcome([first, signed(setOf(2, first, [grace, sam, olga]), sam, olga)])).toBe('version 1, 2 pending')
  })
})

describe('nothing is in force, and the log says why,', () => {
  const second = signed(setOf(2, first, [grace, daniel, mary]), grace, daniel)
  const withBody = (row: StoredSet, change: (set: RecipientSet) => RecipientSet): StoredSet => ({
    ...row,
    body: bodyOf(change(readBody(row.body)!)),
  })
  const withPuppet = setOf(2, first, [grace, daniel, puppet])
  const swappedKeys = { ...priya.person, keys: puppet.keys.publicKeys }
  const mallory = { person: { ...grace.person, keys: puppet.keys.publicKeys }, keys: puppet.keys }

  const cases: [string, readonly StoredSet[], string][] = [
    [
      'when a name, role or key in the set was edited',
      [
        withBody(first, (set) => ({
          ...set,
          people: set.people.map((person) => (person.id === priya.person.id ? { ...person, roles: ['guardian'] } : person)),
        })),
      ],
      'signature_not_genuine',
    ],
    [
      'when somebody’s keys were swapped for others',
      [withBody(first, (set) => ({ ...set, people: [grace.person, daniel.person, swappedKeys] }))],
      'signature_not_genuine',
    ],
    [
      'when a sock puppet was added to a signed set',
      [withBody(first, (set) => ({ ...set, people: [...set.people, puppet.person] }))],
      'signature_not_genuine',
    ],
    ['when a sock puppet signs itself in as a guardian', [first, signed(withPuppet, puppet)], 'signature_not_genuine'],
    ['when two sock puppets sign for one another', [first, signed(setOf(2, first, [puppet, mary]), puppet, mary)], 'signature_not_genuine'],
    [
      'when somebody signs in a guardian’s name with keys of their own',
      [first, { ...signed(withPuppet, mallory, daniel) }],
      'signature_not_genuine',
    ],
    ['when the first set swaps the pinned guardian’s keys', [signed(setOf(1, null, [mallory, daniel]), mallory, daniel)], 'pin_mismatch'],
    [
      'when signatures were swapped between the two',
      [
        {
          ...first,
          signatures: first.signatures.map(({ personId }, at) => ({ personId, signature: first.signatures[1 - at]!.signature })),
        },
      ],
      'signature_not_genuine',
    ],
    ['when a signature comes from another set', [first, { ...second, signatures: first.signatures }], 'signature_not_genuine'],
    [
      'when a signature was made for something else',
      [
        {
          ...first,
          signatures: first.signatures.map(({ personId }, at) => ({
            personId,
            signature: signStatement([grace, daniel][at]!.keys, 'approval', Buffer.from(first.body)),
          })),
        },
      ],
      'signature_not_genuine',
    ],
    [
      'when an investigator signed',
      [{ ...first, signatures: [...first.signatures, { personId: priya.person.id, signature: signature(first.body, priya) }] }],
      'signature_not_genuine',
    ],
    [
      'when one guardian’s signature is there twice',
      [{ ...first, signatures: [first.signatures[0]!, first.signatures[0]!] }],
      'signature_not_genuine',
    ],
    ['when nobody signed the newest', [first, signed(setOf(2, first, [grace, daniel, mary]))], 'signature_not_genuine'],
    ['when only one of two guardians ever signed', [signed(setOf(1, null, [grace, daniel]), grace)], 'too_few_signatures'],
    [
      'when only guardians who are not pinned signed the first',
      [signed(setOf(1, null, [grace, daniel, mary]), daniel, mary)],
      'signature_not_genuine',
    ],
    ['when the pinned guardian is not in the first set', [signed(setOf(1, null, [puppet, mary]), puppet, mary)], 'pin_mismatch'],
    [
      'when the recovery key is another',
      [signed(setOf(1, null, [grace, daniel], createCompartmentKeys().publicKey), grace, daniel)],
      'pin_mismatch',
    ],
    ['when a set in between was taken out', [first, { ...signed(setOf(3, second, [grace, mary]), grace, daniel) }], 'order_broken'],
    ['when a set does not follow the one before', [first, signed(setOf(2, null, [grace, daniel]), grace, daniel)], 'order_broken'],
    ['when a row says another version than its body', [{ ...first, version: 2 }], 'body_not_genuine'],
    ['when a body is no set', [{ ...first, body: '{}' }], 'body_not_genuine'],
    ['when a body says the same in another text', [{ ...first, body: ` ${first.body}` }], 'body_not_genuine'],
    ['when all sets were deleted', [], 'rolled_back'],
  ]
  test.each(cases)('%s', (_, stored, fault) => {
    expect(outcome(stored)).toBe(fault)
  })

  test('when there are no pins, which is different from there being nothing at all', () => {
    expect(outcome([first], null)).toBe('not_pinned')
    expect(outcome([], null)).toBe('nothing_signed')
  })

  test('when the recovery key or guardian that is pinned is another', () => {
    expect(outcome([first], { ...pins, recoveryKey: base64(createCompartmentKeys().publicKey) })).toBe('pin_mismatch')
    expect(outcome([first], { ...pins, guardians: [fingerprint(mary.keys.publicKeys)] })).toBe('pin_mismatch')
  })

  test('when a set that was seen is gone, or is another now: a guardian who left must not be put back', () => {
    const seen = { ...pins, set: { version: 2, digest: digestOf(second.body) } }
    expect(outcome([first, second], seen)).toBe('version 2')
    expect(outcome([first], seen)).toBe('rolled_back')
    const other = signed(setOf(2, first, [grace, daniel]), grace, daniel)
    expect(outcome([first, other], seen)).toBe('rolled_back')
    expect(outcome([first, { ...second, signatures: second.signatures.slice(1) }], seen)).toBe('rolled_back')
  })
})
