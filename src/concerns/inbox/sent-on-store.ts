import type { Tx } from '../../database/index.ts'
import { dateToColumn, newId, type ConcernId, type DateText, type Random, type UserId } from '../../kernel/index.ts'

/** The leads to whom a concern was sent on. */
export async function readSentOnTo(tx: Tx, concernId: ConcernId): Promise<UserId[]> {
  const rows = await tx.sentOn.findMany({ where: { concernId }, select: { personId: true } })
  return rows.map(({ personId }) => personId as UserId)
}

/** A row that somebody slipped in before stays: it gives nothing but its place on the lead's list. */
export async function insertSentOn(tx: Tx, random: Random, concernId: ConcernId, personId: UserId, on: DateText): Promise<void> {
  const row = { id: newId(random), concernId, personId, sentOn: dateToColumn(on) }
  await tx.sentOn.createMany({ data: [row], skipDuplicates: true })
}

/** Takes the concern off the lists of these people. The database lets rows go only with the entry of a declared conflict. */
export async function deleteSentOn(tx: Tx, concernId: ConcernId, people: readonly UserId[]): Promise<void> {
  await tx.sentOn.deleteMany({ where: { concernId, personId: { in: [...people] } } })
}
