import type { Tx } from '../../database/index.ts'
import { hasRole, Refusal, type ConcernId, type Role, type StaffMember, type UserId } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import type { Relation } from '../../workflow/index.ts'
import { readApprovals, type ApprovalRow } from '../acts/approval-store.ts'
import type { Concern } from '../concern.ts'
import { lockConcern, readConcern } from '../concern-store.ts'
import { readEscalatedTo } from '../acts/escalation-store.ts'
import { readGrants } from '../sealing/grant-store.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'

/** A concern as far as one person may know of it, nothing opened yet. */
export interface Sight {
  readonly concern: Concern
  readonly relations: readonly Relation[]
  /** The person's own grants. */
  readonly grants: readonly GrantRow[]
  readonly approvals: readonly ApprovalRow[]
  readonly escalatedTo: ReadonlySet<UserId>
}

/** What ties a person to a concern; a role alone does not. */
export interface Ties {
  readonly granted: ReadonlySet<CompartmentKind>
  readonly escalated: boolean
  readonly asked: boolean
}

const leads: readonly Role[] = ['executive_lead', 'non_executive_lead']

/** The one rule of who is what to a concern (`security.md` 5). Nobody who is nothing to it may learn that it exists. */
export function relationsOf(person: Pick<StaffMember, 'roles'>, ties: Ties): Relation[] {
  const { granted, asked } = ties
  const relations: Relation[] = handles(person, ties) ? ['handler'] : outsideRelations(person, ties)
  if (asked && granted.has('decision')) relations.push('approver')
  return relations
}

/** Guardians handle what they hold; a lead does where the concern went to them in the first place, not where it was escalated to them. */
function handles(person: Pick<StaffMember, 'roles'>, { granted, escalated }: Ties): boolean {
  return granted.has('internal') && (hasRole(person, 'guardian') || (hasRole(person, ...leads) && !escalated))
}

function outsideRelations(person: Pick<StaffMember, 'roles'>, { granted, escalated }: Ties): Relation[] {
  const relations: Relation[] = []
  if (granted.has('investigation') && hasRole(person, 'investigator')) relations.push('investigator_assigned')
  if (escalated && hasRole(person, ...leads)) relations.push('lead_escalated')
  return relations
}

/**
 * Finds a concern for a person. Refusal `not_found`, the same after the same questions, where there is none and where it is nothing to
 * them: excluded, of another group, or not theirs.
 */
export async function findVisible(tx: Tx, person: StaffMember, id: ConcernId): Promise<Sight> {
  const concern = await readConcern(tx, id)
  const grants = await readGrants(tx, id, person.userId)
  const approvals = await readApprovals(tx, id)
  const escalatedTo = await readEscalatedTo(tx, id)
  const relations = relationsOf(person, {
    granted: new Set(grants.map(({ kind }) => kind)),
    escalated: escalatedTo.has(person.userId),
    asked: approvals.some(({ approver }) => approver === person.userId),
  })
  if (concern === null || relations.length === 0) throw new Refusal('not_found')
  return { concern, relations, grants, approvals, escalatedTo }
}

/** The same for those who may open something of it. Refusal `permission_denied` for a lead told of it without content, or asked only to approve. */
export async function findOpenable(tx: Tx, person: StaffMember, id: ConcernId): Promise<Sight> {
  const sight = await findVisible(tx, person, id)
  const { relations, grants } = sight
  const opens =
    relations.includes('handler') ||
    relations.includes('investigator_assigned') ||
    (relations.includes('lead_escalated') && grants.some(({ kind }) => kind === 'internal' || kind === 'shared'))
  if (!opens) throw new Refusal('permission_denied')
  return sight
}

/**
 * Whether a lead holds the thread and nothing else: the person sent it on to them, or had agreed to it before. They read and do no step, since
 * whom it is about stands in what they hold no key to.
 */
export function holdsThreadAlone({ relations, grants }: Pick<Sight, 'relations' | 'grants'>): boolean {
  return relations.includes('lead_escalated') && !grants.some(({ kind }) => kind === 'internal')
}

/**
 * Seen, then kept from every other act until this transaction ends, then seen again: what is read after it stays true, and whoever may not know of
 * a concern neither takes its row's lock nor waits for it, which would tell them that it is there.
 */
export async function findAndLock(tx: Tx, person: StaffMember, id: ConcernId, find: typeof findVisible): Promise<Sight> {
  await find(tx, person, id)
  await lockConcern(tx, id)
  return find(tx, person, id)
}

/** The role in which a person looks at a concern or acts on it: what the log says. */
export function actingRole(person: Pick<StaffMember, 'roles'>, relations: readonly Relation[]): Role | undefined {
  if (relations.includes('handler') && hasRole(person, 'guardian')) return 'guardian'
  if (relations.includes('investigator_assigned')) return 'investigator'
  if (relations.includes('handler') || relations.includes('lead_escalated')) return person.roles.find((role) => leads.includes(role))
  return person.roles.find((role) => role === 'guardian' || leads.includes(role))
}
