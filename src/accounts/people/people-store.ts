import { instantToColumn, type UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { PasswordRecord } from '../../vault/index.ts'
import type { Rights } from '../person.ts'
import { nextColumns, readPeople } from '../person-store.ts'
import type { RecipientSet } from '../recipient-set.ts'

/** The rights of a set that has come into force hold from now on, and what was asked for beyond them goes on waiting. */
export async function putInForce(tx: Tx, { people }: RecipientSet, now: Temporal.Instant): Promise<void> {
  const signed = new Map(people.map((person) => [person.id, person]))
  for (const { id, next } of await readPeople(tx)) {
    const rights = signed.get(id)
    if (rights === undefined) continue
    const granted = next !== null && sameRights(next, rights)
    await tx.person.update({
      where: { id },
      data: { countersignedAt: instantToColumn(now), ...(granted && { ...columns(next), ...nextColumns(null) }) },
    })
  }
}

/** Sends a person away or lets them come back. False where they are so already. */
export async function setActive(tx: Tx, id: UserId, active: boolean): Promise<boolean> {
  return (await tx.person.updateMany({ where: { id, active: !active }, data: { active } })).count === 1
}

/** Rights that wait for guardians' signatures; null takes a request back. */
export async function askForRights(tx: Tx, id: UserId, next: Rights | null): Promise<void> {
  await tx.person.update({ where: { id }, data: nextColumns(next) })
}

/** Frees the address of somebody who is enrolled anew under another id. What stands in its place is no address anybody could sign in with. */
export async function releaseEmail(tx: Tx, id: UserId): Promise<void> {
  await tx.person.update({ where: { id }, data: { active: false, email: `replaced ${id}` } })
}

export async function setPassword(tx: Tx, id: UserId, password: PasswordRecord): Promise<void> {
  await tx.person.update({
    where: { id },
    data: {
      passwordSalt: password.salt,
      passwordMemoryKib: password.cost.memoryKiB,
      passwordPasses: password.cost.passes,
      passwordVerifier: password.verifier,
      wrappedKeys: password.wrappedKeys,
    },
  })
}

/** The intake groups that people can be of. */
export async function readGroupIds(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set((await tx.intakeGroup.findMany({ select: { id: true } })).map(({ id }) => id))
}

/** In place of an earlier code, which opens nothing any more. */
export async function setRecoveryWrap(tx: Tx, id: UserId, wrapped: Uint8Array): Promise<void> {
  await tx.person.update({ where: { id }, data: { recoveryWrapped: new Uint8Array(wrapped) } })
}

/** Uses up exactly this code. False where it was used or replaced meanwhile, or its owner is gone: of two uses at one moment one wins. */
export async function useUpRecoveryWrap(tx: Tx, id: UserId, wrapped: Uint8Array): Promise<boolean> {
  const where = { id, active: true, recoveryWrapped: new Uint8Array(wrapped) }
  return (await tx.person.updateMany({ where, data: { recoveryWrapped: null } })).count === 1
}

/** A new seed, of which the step that confirmed it is used up. Earlier wrong codes are forgotten. */
export async function setTotpSeed(tx: Tx, id: UserId, sealed: Uint8Array, step: number): Promise<void> {
  await tx.person.update({
    where: { id },
    data: { totpSeed: new Uint8Array(sealed), totpLastStep: step, failedAttempts: 0, retryAt: null },
  })
}

/** Ends a person's sessions, but for the one named. Answers how many there were. */
export async function endSessionsOf(tx: Tx, personId: UserId, except: string | null = null): Promise<number> {
  const rest = except === null ? {} : { id: { not: except } }
  return (await tx.staffSession.deleteMany({ where: { personId, ...rest } })).count
}

export async function countSessions(tx: Tx, personId: UserId, now: Temporal.Instant): Promise<number> {
  return tx.staffSession.count({ where: { personId, expiresAt: { gt: instantToColumn(now) } } })
}

const columns = ({ roles, deputy, intakeGroupIds }: Rights) => ({ roles: [...roles], deputy, intakeGroupIds: [...intakeGroupIds] })

export function sameRights(a: Rights, b: Rights): boolean {
  const listed = (names: readonly string[]) => names.toSorted().join()
  return a.deputy === b.deputy && listed(a.roles) === listed(b.roles) && listed(a.intakeGroupIds) === listed(b.intakeGroupIds)
}

/** Aliases of everybody who is here or has a good link, and those that they had before their keys were lost. */
export async function readAliasesHere(tx: Tx, now: Temporal.Instant): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ alias: string }[]>`
    with here as (select id, alias, formerly from person where active
      union all select person_id, alias, formerly from invitation
        where purpose = 'enrol' and ended is null and expires_at > ${instantToColumn(now)}::timestamptz)
    select alias from here union select p.alias from person p join here on p.id = any(here.formerly)`
  return new Set(rows.map(({ alias }) => alias))
}
