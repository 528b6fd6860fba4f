import type { AuditDraft } from '../../audit/index.ts'
import { invalid, londonDate, Refusal } from '../../kernel/index.ts'
import { openSteps, type DetrimentStep } from '../../workflow/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'
import { sealRecord, type Writer } from '../acts/staff-writing.ts'
import { createWriteOnce, storeWritten, type EntryBase } from '../acts/write-once.ts'
import type { DetrimentClosureContent, DetrimentPlanContent, DetrimentReviewContent, DetrimentRiskContent } from './contents.ts'
import type { DetrimentStepInput } from './inputs.ts'
import { reportsIn, type DetrimentTrack } from './track.ts'
import type { DetrimentUseCases } from './use-cases.ts'

type Done = Promise<{ readonly item: ItemRow; readonly entry: AuditDraft }>
type Steps = { readonly [S in DetrimentStep]: (writer: Writer, input: DetrimentStepInput<S>, base: EntryBase) => Done }

/**
 * A step on one report: risk assessed, plan set, reviewed, closed, each a sealed record of the handlers' own and an entry. With the last open
 * report the concern's mark goes, and with it what stands in the way of closing.
 */
export function createActOnDetriment(deps: ConcernDeps, receipts: Receipts): DetrimentUseCases['actOnDetriment'] {
  const acts = {
    assess_risk: stepOnce(deps, receipts, 'assess_risk'),
    set_plan: stepOnce(deps, receipts, 'set_plan'),
    review: stepOnce(deps, receipts, 'review'),
    close: stepOnce(deps, receipts, 'close'),
  }
  return (ctx, id, step, input, secret) => (acts[step] as ReturnType<typeof stepOnce<typeof step>>)(ctx, id, input, secret)
}

function stepOnce<S extends DetrimentStep>(deps: ConcernDeps, receipts: Receipts, step: S) {
  return createWriteOnce(deps, receipts, {
    attempt: `detriment_${step}`,
    write: async (writer, input: DetrimentStepInput<S>, base) => {
      assertOpen(writer, step, input.report)
      const { item, entry } = await steps[step](writer, input, base)
      await storeWritten(writer, base, item)
      return { answer: { id: item.id }, entry }
    },
  })
}

const steps: Steps = {
  assess_risk: async (writer, { report, riskGrade, note }, base) => {
    const content: DetrimentRiskContent = { report, riskGrade, note }
    const item = sealRecord(writer, 'detriment_risk', content)
    return { item, entry: { ...base, kind: 'detriment_risk_assessed', fields: { report, riskGrade, item: item.id } } }
  },

  set_plan: async (writer, { report, plan, reviewOn }, base) => {
    const past = reviewOn.findIndex((date) => date < londonDate(base.at))
    if (past !== -1) throw invalid(`/reviewOn/${past}`, 'in_the_past', 'Give today or a later date.')
    const content: DetrimentPlanContent = { report, plan, reviewOn }
    const item = sealRecord(writer, 'detriment_plan', content)
    return { item, entry: { ...base, kind: 'detriment_plan_set', fields: { report, reviewOn, item: item.id } } }
  },

  review: async (writer, { report, reviewFor, finding, note }, base) => {
    const content: DetrimentReviewContent = { report, reviewFor: reviewFor ?? null, finding, note }
    const item = sealRecord(writer, 'detriment_review', content)
    return {
      item,
      entry: { ...base, kind: 'detriment_reviewed', fields: { report, reviewFor: reviewFor ?? null, finding, item: item.id } },
    }
  },

  close: async (writer, { report, reasonCode, note }, base) => {
    const content: DetrimentClosureContent = { report, reasonCode, note }
    const item = sealRecord(writer, 'detriment_closure', content)
    const others = reportsIn(writer.concern.entries).some(({ id, status }) => id !== report && status !== 'closed')
    if (!others) await writer.tx.concern.updateMany({ where: { id: base.concernId }, data: { openDetriment: false } })
    return { item, entry: { ...base, kind: 'detriment_closed', fields: { report, reasonCode, item: item.id } } }
  },
}

/** Refusal `invalid_input` where there is no such report here, `transition_not_allowed` where the step is not open on it. */
function assertOpen({ concern }: Writer, step: DetrimentStep, report: string): void {
  const track: DetrimentTrack | undefined = reportsIn(concern.entries).find(({ id }) => id === report)
  if (track === undefined) throw invalid('/report', 'not_an_option', 'Choose one of the reports listed.')
  if (!openSteps(track.status).includes(step)) throw new Refusal('transition_not_allowed')
}
