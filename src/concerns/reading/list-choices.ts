import type { DirectoryPerson } from '../../accounts/index.ts'
import { hasRole, londonDate } from '../../kernel/index.ts'
import { categoriesInForce } from '../../settings/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { peopleOf, subjectsOf } from '../acts/facts.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { readerOf } from '../raising/recipients.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { lookedAt } from './view-concern.ts'
import { findAndLock, findOpenable } from './visibility.ts'

/**
 * Who may be named in a concern's actions, for its handlers; nobody for others. Who it is about is in the sealed header, so this is a look
 * too. Recorded: `concern_viewed`. Refusal `not_found`, `permission_denied`.
 */
export function createListChoices(deps: ConcernDeps): ConcernUseCases['listChoices'] {
  return async (ctx, id) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'list_choices', id, async () => {
      const sealed = await deps.audited(async (tx) => {
        const sight = await findAndLock(tx, ctx.person, id, findOpenable)
        return { value: await readSealed(tx, sight), entries: [lookedAt(ctx, sight)] }
      })
      const concern = openConcern(sealed, ctx, directory)
      if (!concern.relations.includes('handler') || concern.header === null)
        return { investigators: [], approvers: [], deciders: [], owners: [], categories: [] }
      const about = subjectsOf(concern, directory)
      const { handlers, investigator } = peopleOf(concern, directory)
      const free = directory.people.filter((person) => !about.has(person.id))
      const deciders = free.filter((person) => hasRole(person, 'guardian', 'executive_lead', 'non_executive_lead'))
      const mayOwn = ({ id: person, roles }: DirectoryPerson) =>
        person !== investigator && (handlers.has(person) || roles.includes('guardian'))
      return {
        investigators: free
          .filter((person) => hasRole(person, 'investigator') && !handlers.has(person.id))
          .map(readerOf)
          .map((reader) => ({ ...reader, role: 'investigator' })),
        approvers: deciders.filter((person) => person.id !== ctx.person.userId).map(readerOf),
        deciders: deciders.map(readerOf),
        owners: free.filter(mayOwn).map(readerOf),
        categories: categoriesInForce(settings.categories, londonDate(ctx.now)).map(({ code, label }) => ({ code, label })),
      }
    })
  }
}
