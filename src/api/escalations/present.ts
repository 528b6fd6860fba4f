import type { z } from 'zod'
import type { EscalatedConcern } from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import { presentClock } from '../shapes.ts'
import type { escalationAnswer } from './schema.ts'

export function presentEscalation(concern: EscalatedConcern): z.infer<typeof escalationAnswer> {
  return {
    id: concern.id,
    reference: concern.reference,
    stage: concern.stage,
    status: concern.status,
    raisedOn: concern.raisedOn,
    riskGrade: concern.riskGrade,
    escalatedAt: instantText(concern.escalatedAt),
    nextClock: concern.nextClock === null ? null : presentClock(concern.nextClock),
    mayOpen: concern.mayOpen,
  }
}
