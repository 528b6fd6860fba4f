import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type ConcernId, type DateText } from '../../kernel/index.ts'

export type LinkEnd = 'used' | 'withdrawn'

export interface TaskLinkRow {
  readonly id: string
  readonly concernId: ConcernId
  readonly task: string
  readonly sealed: Uint8Array
  /** The last day on which it works. */
  readonly expiresOn: DateText
  readonly ended: LinkEnd | null
}

export async function insertTaskLink(tx: Tx, link: Omit<TaskLinkRow, 'ended'>, secretHash: Uint8Array): Promise<void> {
  const { sealed, expiresOn, ...rest } = link
  await tx.taskLink.create({
    data: { ...rest, sealed: new Uint8Array(sealed), expiresOn: dateToColumn(expiresOn), secretHash: new Uint8Array(secretHash) },
    select: { id: true },
  })
}

export async function findTaskLink(tx: Tx, secretHash: Uint8Array): Promise<TaskLinkRow | null> {
  const row = await tx.taskLink.findUnique({ where: { secretHash: new Uint8Array(secretHash) } })
  return row && linkOf(row)
}

/** The links of a concern, whatever became of them. */
export async function readTaskLinks(tx: Tx, concernId: ConcernId): Promise<TaskLinkRow[]> {
  return (await tx.taskLink.findMany({ where: { concernId }, orderBy: [{ expiresOn: 'asc' }, { id: 'asc' }] })).map(linkOf)
}

/** False where it had ended already: of two uses at one moment one wins. */
export async function endTaskLink(tx: Tx, id: string, ended: LinkEnd): Promise<boolean> {
  return (await tx.taskLink.updateMany({ where: { id, ended: null }, data: { ended } })).count === 1
}

type Row = NonNullable<Awaited<ReturnType<Tx['taskLink']['findUnique']>>>

function linkOf({ id, concernId, task, sealed, expiresOn, ended }: Row): TaskLinkRow {
  return {
    ...{ id, task, sealed },
    concernId: concernId as ConcernId,
    expiresOn: dateFromColumn(expiresOn),
    ended: ended as LinkEnd | null,
  }
}
