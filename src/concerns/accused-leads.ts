import type { Directory } from '../accounts/index.ts'
import type { Tx } from '../database/index.ts'
import { hasRole, type UserId } from '../kernel/index.ts'
import { accusedOfDetriment } from './inbox/kept-from.ts'
import { readItems } from './sealing/item-store.ts'
import { partOf, type OpenConcern } from './sealing/opening.ts'
import { isAbout } from './raising/recipients.ts'

/** Leads whom a report of bad treatment is about, in its writer's words: none of them is brought a concern, though what was raised does not name them. */
export async function accusedLeads(tx: Tx, concern: OpenConcern, directory: Directory): Promise<ReadonlySet<UserId>> {
  const [shared, signKey] = [partOf(concern, 'shared'), concern.raisedKeys?.signKey]
  if (shared === null || signKey === undefined || !concern.entries.some(({ kind }) => kind === 'detriment_reported')) return new Set()
  const accused = accusedOfDetriment({ items: await readItems(tx, concern.concern.id, [shared.id]), shared, signKey }) ?? []
  const leads = directory.people.filter((person) => hasRole(person, 'executive_lead', 'non_executive_lead') && isAbout(person, accused))
  return new Set(leads.map(({ id }) => id))
}
