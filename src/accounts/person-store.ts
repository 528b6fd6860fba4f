import { instantFromColumn, instantToColumn, type Alias, type IntakeGroupId, type Role, type UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { PasswordRecord } from '../vault/index.ts'
import type { Person, Rights } from './person.ts'

/** A person's own copy of bytes: the driver hands out views of its buffers. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

type Row = NonNullable<Awaited<ReturnType<Tx['person']['findUnique']>>>

function fromRow(row: Row): Person {
  const password: PasswordRecord = {
    salt: own(row.passwordSalt),
    cost: { memoryKiB: row.passwordMemoryKib, passes: row.passwordPasses },
    verifier: own(row.passwordVerifier),
    wrappedKeys: own(row.wrappedKeys),
  }
  return {
    id: row.id as UserId,
    alias: row.alias as Alias,
    email: row.email,
    name: row.name,
    roles: row.roles as Role[],
    deputy: row.deputy,
    intakeGroupIds: row.intakeGroupIds as IntakeGroupId[],
    publicKeys: { box: own(row.boxKey), sign: own(row.signKey) },
    password,
    totpSeed: own(row.totpSeed),
    recoveryWrapped: row.recoveryWrapped && own(row.recoveryWrapped),
    next: nextIn(row),
    formerly: row.formerly as UserId[],
  }
}

function nextIn({ nextRoles, nextDeputy, nextIntakeGroupIds }: Row): Rights | null {
  if (nextRoles.length === 0) return null
  return { roles: nextRoles as Role[], deputy: nextDeputy, intakeGroupIds: nextIntakeGroupIds as IntakeGroupId[] }
}

/** Only people who still work here. `email` is normalised. */
export async function findPersonByEmail(tx: Tx, email: string): Promise<Person | null> {
  const row = await tx.person.findUnique({ where: { email, active: true } })
  return row && fromRow(row)
}

export async function readPeople(tx: Tx): Promise<Person[]> {
  const rows = await tx.person.findMany({ where: { active: true }, orderBy: { id: 'asc' } })
  return rows.map(fromRow)
}

/** A person as administrators know them, whether or not they may still come in. */
export interface ListedPerson extends Person {
  readonly active: boolean
  readonly countersignedAt: Temporal.Instant | null
}

const listed = (row: Row): ListedPerson => ({
  ...fromRow(row),
  active: row.active,
  countersignedAt: row.countersignedAt && instantFromColumn(row.countersignedAt),
})

/** Their address was freed for the same human being under a new id (`releaseEmail`). */
export const isReplaced = ({ email }: Pick<ListedPerson, 'email'>): boolean => email.startsWith('replaced ')

export async function readEverybody(tx: Tx): Promise<ListedPerson[]> {
  return (await tx.person.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(listed)
}

export async function findListed(tx: Tx, id: UserId): Promise<ListedPerson | null> {
  const row = await tx.person.findUnique({ where: { id } })
  return row && listed(row)
}

/** Rights that wait, as columns. */
export function nextColumns(next: Rights | null) {
  return {
    nextRoles: [...(next?.roles ?? [])],
    nextDeputy: next?.deputy ?? false,
    nextIntakeGroupIds: [...(next?.intakeGroupIds ?? [])],
  }
}

export async function insertPerson(tx: Tx, person: Person): Promise<void> {
  const { publicKeys, password, next, ...rest } = person
  await tx.person.create({
    data: {
      ...rest,
      ...nextColumns(next),
      formerly: [...person.formerly],
      recoveryWrapped: person.recoveryWrapped && own(person.recoveryWrapped),
      roles: [...person.roles],
      intakeGroupIds: [...person.intakeGroupIds],
      active: true,
      boxKey: publicKeys.box,
      signKey: publicKeys.sign,
      passwordSalt: password.salt,
      passwordMemoryKib: password.cost.memoryKiB,
      passwordPasses: password.cost.passes,
      passwordVerifier: password.verifier,
      wrappedKeys: password.wrappedKeys,
      totpSeed: own(person.totpSeed),
      totpLastStep: 0,
      failedAttempts: 0,
      retryAt: null,
    },
  })
}

/** The seed, for whoever is signed in: null where the person was removed meanwhile. */
export async function readTotpSeed(tx: Tx, id: UserId): Promise<Uint8Array | null> {
  const row = await tx.person.findUnique({ where: { id, active: true }, select: { totpSeed: true } })
  return row && own(row.totpSeed)
}

/**
 * Uses up a step of the second factor and forgets earlier wrong codes, in one statement: of two parallel uses of one code one wins.
 * False where the step, or a later one, was used before, or where wrong codes hold the account at this moment.
 */
export async function spendStep(tx: Tx, id: UserId, step: number, now: Temporal.Instant): Promise<boolean> {
  const spent = await tx.$executeRaw`
    update person set totp_last_step = ${step}, failed_attempts = 0, retry_at = null
    where id = ${id}::uuid and active and totp_last_step < ${step} and (retry_at is null or retry_at <= ${instantToColumn(now)})`
  return spent === 1
}

/** Counts a wrong code, and from the `free`th on holds the account: a minute, doubled each time, up to `longest` seconds. Does nothing while it is held. */
export async function countWrongCode(tx: Tx, id: UserId, now: Temporal.Instant, free: number, longest: number): Promise<void> {
  const at = instantToColumn(now)
  await tx.$executeRaw`
    update person set failed_attempts = failed_attempts + 1,
      retry_at = case when failed_attempts + 1 < ${free}::int then null
        else ${at}::timestamptz + least(${longest}::float8, 60 * power(2, least(failed_attempts + 1 - ${free}::int, 20))) * interval '1 second' end
    where id = ${id}::uuid and (retry_at is null or retry_at <= ${at})`
}

/** Seconds until a held account is free, rounded up; 0 where it is not held. */
export async function secondsHeld(tx: Tx, id: UserId, now: Temporal.Instant): Promise<number> {
  const row = await tx.person.findUnique({ where: { id }, select: { retryAt: true } })
  const left = row?.retryAt ? row.retryAt.getTime() - now.epochMilliseconds : 0
  return Math.max(0, Math.ceil(left / 1000))
}
