import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { hasRole, newId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readItems } from '../sealing/item-store.ts'
import { conflictedIn } from '../lifecycle/conflicts.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { DetrimentContent } from './contents.ts'
import { isFree, keptFrom, type KeptFrom } from './kept-from.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter } from './reporter-act.ts'

/**
 * A report of bad treatment for speaking up, in whatever status the concern is, as often as it happens. It marks the concern, blocks its closing
 * until staff have closed the track, and tells the leads that there is one: its reference and day, and nothing of what it says. Never a lead
 * whom concern or report is about. Recorded: `detriment_reported`, with the aliases of those told.
 */
export function createReportDetriment(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['reportDetriment'] {
  return createReporterAct(deps, receipts, {
    name: 'report_detriment',
    perform: async (acting, { kinds, description, about }) => {
      const { tx, concern } = acting
      const content: DetrimentContent = { kinds: [...kinds], description, about: [...about], basis: 'indicated_by_person' }
      const item = sealAsReporter(acting, acting.shared, 'detriment', content)
      const items = await readItems(tx, concern.id, [acting.shared.id])
      const kept = keptFrom({ items, shared: acting.shared, signKey: acting.raisedKeys.signKey })
      const told = leadsToTell(await deps.directory.current(tx), kept, about, conflictedIn(acting.entries))
      await tx.concern.updateMany({ where: { id: concern.id }, data: { openDetriment: true } })
      const notices = told.map(({ id }) => ({ id: newId(acting.random), concernId: concern.id, itemId: item.id, personId: id }))
      if (notices.length > 0) await tx.detrimentNotice.createMany({ data: notices })
      return {
        answer: { id: item.id },
        items: [item],
        entry: {
          ...reporterEntryBase(acting),
          kind: 'detriment_reported',
          fields: { item: item.id, told: told.map(({ alias }) => alias).sort() },
        },
      }
    },
  })
}

/** Nobody is told where it is not known whom the concern was kept from. */
function leadsToTell(
  directory: Directory,
  kept: KeptFrom | null,
  about: readonly string[],
  conflicted: ReadonlySet<string>,
): DirectoryPerson[] {
  if (kept === null) return []
  return directory.people.filter(
    (person) => hasRole(person, 'executive_lead', 'non_executive_lead') && isFree(person, kept, about, conflicted, directory),
  )
}
