import type { z } from 'zod'
import type { DetrimentCase, FollowUp, HandlingRecord } from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import { presentReport } from '../inbox/present.ts'
import type { detrimentAnswer } from './schema.ts'

type Answer = z.infer<typeof detrimentAnswer>
type Case = Answer['reports'][number]
type Work = Case['work'][number]

interface Detriment {
  readonly reports: readonly DetrimentCase[]
  readonly followUps: readonly FollowUp[]
  readonly mayAct: boolean
}

export function presentDetriment({ reports, followUps, mayAct }: Detriment): Answer {
  return {
    reports: reports.map(presentCase),
    followUps: followUps.map(({ months, answeredOn, answer, comment, genuine }) => ({ months, answeredOn, answer, comment, genuine })),
    mayAct,
  }
}

export function presentCase(report: DetrimentCase): Case {
  return {
    ...presentReport(report),
    riskGrade: report.riskGrade,
    reviews: report.reviews.map(({ dueOn, from, done, late }) => ({ dueOn, from, done, late })),
    openSteps: [...report.openSteps],
    work: report.records.map(presentWork),
  }
}

const shown = ['riskGrade', 'plan', 'reviewOn', 'reviewFor', 'finding', 'reasonCode', 'note'] as const

function presentWork({ id, kind, author, writtenAt, genuine, content }: HandlingRecord): Work {
  const held: Readonly<Record<string, unknown>> = typeof content === 'object' && content !== null ? { ...content } : {}
  const fields = shown.flatMap((name) => (held[name] === undefined ? [] : [[name, held[name]] as const]))
  return {
    id,
    kind: kind as Work['kind'],
    author,
    writtenAt: instantText(writtenAt),
    genuine,
    content: genuine ? Object.fromEntries(fields) : null,
  }
}
