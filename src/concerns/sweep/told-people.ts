import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { hasRole, type IntakeGroupId, type UserId } from '../../kernel/index.ts'
import { isConflicted } from '../lifecycle/conflicts.ts'
import type { DutyRecord } from './duty-record.ts'
import type { NoticeStep } from '../../timeliness/index.ts'

/** What a sweep knows of a concern's people: it holds no key, so all of it stands in clear or was sealed for the duty key. */
export interface SweptConcern {
  readonly intakeGroupId: IntakeGroupId
  readonly ownerId: UserId | null
  /** Who holds INTERNAL. */
  readonly holders: ReadonlySet<UserId>
  /** Whom a lead's own escalation told of it. */
  readonly escalatedTo: ReadonlySet<UserId>
  /** Aliases of who declared a conflict. */
  readonly conflicted: ReadonlySet<string>
  /** By alias, the leads who were told of each report of bad treatment: one who was not may be whom it is about, which is sealed. */
  readonly toldOfDetriment: readonly ReadonlySet<string>[]
  /** Null where it cannot be opened: then no lead may be told, because one of them may be who it is about. */
  readonly duty: Pick<DutyRecord, 'leads'> | null
}

/**
 * Whom a step tells, of those who are here now: a warning the owner, or where there is none every guardian who handles it; the chain its deputies,
 * who hold keys already, and its leads. Somebody it is about, or who declared a conflict, is none of them; nor is a lead who joined later, because
 * nobody knows whether the person meant them. Nobody, where nobody is left: the next step has its own day.
 */
export function toldBy(step: NoticeStep, concern: SweptConcern, directory: Directory): readonly DirectoryPerson[] {
  const here = directory.people.filter((person) => !isKeptOut(person, concern, directory))
  if (step === 'warning') return warned(concern, here)
  if (step === 'deputy') return handlersAmong(concern, here).filter(({ id, deputy }) => deputy && id !== concern.ownerId)
  return here.filter((person) => hasRole(person, step) && mayBeTold(person, concern))
}

function mayBeTold({ id, alias }: DirectoryPerson, { duty, toldOfDetriment }: SweptConcern): boolean {
  return (duty?.leads.includes(id) ?? false) && toldOfDetriment.every((told) => told.has(alias))
}

function warned(concern: SweptConcern, here: readonly DirectoryPerson[]): readonly DirectoryPerson[] {
  const handlers = handlersAmong(concern, here)
  const owner = handlers.filter(({ id }) => id === concern.ownerId)
  return owner.length > 0 ? owner : handlers
}

/** Guardians who hold its keys, and leads it was sent to in the first place. */
export function handlersAmong(concern: SweptConcern, here: readonly DirectoryPerson[]): readonly DirectoryPerson[] {
  return here.filter(
    (person) =>
      concern.holders.has(person.id) &&
      (hasRole(person, 'guardian') || (hasRole(person, 'executive_lead', 'non_executive_lead') && !concern.escalatedTo.has(person.id))),
  )
}

/** Whether the person, under the id they have now or an older one, declared a conflict of interest. */
export function isKeptOut(person: DirectoryPerson, { conflicted }: Pick<SweptConcern, 'conflicted'>, directory: Directory): boolean {
  return isConflicted(person, conflicted, directory)
}
