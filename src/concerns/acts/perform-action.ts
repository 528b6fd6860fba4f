import { tellStaff, type Directory, type StaffContext } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, Refusal, type ConcernId, type UserId } from '../../kernel/index.ts'
import { transition, type Facts, type Inputs, type Move, type Relation } from '../../workflow/index.ts'
import { accusedLeads } from '../accused-leads.ts'
import { acknowledge } from './acknowledge-concern.ts'
import type { Acting, Step, Telling } from './action-step.ts'
import { lapseApprovals } from './approval-store.ts'
import { approvalsOf } from './approvals.ts'
import { assign } from './assign-concern.ts'
import { changeConcern } from '../concern-store.ts'
import { countedElements } from '../raising/counted-elements.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import { escalate } from './escalate-concern.ts'
import { standingsOf } from '../clocks/clock-standing.ts'
import { extendClock } from '../clocks/extend-clock.ts'
import { recordFirstContact } from '../clocks/first-contact.ts'
import { recordFollowUp } from '../clocks/follow-up.ts'
import { keepClocks } from '../clocks/keep-clocks.ts'
import { pauseClock } from '../clocks/pause-clock.ts'
import { resumeClock } from '../clocks/resume-clock.ts'
import { screenRisk } from '../clocks/screen-risk.ts'
import { clocksIn, timelineOf } from '../clocks/timeline.ts'
import { factsOf, subjectsOf } from './facts.ts'
import { insertCompartments } from '../sealing/grant-store.ts'
import type { ActionInput, ActionName } from './handling-inputs.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { close } from '../lifecycle/close-concern.ts'
import { declareConflict } from '../lifecycle/declare-conflict.ts'
import { reopenedAt } from '../lifecycle/cycle.ts'
import { reopen } from '../lifecycle/reopen-concern.ts'
import { withdraw } from '../lifecycle/withdraw-concern.ts'
import { openConcern, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordFindings } from './record-findings.ts'
import { refer } from './refer-concern.ts'
import { recordingRefusals } from './refused-attempt.ts'
import { assertApproved, resolve } from './resolve-concern.ts'
import { resolveWithoutInvestigation } from './resolve-without-investigation.ts'
import { startInvestigation } from './start-investigation.ts'
import { triage } from './triage-concern.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { showConcern } from '../reading/view-concern.ts'
import { actingRole, findAndLock, findOpenable, findVisible, holdsThreadAlone } from '../reading/visibility.ts'

type Steps = { readonly [A in ActionName]: (acting: Acting<A>) => Promise<Step> }

const steps: Steps = {
  acknowledge,
  triage,
  start_investigation: startInvestigation,
  resolve_without_investigation: resolveWithoutInvestigation,
  refer,
  record_findings: recordFindings,
  resolve,
  close,
  reopen,
  withdraw,
  assign,
  declare_conflict: declareConflict,
  escalate,
  screen_risk: screenRisk,
  record_first_contact: recordFirstContact,
  pause_clock: pauseClock,
  resume_clock: resumeClock,
  extend_clock: extendClock,
  record_follow_up: recordFollowUp,
}

/**
 * One step of a concern by one person: seen, judged by the workflow's table, sealed, written with its entry, all in one transaction.
 * Refusal `not_found`, `permission_denied`, `concern_changed`, `transition_not_allowed`, `invalid_input`, `conflict_of_interest`,
 * `record_not_genuine`.
 */
export function createPerformAction(deps: ConcernDeps): ConcernUseCases['act'] {
  return async (ctx, id, action, input) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    await recordingRefusals(deps, ctx, action, id, () =>
      deps.audited(async (tx) => {
        const entries = await performStep({ deps, tx, ctx, directory }, id, action, counted(input, settings))
        return { value: undefined, entries }
      }),
    )
    return showConcern(deps, ctx, id, directory, settings)
  }
}

/** Local categories count under their elements before anything is judged by them. */
function counted<A extends ActionName>(input: ActionInput<A>, { categories }: ConcernSettings): ActionInput<A> {
  return 'elements' in input && 'categories' in input ? { ...input, elements: countedElements(categories, input) } : input
}

/**
 * Declares that the person has a conflict of interest: their access ends with this transaction. Refusal `not_found`, `permission_denied`,
 * `record_not_genuine`.
 */
export function createDeclareConflict(deps: ConcernDeps): ConcernUseCases['declareConflict'] {
  return async (ctx, id, input) => {
    const directory = await deps.directory.current()
    await recordingRefusals(deps, ctx, 'declare_conflict', id, () =>
      deps.audited(async (tx) => {
        const entries = await performStep({ deps, tx, ctx, directory }, id, 'declare_conflict', input)
        return { value: undefined, entries }
      }),
    )
  }
}

/** The transaction a step is taken in, and whose step it is. */
export interface StepWorld {
  readonly deps: ConcernDeps
  readonly tx: Tx
  readonly ctx: StaffContext
  readonly directory: Directory
}

/**
 * The step itself, inside the caller's transaction: its entries come back to be appended there. A chain of steps appends each one's before it
 * takes the next, which reads them.
 */
export async function performStep<A extends ActionName>(
  world: StepWorld,
  id: ConcernId,
  action: A,
  input: ActionInput<A>,
): Promise<Step['entries']> {
  const { deps, tx, ctx, directory } = world
  const sight = await findAndLock(tx, ctx.person, id, leaves(action) ? findVisible : findOpenable)
  const concern = openConcern(await readSealed(tx, sight), ctx, directory)
  const approvals = approvalsOf(concern, directory)
  const today = londonDate(ctx.now)
  // Under the lock: a change of calendar or limits that it waited for holds for it
  const settings = await deps.settings.current(tx)
  const clocks = clocksIn(timelineOf(concern.concern.raisedOn, concern.entries), settings, today)
  const facts = withoutAccused(
    factsOf(ctx, concern, approvals, directory, standingsOf(clocks, settings, today)),
    bringsIn(action) ? await accusedLeads(tx, concern, directory) : new Set(),
  )
  const move = judge(action, facts, input, concern)
  assertApproved(action, facts, approvals, reopenedAt(concern.entries))

  const acting: Acting<A> = {
    tx,
    random: deps.random,
    ctx,
    concern,
    directory,
    dutyKey: deps.dutyKey,
    actor: actorOf(ctx.person, actingRole(ctx.person, concern.relations)),
    facts,
    input,
    move,
    clocks,
    settings,
  }
  const step = await steps[action](acting)
  await changeConcern(tx, id, leaves(action) ? concern.concern.version : input.expectedVersion, {
    ...step.change,
    status: move.to,
  })
  await insertCompartments(tx, step.parts ?? [], step.grants ?? [])
  await insertStaffItems(tx, id, step.items, ctx.now)
  if (move.lapsesApproval === true) await lapseApprovals(tx, id)
  await step.also?.(tx)
  await tell(world, concern, step.tells ?? [])
  await keepClocks(tx, concern, step.entries, settings, ctx.now)
  return step.entries
}

/** Nobody whom the concern is about learns of it by a letter, whatever the step let through. */
async function tell({ deps, tx, ctx, directory }: StepWorld, concern: OpenConcern, tells: readonly Telling[]): Promise<void> {
  if (tells.length === 0) return
  const kept = new Set([...subjectsOf(concern, directory), ctx.person.userId])
  for (const { cause, person } of tells) if (!kept.has(person)) await tellStaff(deps, tx, cause, [person], ctx.now)
}

/** Whoever leaves decides on nothing that a colleague's act could change: that it came first keeps nobody in. */
const leaves = (action: ActionName): boolean => action === 'declare_conflict'

/** Steps by which a lead may come to a concern: then somebody else's report of bad treatment counts too. */
const bringsIn = (action: ActionName): boolean => action === 'escalate' || action === 'declare_conflict'

const withoutAccused = (facts: Facts, accused: ReadonlySet<UserId>): Facts => ({ ...facts, about: facts.about.union(accused) })

/** Who holds no key to the header acts without it; for all others it has to be genuine. */
function isBlind({ header, parts }: OpenConcern, action: ActionName, relations: readonly Relation[]): boolean {
  if (header !== null) return false
  return leaves(action) ? [...parts.values()].some(({ kind }) => kind === 'internal') : !relations.includes('investigator_assigned')
}

/**
 * The workflow's answer. A page that is out of date is told so first, whatever else is wrong with what it sent: what the person decided on is
 * no longer there. Only that the step is none of theirs goes before.
 */
function judge<A extends ActionName>(action: A, facts: Facts, input: ActionInput<A>, concern: OpenConcern): Move {
  const stale = !leaves(action) && concern.concern.version !== input.expectedVersion
  try {
    if (!leaves(action) && holdsThreadAlone(concern)) throw new Refusal('permission_denied')
    if (isBlind(concern, action, facts.relations)) throw new Refusal('record_not_genuine')
    // Each schema gives what its action's guards take; TypeScript can't see that for all actions at once.
    const move = transition(action, facts, input as Inputs[A])
    if (stale) throw new Refusal('concern_changed')
    return move
  } catch (error) {
    if (stale && error instanceof Refusal && error.code !== 'permission_denied') throw new Refusal('concern_changed')
    throw error
  }
}
