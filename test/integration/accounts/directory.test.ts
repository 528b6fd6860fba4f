import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  checkSecretsFit,
  createDirectory,
  createEnrolPerson,
  createProposeRecipientSet,
  createSignRecipientSet,
  createStepUp,
  demonstrationPeople,
  seedDemonstration,
  type NewPerson,
} from '../../../src/accounts/index.ts'
import { bodyOf, readBody, type RecipientSet } from '../../../src/accounts/recipient-set.ts'
import { createAuditedTransaction } from '../../../src/audit/index.ts'
import { openPinFile } from '../../../src/config/index.ts'
import { CannotStart, createDatabase, runTransaction } from '../../../src/database/index.ts'
import { newId, Refusal, systemRandom, type Alias, type UserId } from '../../../src/kernel/index.ts'
import {
  createCompartmentKeys,
  createKeys,
  fingerprint,
  openWithPassword,
  signStatement,
  type PrivateKeys,
} from '../../../src/vault/index.ts'
import { answerOf, createWorld, password, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const grace = 'guardian@demo.test'
const daniel = 'deputy@demo.test'
const system = { role: 'system' } as const
const sql = (text: string, values?: unknown[]) => world.fresh.asSuperuser.query(text, values)
const directory = () => createDirectory(world.deps)
const closedBecause = async (reason: string, of = directory()) => {
  world.lines.length = 0
  await expect(of.current()).rejects.toEqual(new Refusal('intake_closed'))
  expect(world.lines).toEqual([['intake_closed', { reason }]])
}

describe('the demonstration', () => {
  test('has its seven people, a set that two guardians signed, and pins that agree', async () => {
    const { version, people, guardiansOf, leads, find, digest } = await directory().current()
    expect(version).toBe(1)
    expect(people.map(({ name }) => name).toSorted()).toEqual(demonstrationPeople.map(({ name }) => name).toSorted())
    expect(guardiansOf(world.groups[0]!).map(({ name, deputy }) => [name, deputy])).toEqual([
      ['Grace Okafor', false],
      ['Daniel Reid', true],
    ])
    expect(guardiansOf(newId(systemRandom))).toEqual([])
    expect([leads('executive_lead')[0]?.name, leads('non_executive_lead')[0]?.name]).toEqual(['Helen Marsh', 'Owen Price'])
    expect(find(people[3]!.id)).toBe(people[3])
    expect(find(newId<UserId>(systemRandom))).toBeUndefined()
    expect(world.deps.pins.read()?.set).toEqual({ version: 1, digest })
    expect(world.lines).toEqual([])
  })

  test('records each person and both signatures, with aliases only', async () => {
    const entries = await world.entries(['person_added', 'recipient_set_signed'])
    expect(entries.map(({ kind, role }) => `${kind} ${role}`).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'person_added system'),
      ...Array.from({ length: 2 }, () => 'recipient_set_signed guardian'),
    ])
    expect(JSON.stringify(entries)).not.toMatch(/Grace|Okafor|demo\.test/)
  })

  test('seeded again, or by two processes at once, is seeded once', async () => {
    expect(await seedDemonstration(world.deps, world.groups)).toBe(false)
    const empty = await createWorld({ seeded: false })
    const other = createDatabase({ connection: empty.fresh.app, maxConnections: 2 })
    try {
      // The slower one has looked and found nobody, and comes to its passwords when the faster one is through
      let faster: Promise<boolean> | undefined
      const slower = seedDemonstration(
        {
          ...empty.deps,
          database: other,
          audited: createAuditedTransaction(other, systemRandom),
          gate: async (work) => {
            faster ??= seedDemonstration(empty.deps, empty.groups)
            await faster
            return work()
          },
        },
        empty.groups,
      )
      expect(await slower).toBe(false)
      expect(await faster).toBe(true)
      expect((await createDirectory(empty.deps).current()).people).toHaveLength(7)
      expect(await answerOf(empty.as(grace))).toBe('done')
    } finally {
      await other.close()
      await empty.close()
    }
  })

  test('that was killed before it committed is seeded by the next start, whatever it had pinned', async () => {
    const empty = await createWorld({ seeded: false })
    try {
      empty.deps.pins.write({ recoveryKey: 'of a run that was killed', guardians: [], set: null })
      expect(await seedDemonstration(empty.deps, empty.groups)).toBe(true)
      expect((await createDirectory(empty.deps).current()).version).toBe(1)
    } finally {
      await empty.close()
    }
  })
})

describe('before anything was signed', () => {
  test('the service is not set up, which is different from closed', async () => {
    const empty = await createWorld({ seeded: false })
    try {
      expect(await answerOf(createDirectory(empty.deps).current())).toBe('not_set_up')
    } finally {
      await empty.close()
    }
  })
})

/** What a superuser of the database can write, with keys of their own. */
const rewrite = async (change: (set: RecipientSet) => RecipientSet) => {
  const { rows } = await sql('select body from recipient_set where version = 1')
  const body = bodyOf(change(readBody(rows[0]['body'])!))
  await world.tamper('update recipient_set set body = $1 where version = 1', [body])
  return body
}
const sign = (keys: PrivateKeys, body: string) => Buffer.from(signStatement(keys, 'recipient set', Buffer.from(body)))

describe('intake closes, loudly and at once, when somebody writes to the database', () => {
  test('and edits the signed set', async () => {
    const open = directory()
    await open.current()
    await rewrite((set) => ({ ...set, people: set.people.map((person) => ({ ...person, roles: ['guardian'] })) }))
    await closedBecause('signature_not_genuine', open)
  })

  test('and swaps a guardian’s key for one of their own', async () => {
    const attacker = createKeys()
    await rewrite((set) => ({
      ...set,
      people: set.people.map((person) => (person.name === 'Daniel Reid' ? { ...person, keys: attacker.publicKeys } : person)),
    }))
    await closedBecause('signature_not_genuine')
  })

  test('and swaps the signatures', async () => {
    const open = directory()
    await open.current()
    await world.tamper(
      'update recipient_set_signature a set signature = b.signature from recipient_set_signature b where a.person_id <> b.person_id',
    )
    await closedBecause('signature_not_genuine', open)
  })

  test('and takes a signature away', async () => {
    await world.tamper('delete from recipient_set_signature where person_id = (select id from person where email = $1)', [daniel])
    await closedBecause('too_few_signatures')
  })

  test('and adds a sock puppet who signs itself in', async () => {
    const open = directory()
    const before = await open.current()
    const keys = createKeys()
    const puppet = {
      ...before.people[0]!,
      id: newId<UserId>(systemRandom),
      alias: newId<Alias>(systemRandom),
      name: 'Sock Puppet',
      roles: ['guardian'] as const,
      keys: keys.publicKeys,
    }
    const body = bodyOf({ version: 2, previous: before.digest, recoveryKey: before.recoveryKey, people: [...before.people, puppet] })
    await world.tamper('insert into recipient_set values (2, $1)', [body])
    await closedBecause('signature_not_genuine', open)
    await world.tamper('insert into recipient_set_signature values (2, $1, $2)', [puppet.id, sign(keys, body)])
    await closedBecause('signature_not_genuine', directory())
  })

  test('and puts a recovery key of their own in its place, even in a set that guardians were made to sign', async () => {
    const body = await rewrite((set) => ({ ...set, recoveryKey: createCompartmentKeys().publicKey }))
    for (const email of [grace, daniel]) {
      const { rows } = await sql('select * from person where email = $1', [email])
      const row = rows[0]
      const record = {
        salt: row['password_salt'],
        cost: { memoryKiB: row['password_memory_kib'], passes: row['password_passes'] },
        verifier: row['password_verifier'],
        wrappedKeys: row['wrapped_keys'],
      }
      const keys = await openWithPassword(record, password, world.deps.secrets.passwordPepper)
      await world.tamper('update recipient_set_signature set signature = $2 where person_id = $1', [row['id'], sign(keys!, body)])
    }
    await closedBecause('pin_mismatch')
  })

  test('and replaces everything, guardians and all', async () => {
    const keys = createKeys()
    const body = await rewrite((set) => ({ ...set, people: [{ ...set.people[0]!, roles: ['guardian'], keys: keys.publicKeys }] }))
    await world.tamper('delete from recipient_set_signature')
    await world.tamper('insert into recipient_set_signature values (1, $1, $2)', [readBody(body)!.people[0]!.id, sign(keys, body)])
    await closedBecause('pin_mismatch')
  })

  test('and deletes the sets', async () => {
    await world.tamper('delete from recipient_set_signature')
    await world.tamper('delete from recipient_set')
    await closedBecause('rolled_back')
  })

  test('and it opens again when the rows are put back, without a restart', async () => {
    const open = directory()
    const { rows } = await sql('select body from recipient_set')
    // Not the pinned guardian, who is first in the list as often as anybody: that would be another fault
    await rewrite((set) => ({ ...set, people: set.people.filter(({ name }) => name !== 'Priya Nair') }))
    await closedBecause('signature_not_genuine', open)
    await world.tamper('update recipient_set set body = $1', [rows[0]['body']])
    expect((await open.current()).version).toBe(1)
  })

  test('but not because the rows of people were changed: what guardians signed is what counts', async () => {
    const before = await directory().current()
    await world.tamper('update person set roles = $1, box_key = $2, name = $3', [['guardian'], createKeys().publicKeys.box, 'Changed'])
    await world.tamper(`insert into person select gen_random_uuid(), gen_random_uuid(), 'puppet@demo.test', 'Sock Puppet', roles, deputy, true, intake_group_ids, box_key,
      sign_key, password_salt, password_memory_kib, password_passes, password_verifier, wrapped_keys, totp_seed, 0, 0, null from person where email = '${grace}'`)
    expect((await directory().current()).people).toEqual(before.people)
  })
})

describe('intake closes when the pins do not agree', () => {
  const pins = () => world.deps.pins.read()!

  test('because they are of another guardian or recovery key', async () => {
    const open = directory()
    await open.current()
    const kept = pins()
    world.deps.pins.write({ ...kept, guardians: [fingerprint(createKeys().publicKeys)] })
    await closedBecause('pin_mismatch', open)
    world.deps.pins.write({ ...kept, recoveryKey: Buffer.from(createCompartmentKeys().publicKey).toString('base64') })
    await closedBecause('pin_mismatch')
    world.deps.pins.write(kept)
    expect((await open.current()).version).toBe(1)
  })

  test('because they are lost, or not whole', async () => {
    const lost = { ...world.deps, pins: { read: () => null, write: () => {} } }
    await closedBecause('not_pinned', createDirectory(lost))
    const broken = {
      ...world.deps,
      pins: {
        read: () => {
          throw new Error('not whole')
        },
        write: () => {},
      },
    }
    await closedBecause('pins_unreadable', createDirectory(broken))
  })

  test('and says so in one line, however many try', async () => {
    const open = createDirectory({ ...world.deps, pins: { read: () => null, write: () => {} } })
    for (let tries = 0; tries < 5; tries += 1) expect(await answerOf(open.current())).toBe('intake_closed')
    expect(world.lines).toHaveLength(1)
  })

  test('but not because the newest set could not be noted in them', async () => {
    const kept = pins()
    const full = {
      read: () => ({ ...kept, set: null }),
      write: () => {
        throw new Error('no space left')
      },
    }
    expect((await createDirectory({ ...world.deps, pins: full }).current()).version).toBe(1)
    expect(world.lines).toEqual([['internal_error', { where: 'pins', kind: 'not_written' }]])
  })
})

describe('a new person', () => {
  const mary: NewPerson = {
    email: 'Mary@demo.test',
    name: 'Mary Lowe',
    roles: ['guardian'],
    deputy: false,
    intakeGroupIds: [],
    password: 'seven purple kettles wander',
  }
  const steppedUp = async (email: string) => {
    const token = await world.signIn(email)
    world.wait({ seconds: 30 })
    await createStepUp(world.deps)(await world.open(token), { otp: world.code() })
    return world.open(token)
  }

  test('gets nobody’s concern until two guardians have signed a set with them in it', async () => {
    const open = directory()
    await open.current()
    const { person } = await createEnrolPerson(world.deps)(system, mary)
    expect((await open.current()).find(person.id)).toBeUndefined()

    const propose = createProposeRecipientSet(world.deps)
    const signSet = createSignRecipientSet(world.deps)
    const first = await steppedUp(grace)
    const proposed = (await propose(first))!
    expect(proposed).toMatchObject({ version: 2, signedBy: [] })
    expect(proposed.people.find(({ id }) => id === person.id)?.fingerprint).toBe(fingerprint(person.publicKeys))
    expect(await signSet(first, proposed)).toEqual({ version: 2, inForce: false })
    expect((await open.current()).version).toBe(1)
    expect(await answerOf(signSet(first, proposed))).toBe('invalid_input')

    const second = await steppedUp(daniel)
    expect((await propose(second))?.signedBy).toEqual([first.person.userId])
    expect(await signSet(second, proposed)).toEqual({ version: 2, inForce: true })
    expect((await open.current()).find(person.id)?.name).toBe('Mary Lowe')
    expect(await propose(second)).toBeNull()
    expect(world.deps.pins.read()?.set).toMatchObject({ version: 2 })
    const said = { version: 2, digest: proposed.digest, people: 8 }
    expect((await world.entries(['recipient_set_signed'])).slice(2)).toEqual([
      { kind: 'recipient_set_signed', role: 'guardian', fields: { ...said, inForce: false, rights: [] } },
      // What anybody can tell from the log: Mary is a guardian from now on
      { kind: 'recipient_set_signed', role: 'guardian', fields: { ...said, inForce: true, rights: [`${person.alias} guardian`] } },
    ])
  })

  test('a set that changed while it was looked at is not signed, and the older proposal is dropped', async () => {
    const enrol = createEnrolPerson(world.deps)
    await enrol(system, mary)
    const ctx = await steppedUp(grace)
    const signSet = createSignRecipientSet(world.deps)
    const looked = (await createProposeRecipientSet(world.deps)(ctx))!
    await signSet(ctx, looked)
    await enrol(system, { ...mary, email: 'joe@demo.test', name: 'Joe' })
    const other = await steppedUp(daniel)
    expect(await answerOf(signSet(other, looked))).toBe('invalid_input')
    const now = (await createProposeRecipientSet(world.deps)(other))!
    expect(now).toMatchObject({ version: 3, signedBy: [] })
    await signSet(other, now)
    expect((await directory().current()).version).toBe(1)
    expect(await signSet(await steppedUp(grace), now)).toEqual({ version: 3, inForce: true })
    expect((await directory().current()).people).toHaveLength(9)
  })

  test('is not signed in by anybody but a guardian who has just shown a second factor', async () => {
    await createEnrolPerson(world.deps)(system, mary)
    const { digest } = (await createProposeRecipientSet(world.deps)(await world.as(grace)))!
    const signSet = createSignRecipientSet(world.deps)
    expect(await answerOf(signSet(await world.as(grace), { digest }))).toBe('step_up_required')
    for (const email of ['admin@demo.test', 'auditor@demo.test', 'executive@demo.test']) {
      const ctx = await steppedUp(email)
      expect(await answerOf(signSet(ctx, { digest }))).toBe('permission_denied')
      const isAdministrator = email.startsWith('admin') // who may sign that somebody leaves, and is shown nothing else
      const proposal = createProposeRecipientSet(world.deps)(ctx)
      if (isAdministrator) expect(await proposal).toBeNull()
      else expect(await answerOf(proposal)).toBe('permission_denied')
    }
  })

  test('is not added over tampered rows: nobody signs on top of a broken chain', async () => {
    const ctx = await steppedUp(grace)
    await createEnrolPerson(world.deps)(system, mary)
    const { digest } = (await createProposeRecipientSet(world.deps)(ctx))!
    await rewrite((set) => ({ ...set, people: set.people.slice(1) }))
    expect(await answerOf(createSignRecipientSet(world.deps)(ctx, { digest }))).toBe('intake_closed')
  })

  test('needs a password of their own, roles that may go together and an address nobody has', async () => {
    const enrol = createEnrolPerson(world.deps)
    const codes = async (change: Partial<NewPerson>) => {
      const refused = await enrol(system, { ...mary, ...change }).catch((error: unknown) => error as Refusal)
      return refused instanceof Refusal ? refused.faults.map(({ pointer, code }) => `${pointer} ${code}`) : []
    }
    expect(await codes({ password: 'fourteen chars' })).toEqual(['/password too_short'])
    expect(await codes({ password: 'passwordpassword' })).toEqual(['/password too_common'])
    expect(await codes({ roles: ['administrator', 'guardian'] })).toEqual(['/roles roles_apart'])
    expect(await codes({ roles: ['auditor', 'guardian'] })).toEqual(['/roles roles_apart'])
    expect(await codes({ roles: [] })).toEqual(['/roles roles_missing'])
    expect(await codes({ email: ' GUARDIAN@demo.test' })).toEqual(['/email email_taken'])
    expect((await sql('select count(*) from person')).rows[0]['count']).toBe('7')
  })

  test('cannot be written by the service without an entry in the log', async () => {
    const rename = runTransaction(world.deps.database, (tx) => tx.$executeRaw`update person set name = 'x'`)
    await expect(rename).rejects.toThrow(/changed without an entry/)
    const { person } = await createEnrolPerson(world.deps)(system, mary)
    expect((await world.entries(['person_added'])).at(-1)?.fields).toEqual({
      person: person.alias,
      roles: ['guardian'],
      fingerprint: fingerprint(person.publicKeys),
      signKey: Buffer.from(person.publicKeys.sign).toString('base64'),
      who: expect.stringMatching(/^[\w-]{43}$/) as string,
    })
  })
})

describe('starting', () => {
  test('with other secrets than the database was filled with is refused, in words the operator can act on', async () => {
    await checkSecretsFit(world.deps)
    const others = { ...world.deps, secrets: { ...world.deps.secrets, totpKey: systemRandom.bytes(32) } }
    await expect(checkSecretsFit(others)).rejects.toThrow(CannotStart)
    await expect(checkSecretsFit(others)).rejects.toThrow(/Put the right ones back/)
  })

  test('with new secrets on a database that has nobody yet is fine', async () => {
    const empty = await createWorld({ seeded: false })
    try {
      await expect(checkSecretsFit(empty.deps)).resolves.toBeUndefined()
    } finally {
      await empty.close()
    }
  })
})

describe('pins on disk', () => {
  test('lost from the folder close intake at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forthright-pins-'))
    const pins = openPinFile(folder)
    pins.write(world.deps.pins.read()!)
    const open = createDirectory({ ...world.deps, pins })
    await open.current()
    writeFileSync(join(folder, 'pins.json'), '{', { mode: 0o600 })
    await closedBecause('pins_unreadable', open)
    rmSync(join(folder, 'pins.json'))
    await closedBecause('not_pinned', open)
    rmSync(folder, { recursive: true })
  })
})
