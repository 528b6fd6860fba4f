import type { z } from 'zod'
import { instantText, type StaffMember } from '../../kernel/index.ts'
import type { sessionAnswer } from './schema.ts'

/** A session as it was opened or renewed. */
export interface OpenedSession {
  readonly accessToken: string
  readonly expiresAt: Temporal.Instant
  readonly staff: StaffMember
}

export function presentSession({ accessToken, expiresAt, staff }: OpenedSession): z.infer<typeof sessionAnswer> {
  return {
    accessToken,
    expiresAt: instantText(expiresAt),
    user: { id: staff.userId, name: staff.name, roles: [...staff.roles] },
  }
}
