import { hasRole, Refusal, type Role, type UserId } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { AccountsDeps } from './dependencies.ts'
import { actorOf, type StaffContext } from './person.ts'

/** A member of staff as letters reach them. */
export interface StaffAddressee {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** What they chose about the regular note, or what goes by their role. */
  readonly wantsNote: boolean
}

/** Whose list there is something to look at on. */
const handles: readonly Role[] = ['guardian', 'investigator', 'executive_lead', 'non_executive_lead']
/** Administrators hear of what the organisation owes as a whole, and of nothing else. */
const getsLetters: readonly Role[] = [...handles, 'administrator']

/** Guardians get it unless they say no; the others unless they say nothing. */
const wantsNote = (roles: readonly Role[], chosen: boolean | null): boolean => isHandler(roles) && (chosen ?? roles.includes('guardian'))
const isHandler = (roles: readonly Role[]): boolean => handles.some((role) => roles.includes(role))

/** Everybody active whom something may be written to, or those of them who are named. Whoever lost every role, or left, is not among them. */
export async function readAddressees(tx: Tx, among?: Iterable<string>): Promise<readonly StaffAddressee[]> {
  const rows = await tx.person.findMany({
    where: { active: true, roles: { hasSome: [...getsLetters] }, ...(among !== undefined && { id: { in: [...among] } }) },
    select: { id: true, name: true, email: true, roles: true, regularNote: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, name, email, roles, regularNote }) => ({
    ...{ id: id as UserId, name, email, roles: roles as Role[] },
    wantsNote: wantsNote(roles as Role[], regularNote),
  }))
}

/** Whether one gets the regular note, whether it is one's own choice to make, or not. */
export async function readNoteChoice(tx: Tx, id: UserId): Promise<boolean | null> {
  const [person] = await readAddressees(tx, [id])
  return person !== undefined && isHandler(person.roles) ? person.wantsNote : null
}

/** Says whether one wants the regular note. Refusal `permission_denied` for who handles no concerns. Records `note_choice_changed`. */
export function createChooseNote({ audited, clock }: Pick<AccountsDeps, 'audited' | 'clock'>) {
  return async ({ person }: StaffContext, { regularNote }: { readonly regularNote: boolean }): Promise<void> => {
    if (!hasRole(person, ...handles)) throw new Refusal('permission_denied')
    await audited(async (tx) => {
      await tx.person.update({ where: { id: person.userId }, data: { regularNote }, select: { id: true } })
      const fields = { note: regularNote }
      return { value: undefined, entries: [{ kind: 'note_choice_changed', actor: actorOf(person), at: clock.now(), fields }] }
    })
  }
}
