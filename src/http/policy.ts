import type { Role } from '../kernel/index.ts'

/**
 * Who may call a route. `reporter` needs no account: it marks the pages and calls a reporter uses. The policy is the outer wall only: the
 * use case decides again by role, grant and conflict.
 */
export type Policy =
  { readonly kind: 'public' } | { readonly kind: 'reporter' } | { readonly kind: 'staff'; readonly roles: readonly Role[] }

export const anyone: Policy = { kind: 'public' }
export const reporterOnly: Policy = { kind: 'reporter' }
/** Staff with one of these roles; with none given, anybody who has signed in. */
export const staffOnly = (...roles: readonly Role[]): Policy => ({ kind: 'staff', roles })

/** Queues of the fairness, in the order they are served: a reporter first, the costly sign-in last. */
export const lanes = ['reporter', 'public', 'staff', 'sign_in'] as const
export type Lane = (typeof lanes)[number]
