import type { Directory, StaffContext } from '../../accounts/index.ts'
import { londonDate, type UserId } from '../../kernel/index.ts'
import type { ClockStanding, Facts, Relation } from '../../workflow/index.ts'
import { pendingAmong, type Approval } from './approvals.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import { consentOf } from '../inbox/consent.ts'
import { investigationOf } from '../lifecycle/investigation.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import { hasReturnChannel } from '../on-behalf/return-channel.ts'
import { isAbout, isAmong } from '../raising/recipients.ts'
import { tasksIn, untrackedActions } from '../tasks/track.ts'
import { relationsOf } from '../reading/visibility.ts'

/** Who is what to the concern, among people still here and not those it is about: a grant row alone makes nobody a handler of it. */
export interface People {
  readonly handlers: ReadonlySet<UserId>
  readonly investigator: UserId | null
  readonly leads: ReadonlySet<UserId>
}

export function peopleOf(concern: Pick<OpenConcern, 'holders' | 'escalatedTo' | 'header' | 'entries'>, directory: Directory): People {
  const { holders, escalatedTo } = concern
  const named = investigationOf(concern.entries)?.investigator
  const subjects = subjectsOf(concern, directory)
  const handlers = new Set<UserId>()
  let investigator: UserId | null = null
  for (const person of directory.people) {
    if (subjects.has(person.id)) continue
    const granted = new Set(holders.filter(({ holder }) => holder === person.id).map(({ kind }) => kind))
    const relations = relationsOf(person, { granted, escalated: escalatedTo.has(person.id), asked: false })
    if (relations.includes('handler')) handlers.add(person.id)
    if (relations.includes('investigator_assigned') && person.alias === named) investigator = person.id
  }
  const leads = [...escalatedTo].filter((person) => !handlers.has(person))
  return { handlers, investigator, leads: new Set(leads) }
}

/** What the person is to the concern now: who investigated it before it was reopened may look at that and do nothing. */
export function standingOf({ relations, entries }: Pick<OpenConcern, 'relations' | 'entries'>, ctx: StaffContext): Relation[] {
  const current = investigationOf(entries)?.investigator === ctx.person.alias
  return relations.filter((relation) => relation !== 'investigator_assigned' || current)
}

/** Staff the concern is about: those told before sending, whoever joined since and is meant by the same words, and who declared a conflict. */
export function subjectsOf({ header, entries }: Pick<OpenConcern, 'header' | 'entries'>, directory: Directory): Set<UserId> {
  const conflicted = conflictedIn(entries)
  const { about, excluded } = header ?? { about: [], excluded: [] }
  const meant = directory.people
    .filter((person) => isAbout(person, about) || isAmong(person, excluded) || isConflicted(person, conflicted, directory))
    .map(({ id }) => id)
  return new Set([...(excluded as UserId[]), ...meant])
}

/** All that the guards go by. An investigator has no header: what they may do asks for nothing in it. */
export function factsOf(
  ctx: StaffContext,
  concern: OpenConcern,
  approvals: readonly Approval[],
  directory: Directory,
  clocks: readonly ClockStanding[],
): Facts {
  const { handlers, investigator } = peopleOf(concern, directory)
  const pending = pendingAmong(approvals)
  return {
    status: concern.concern.status,
    clocks,
    relations: standingOf(concern, ctx),
    pendingApproval: pending && { requestedBy: pending.requestedBy, approver: pending.approver },
    person: ctx.person.userId,
    today: londonDate(ctx.now),
    openness: concern.concern.openness,
    hasReturnChannel: hasReturnChannel(concern.entries),
    consent: consentOf(concern),
    secondApproverRequired: concern.concern.secondApproverRequired || (concern.header?.secondApproverRequired ?? false),
    about: subjectsOf(concern, directory),
    handlers,
    investigator,
    openDetriment: concern.concern.openDetriment,
    actionsSet: untrackedActions(concern.entries),
    openTasks: tasksIn(concern.entries).filter(({ state }) => state === 'open').length,
    staff: new Map(directory.people.map((person) => [person.id, person.roles])),
  }
}

/** Whether a person may open a confidential reporter's name: its key is in hand, and they handle the concern. */
export function mayOpenIdentity({ concern, relations, grants }: Pick<OpenConcern, 'concern' | 'relations' | 'grants'>): boolean {
  return concern.openness === 'confidential' && relations.includes('handler') && grants.some(({ kind }) => kind === 'identity')
}
