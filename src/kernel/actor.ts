import type { Alias, UserId } from './ids.ts'

export const roles = ['guardian', 'investigator', 'executive_lead', 'non_executive_lead', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A signed-in member of staff. */
export interface StaffMember {
  readonly userId: UserId
  readonly alias: Alias
  readonly name: string
  readonly roles: readonly Role[]
}

export function hasRole(person: { readonly roles: readonly Role[] }, ...wanted: readonly Role[]): boolean {
  return person.roles.some((role) => wanted.includes(role))
}
