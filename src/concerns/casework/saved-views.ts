import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft } from '../../audit/index.ts'
import { hasRole, invalid, newId, readId, Refusal, type StaffMember, type UserId } from '../../kernel/index.ts'
import { deriveKey, openUnder, sealUnder } from '../../vault/index.ts'
import { nameOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Casework, SavedView } from './casework.ts'
import { savedViewContent, type ViewFilter } from './saved-view-input.ts'
import { deleteSavedView, insertSavedView, readSavedViews, replaceSavedView, type SavedViewRow } from './saved-view-store.ts'

/** More than fit a page; nobody keeps so many. */
const mostViews = 50

type SavedViewUseCases = Pick<Casework, 'listViews' | 'saveView' | 'renameView' | 'deleteView'>

/**
 * Saved views of the queue: a name and filter codes, one's own or shared with the guardians of one's intake groups. A view widens nobody's
 * sight: whoever opens it sees their own concerns. Names are sealed under a server key, since people write names into them. Recorded:
 * `saved_view_changed`. Refusal `not_found` for a view that is not one's own, `permission_denied`, `invalid_input`.
 */
export function createSavedViews(deps: ConcernDeps): SavedViewUseCases {
  const { seal, open } = createSealing(deps.peppers.receipt)
  /** Two views of one name are one pressed twice, and nobody could tell them apart. */
  const assertFree = (name: string, own: readonly SavedViewRow[], but: string | null): void => {
    if (own.some((row) => row.id !== but && open(row)?.name === name))
      throw invalid('/name', 'taken', 'You have a view of this name already. Give another.')
  }
  const entry = (ctx: StaffContext, view: string, change: string, team: boolean | null): AuditDraft => ({
    kind: 'saved_view_changed',
    actor: actorOf(ctx.person),
    at: ctx.now,
    fields: { view, change, team },
  })

  return {
    listViews: async (ctx) => {
      assertSeesQueue(ctx.person)
      const directory = await deps.directory.current()
      const rows = await deps.database.read((tx) => readSavedViews(tx, ctx.person.userId))
      return rows.flatMap((row) => viewOf(row, open(row), ctx, directory)).toSorted(byName)
    },
    saveView: async (ctx, { name, team, filter }) => {
      assertSeesQueue(ctx.person)
      if (team && !hasRole(ctx.person, 'guardian')) throw new Refusal('permission_denied')
      const id: string = newId(deps.random)
      return deps.audited(async (tx) => {
        const own = (await readSavedViews(tx, ctx.person.userId)).filter(({ personId }) => personId === ctx.person.userId)
        assertFree(name, own, null)
        if (own.length >= mostViews) throw invalid('/name', 'too_many', `You have ${mostViews} views already. Delete one first.`)
        await insertSavedView(tx, { id, personId: ctx.person.userId, team, sealed: seal(id, { name, filter }) })
        return { value: { id }, entries: [entry(ctx, id, 'saved', team)] }
      })
    },
    renameView: async (ctx, viewId, { name }) => {
      const id = knownId(viewId)
      await deps.audited(async (tx) => {
        const rows = await readSavedViews(tx, ctx.person.userId)
        const row = rows.find((each) => each.id === id && each.personId === ctx.person.userId)
        const content = row && open(row)
        const own = rows.filter(({ personId }) => personId === ctx.person.userId)
        assertFree(name, own, id)
        if (!content || !(await replaceSavedView(tx, ctx.person.userId, id, seal(id, { ...content, name })))) throw new Refusal('not_found')
        return { value: undefined, entries: [entry(ctx, id, 'renamed', row.team)] }
      })
    },
    deleteView: async (ctx, viewId) => {
      const id = knownId(viewId)
      await deps.audited(async (tx) => {
        if (!(await deleteSavedView(tx, ctx.person.userId, id))) throw new Refusal('not_found')
        return { value: undefined, entries: [entry(ctx, id, 'deleted', null)] }
      })
    },
  }
}

interface ViewContent {
  readonly name: string
  readonly filter: ViewFilter
}

/** Bound to the row's id: a name can not be moved under another's. */
function createSealing(pepper: Uint8Array) {
  const key = deriveKey(pepper, new Uint8Array(0), 'saved view')
  return {
    seal: (id: string, content: ViewContent) =>
      sealUnder(key, `saved view|${id}`, new TextEncoder().encode(JSON.stringify(content)), { padded: true }),
    open: ({ id, sealed }: SavedViewRow): ViewContent | null => {
      const plain = openUnder(key, `saved view|${id}`, sealed)
      const parsed = plain && savedViewContent.safeParse(JSON.parse(new TextDecoder().decode(plain)))
      return parsed?.success ? parsed.data : null
    },
  }
}

function assertSeesQueue(person: StaffMember): void {
  if (!hasRole(person, 'guardian', 'investigator', 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
}

function knownId(text: string): string {
  const id = readId(text)
  if (id === null) throw new Refusal('not_found')
  return id
}

/** Shared views are for guardians who share an intake group with the one who made them; whoever has left shares nothing. */
function viewOf({ id, personId, team }: SavedViewRow, content: ViewContent | null, ctx: StaffContext, directory: Directory): SavedView[] {
  const mine = personId === ctx.person.userId
  if (content === null || (!mine && !isColleague(personId, ctx, directory))) return []
  return [{ id, ...content, team, mine, owner: mine ? null : nameOf(directory, personId) }]
}

function isColleague(personId: UserId, { person }: StaffContext, directory: Directory): boolean {
  const owner = directory.find(personId)
  return (
    hasRole(person, 'guardian') &&
    owner !== undefined &&
    hasRole(owner, 'guardian') &&
    owner.intakeGroupIds.some((group) => person.intakeGroupIds.includes(group))
  )
}

const byName = (a: SavedView, b: SavedView): number => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)
