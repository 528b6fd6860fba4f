import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { hasRole, newId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readItems } from '../item-store.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import type { Receipts } from '../receipts.ts'
import { isAbout, isAmong } from '../recipients.ts'
import { narrativeContent, type NarrativeContent } from '../sealed-contents.ts'
import { openPart } from '../sealed-parts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { DetrimentContent } from './contents.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter, type ReporterActing } from './reporter-act.ts'

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
      const told = leadsToTell(await deps.directory.current(tx), await keptFrom(acting), about, conflictedIn(acting.entries))
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
  const subjects = [...kept.about, ...about]
  return directory.people.filter(
    (person) =>
      hasRole(person, 'executive_lead', 'non_executive_lead') &&
      !isAmong(person, kept.excluded) &&
      !isAbout(person, subjects) &&
      !isConflicted(person, conflicted, directory),
  )
}

/** Staff the concern was kept from when it was raised, and the words that say whom it is about: they mean whoever joined since too. */
type KeptFrom = { readonly [Name in 'excluded' | 'about']: NonNullable<NarrativeContent[Name]> }

/** As the person's own record has it; null where it does not say, or is not genuine. */
async function keptFrom({ tx, concern, shared, raisedKeys }: ReporterActing): Promise<KeptFrom | null> {
  const { reporter } = await readItems(tx, concern.id, [shared.id])
  const item = reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, raisedKeys.signKey)
  const parsed = opened?.genuine ? narrativeContent.safeParse(opened.content) : null
  const { excluded, about } = parsed?.data ?? {}
  return excluded === undefined || about === undefined ? null : { excluded, about }
}
