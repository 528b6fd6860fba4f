import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, newId, type DateText, type Random, type UserId } from '../../kernel/index.ts'

/** The days on which somebody is away, first and last included. */
export interface Absence {
  readonly id: string
  readonly personId: UserId
  readonly from: DateText
  readonly to: DateText
}

/** Absences that are not over, by their first day: one person's, or everybody's. */
export async function readAbsences(tx: Tx, today: DateText, personId: UserId | null): Promise<Absence[]> {
  const rows = await tx.absence.findMany({
    where: { lastDay: { gte: dateToColumn(today) }, ...(personId !== null && { personId }) },
    orderBy: [{ firstDay: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, personId: person, firstDay, lastDay }) => ({
    ...{ id, personId: person as UserId },
    from: dateFromColumn(firstDay),
    to: dateFromColumn(lastDay),
  }))
}

/** Who is away on a day, and by which absence. */
export async function readAway(tx: Tx, today: DateText): Promise<ReadonlyMap<UserId, string>> {
  const absences = await readAbsences(tx, today, null)
  return new Map(absences.filter(({ from }) => from <= today).map(({ id, personId }) => [personId, id]))
}

/** Who was away on one of the days from `since` to today: of those, saying nothing says nothing. */
export async function readAwaySince(tx: Tx, since: DateText, today: DateText): Promise<ReadonlySet<UserId>> {
  const absences = await readAbsences(tx, since, null)
  return new Set(absences.filter(({ from }) => from <= today).map(({ personId }) => personId))
}

export async function insertAbsence(tx: Tx, random: Random, absence: Omit<Absence, 'id'>, enteredBy: UserId): Promise<string> {
  const id = newId(random)
  const { personId, from, to } = absence
  await tx.absence.create({ data: { id, personId, firstDay: dateToColumn(from), lastDay: dateToColumn(to), enteredBy } })
  return id
}

export async function deleteAbsence(tx: Tx, id: string): Promise<Omit<Absence, 'id'> | null> {
  const row = await tx.absence.findUnique({ where: { id } })
  if (row === null || (await tx.absence.deleteMany({ where: { id } })).count === 0) return null
  return { personId: row.personId as UserId, from: dateFromColumn(row.firstDay), to: dateFromColumn(row.lastDay) }
}
