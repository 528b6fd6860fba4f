import type { Directory, DirectoryPerson } from '../accounts/index.ts'
import { hasRole, type Role, type UserId } from '../kernel/index.ts'
import type { NoticeStep } from '../timeliness/index.ts'

/** Those who record what the organisation owes: they hear first that a date is near. */
export const dutyRecorders: readonly Role[] = ['guardian', 'administrator']

/**
 * Whom a step of a duty tells: a warning those who look after the register, the chain its deputies and leads. Nobody is in a duty, so that nobody is
 * kept out of one. Whoever is away is passed over, unless all of them are: then it waits for them.
 */
export function toldOf(
  step: NoticeStep,
  { people }: Pick<Directory, 'people'>,
  away: ReadonlyMap<UserId, string>,
): readonly DirectoryPerson[] {
  const all = people.filter((person) => isToldBy(step, person))
  const here = all.filter(({ id }) => !away.has(id))
  return here.length > 0 ? here : all
}

function isToldBy(step: NoticeStep, person: DirectoryPerson): boolean {
  if (step === 'warning') return hasRole(person, ...dutyRecorders)
  return step === 'deputy' ? person.deputy && hasRole(person, 'guardian') : hasRole(person, step)
}
