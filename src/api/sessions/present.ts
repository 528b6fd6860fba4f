import type { z } from 'zod'
import type { OpenedSession } from '../../accounts/index.ts'
import { instantText } from '../../kernel/index.ts'
import type { sessionAnswer } from './schema.ts'

export function presentSession({ accessToken, expiresAt, staff }: OpenedSession): z.infer<typeof sessionAnswer> {
  return {
    accessToken,
    expiresAt: instantText(expiresAt),
    user: { id: staff.userId, name: staff.name, roles: [...staff.roles] },
  }
}
