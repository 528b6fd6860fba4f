import type { z } from 'zod'
import type { OneTimeLink, PersonSummary, Rights, WaitingReset } from '../../accounts/index.ts'
import { instantText } from '../../kernel/index.ts'
import type { linkAnswer, resetsAnswer, rightsAnswer, userAnswer } from './schema.ts'

export function presentRights({ roles, deputy, intakeGroupIds }: Rights): z.infer<typeof rightsAnswer> {
  return { roles: [...roles], deputy, intakeGroupIds: [...intakeGroupIds] }
}

export function presentUser(person: PersonSummary): z.infer<typeof userAnswer> {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    ...presentRights(person),
    state: person.state,
    asked: person.asked && presentRights(person.asked),
    secondFactor: person.secondFactor,
    recoveryCode: person.recoveryCode,
    countersignedAt: person.countersignedAt && instantText(person.countersignedAt),
    linkUntil: person.linkUntil && instantText(person.linkUntil),
  }
}

export function presentLink({ personId, secret, expiresAt }: OneTimeLink): z.infer<typeof linkAnswer> {
  return { userId: personId, link: `/enrol/link/${secret}`, expiresAt: instantText(expiresAt) }
}

export function presentReset(reset: WaitingReset): z.infer<typeof resetsAnswer>['items'][number] {
  return { id: reset.id, userId: reset.personId, name: reset.name, askedBy: reset.askedBy, askedAt: instantText(reset.askedAt) }
}
