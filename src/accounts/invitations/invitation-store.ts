import { instantFromColumn, instantToColumn, type Alias, type IntakeGroupId, type Role, type UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Ending, Invitation, Purpose } from './invitation.ts'

type Row = NonNullable<Awaited<ReturnType<Tx['invitation']['findUnique']>>>

const fromRow = (row: Row): Invitation => ({
  id: row.id,
  purpose: row.purpose as Purpose,
  personId: row.personId as UserId,
  alias: row.alias as Alias,
  email: row.email,
  name: row.name,
  roles: row.roles as Role[],
  deputy: row.deputy,
  intakeGroupIds: row.intakeGroupIds as IntakeGroupId[],
  formerly: row.formerly as UserId[],
  askedBy: row.askedBy as UserId,
  askedAt: instantFromColumn(row.askedAt),
  expiresAt: row.expiresAt && instantFromColumn(row.expiresAt),
  ended: row.ended as Ending | null,
})

export async function insertInvitation(tx: Tx, invitation: Omit<Invitation, 'ended'>, secretHash: Uint8Array | null): Promise<void> {
  const { askedAt, expiresAt, ...rest } = invitation
  await tx.invitation.create({
    data: {
      ...rest,
      roles: [...rest.roles],
      intakeGroupIds: [...rest.intakeGroupIds],
      formerly: [...rest.formerly],
      askedAt: instantToColumn(askedAt),
      expiresAt: expiresAt && instantToColumn(expiresAt),
      secretHash: secretHash && new Uint8Array(secretHash),
    },
  })
}

export async function findBySecret(tx: Tx, secretHash: Uint8Array): Promise<Invitation | null> {
  const row = await tx.invitation.findUnique({ where: { secretHash: new Uint8Array(secretHash) } })
  return row && fromRow(row)
}

export async function findInvitation(tx: Tx, id: string): Promise<Invitation | null> {
  const row = await tx.invitation.findUnique({ where: { id } })
  return row && fromRow(row)
}

/** Those of one purpose that were neither used nor taken back, in time or not. */
export async function readStanding(tx: Tx, purpose: Purpose): Promise<Invitation[]> {
  const rows = await tx.invitation.findMany({ where: { purpose, ended: null }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }] })
  return rows.map(fromRow)
}

/** What is over keeps no name: whoever came has a row of their own, and whoever did not is nobody here. */
const nobody = { name: '', email: '' } as const

/** Ends one link. False where it had ended already: of two uses at one moment one wins. */
export async function endInvitation(tx: Tx, id: string, ended: Ending, at: Temporal.Instant): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { id, ended: null }, data: { ...nobody, ended, endedAt: instantToColumn(at) } })
  return count === 1
}

/** Takes back whatever stands for a person. Answers how many there were. */
export async function withdrawAllOf(tx: Tx, personId: UserId, purpose: Purpose, at: Temporal.Instant): Promise<number> {
  const where = { personId, purpose, ended: null }
  return (await tx.invitation.updateMany({ where, data: { ...nobody, ended: 'withdrawn', endedAt: instantToColumn(at) } })).count
}

/** Gives a reset that waited for its second person its secret. False where it waits no longer. */
export async function giveSecret(tx: Tx, id: string, secretHash: Uint8Array, expiresAt: Temporal.Instant): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id, ended: null, secretHash: null },
    data: { secretHash: new Uint8Array(secretHash), expiresAt: instantToColumn(expiresAt) },
  })
  return count === 1
}
