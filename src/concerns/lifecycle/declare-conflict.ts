import { Refusal, type UserId } from '../../kernel/index.ts'
import { aliasOf } from '../sealing/holders.ts'
import { partOf } from '../sealing/opening.ts'
import type { Acting, Step } from '../acts/action-step.ts'
import type { HeaderContent } from '../sealing/sealed-contents.ts'
import { sealAs } from '../acts/staff-writing.ts'
import { changeAccess, lapseRequests } from './conflict-store.ts'
import { renewKeys, type Renewal } from './renew-keys.ts'
import { writeRenewed } from './renewed-keys.ts'

type Declaring = Acting<'declare_conflict'>

const nothingRenewed: Renewal = { parts: [], earlier: [], grants: [], handlers: [], promoted: [] }

/**
 * Stops a person's own access at once and for good (`security.md` 2, "later conflict"): their grants go, what others write under gets new keys, and
 * who stays gets those. What only they wrote under gets none: nothing is written there again. If they alone handled the concern it goes to the
 * non-executive lead, or the next there is; if there is nobody, to nobody, and its reporter is told where else to go.
 */
export async function declareConflict(acting: Declaring): Promise<Step> {
  const { actor, concern, ctx, directory, facts, move } = acting
  const leaver = ctx.person.userId
  const renewal = partOf(concern, 'shared') === null ? nothingRenewed : await renewKeys(acting)
  const header = headerWithout(acting, renewal)
  const owner = concern.concern.ownerId === leaver ? nextOwner(acting, renewal) : concern.concern.ownerId
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  const { parts, grants, earlier, promoted } = renewal
  return {
    change: { ownerId: owner, ...(header !== null && { headerItemId: header.id }) },
    items: header === null ? [] : [header],
    entries: [
      {
        ...base,
        kind: 'conflict_declared',
        fields: {
          action: 'declare_conflict',
          from: facts.status,
          to: move.to,
          person: ctx.person.alias,
          owner: owner && (directory.known(owner)?.alias ?? null),
          parts: writeRenewed(parts.map(({ id, epoch, keys }) => ({ id, epoch, publicKey: keys.publicKey }))),
        },
      },
      ...promoted.map((person) => ({
        ...base,
        kind: 'access_granted' as const,
        fields: { person: aliasOf(directory, person), compartments: [...new Set(parts.map(({ kind }) => kind))].sort() },
      })),
    ],
    also: async (tx) => {
      await changeAccess(tx, concern.concern.id, { leaver, renewed: parts.map(({ id }) => id), promoted, grants: [...grants, ...earlier] })
      await lapseRequests(tx, concern.concern.id, parts.length > 0 ? null : leaver)
    },
  }
}

/** A header for those who stay, which says who is kept out. Who holds no INTERNAL cannot write one: for them the entry alone says so. */
function headerWithout(acting: Declaring, { parts }: Renewal) {
  const internal = parts.find(({ kind }) => kind === 'internal')
  if (internal === undefined) return null
  const { concern, ctx } = acting
  if (concern.header === null) throw new Refusal('record_not_genuine')
  const header: HeaderContent = { ...concern.header, excluded: [...new Set([...concern.header.excluded, ctx.person.userId])] }
  return sealAs(acting, internal, 'header', header, concern.headerVersion + 1)
}

/** A guardian who handles it already, deputies last; else whoever handles it now; else nobody. */
function nextOwner({ concern, directory }: Declaring, { handlers, promoted }: Renewal): UserId | null {
  const guardians = directory.guardiansOf(concern.concern.intakeGroupId).map(({ id }) => id)
  return guardians.find((id) => handlers.includes(id)) ?? handlers[0] ?? promoted[0] ?? null
}
