import type { StoredEntry } from '../../audit/index.ts'
import { readDate, type DateText } from '../../kernel/index.ts'
import { detrimentStatus, type DetrimentStatus, type DetrimentStep, type RiskGrade } from '../../workflow/index.ts'

/** One report of bad treatment as the log tells it: nothing sealed is opened for this. */
export interface DetrimentTrack {
  /** The reporter's item that holds what they wrote. */
  readonly id: string
  readonly reportedOn: DateText
  readonly status: DetrimentStatus
  readonly riskGrade: RiskGrade | null
  /** Review dates of the last plan. */
  readonly reviewOn: readonly DateText[]
  /** Dates that a review was made for. */
  readonly reviewed: readonly DateText[]
}

type Entry = Pick<StoredEntry, 'kind' | 'on' | 'text'>

const stepOf: Readonly<Partial<Record<StoredEntry['kind'], DetrimentStep>>> = {
  detriment_risk_assessed: 'assess_risk',
  detriment_plan_set: 'set_plan',
  detriment_reviewed: 'review',
  detriment_closed: 'close',
}

/** Every report of a concern, oldest first. `entries` in their own order: staff's steps stand as they were taken. */
export function reportsIn(entries: readonly Entry[]): DetrimentTrack[] {
  const reported = entries.filter(({ kind }) => kind === 'detriment_reported')
  return reported.map((entry) => trackOf(String(fieldsOf(entry)['item']), entry.on, entries))
}

function trackOf(id: string, reportedOn: DateText, entries: readonly Entry[]): DetrimentTrack {
  const taken = entries.flatMap((entry) => {
    const step = stepOf[entry.kind]
    const fields = fieldsOf(entry)
    return step !== undefined && fields['report'] === id ? [{ step, fields }] : []
  })
  const last = (step: DetrimentStep) => taken.findLast((each) => each.step === step)?.fields
  return {
    id,
    reportedOn,
    status: detrimentStatus(taken.map(({ step }) => step)),
    riskGrade: (last('assess_risk')?.['riskGrade'] ?? null) as RiskGrade | null,
    reviewOn: datesIn(last('set_plan')?.['reviewOn']),
    reviewed: taken.flatMap(({ step, fields }) => (step === 'review' ? datesIn([fields['reviewFor']]) : [])),
  }
}

function datesIn(value: unknown): DateText[] {
  return Array.isArray(value) ? value.flatMap((each) => (typeof each === 'string' ? (readDate(each) ?? []) : [])) : []
}

function fieldsOf({ text }: Pick<Entry, 'text'>): Readonly<Record<string, unknown>> {
  return (JSON.parse(text) as { fields: Readonly<Record<string, unknown>> }).fields
}
