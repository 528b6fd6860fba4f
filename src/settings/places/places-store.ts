import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type DateText, type IntakeGroupId } from '../../kernel/index.ts'
import type { Area } from '../changes/area.ts'
import { readValues } from '../values/value-store.ts'
import type { GroupRow, SiteRow } from './places.ts'

/** The group for those who are not sure first, the others by name: whoever takes the first takes the right one. */
export async function readGroups(tx: Tx): Promise<GroupRow[]> {
  const rows = await tx.intakeGroup.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })
  const { unsureGroupId } = (await readValues(tx)).intake
  const first = rows.find(({ id }) => id === unsureGroupId) ?? rows[0]
  const groups = rows.map(({ id, name }) => ({ id: id as IntakeGroupId, name, takesUnsure: id === first?.id }))
  return groups.toSorted((a, b) => Number(b.takesUnsure) - Number(a.takesUnsure))
}

export async function readSites(tx: Tx): Promise<SiteRow[]> {
  const rows = await tx.site.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })
  return rows.map(({ id, name, retiredOn }) => ({ id, name, retiredOn: retiredOn && dateFromColumn(retiredOn) }))
}

export const intakeGroupsArea: Area = {
  setting: 'intake_groups',
  read: async (tx) => (await readGroups(tx)).map((group) => ({ ...group })),
}
export const sitesArea: Area = {
  setting: 'sites',
  read: async (tx) => (await readSites(tx)).map(({ id, name, retiredOn }) => ({ id, name, retiredOn })),
}

export async function insertGroup(tx: Tx, id: string, name: string): Promise<void> {
  await tx.intakeGroup.create({ data: { id, name } })
}

/** False where there is no such group. */
export async function renameGroup(tx: Tx, id: string, name: string): Promise<boolean> {
  return (await tx.intakeGroup.updateMany({ where: { id }, data: { name } })).count === 1
}

export async function insertSite(tx: Tx, id: string, name: string): Promise<void> {
  await tx.site.create({ data: { id, name } })
}

/** False where there is no such site. `retiredOn` undefined leaves it as it is. */
export async function updateSite(
  tx: Tx,
  id: string,
  change: { readonly name?: string | undefined; readonly retiredOn?: DateText | null | undefined },
): Promise<boolean> {
  const { name, retiredOn } = change
  const data = {
    ...(name !== undefined && { name }),
    ...(retiredOn !== undefined && { retiredOn: retiredOn === null ? null : dateToColumn(retiredOn) }),
  }
  return (await tx.site.updateMany({ where: { id }, data })).count === 1
}
