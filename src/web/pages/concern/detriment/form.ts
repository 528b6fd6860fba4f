import { detrimentInputs, type DetrimentStepInput } from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import { invalid, readDate, type DateText } from '../../../../kernel/index.ts'
import type { DetrimentStep } from '../../../../workflow/index.ts'
import { datePartsOf, dateTyped, type Typed } from '../../../staff/typed.ts'

/** The address of each step below the page, and back. */
export const stepPaths = { assess_risk: 'risk', set_plan: 'plan', review: 'review', close: 'closure' } as const satisfies Record<
  DetrimentStep,
  string
>

export const planDates = ['reviewOn-1', 'reviewOn-2', 'reviewOn-3'] as const

/** Names of the boxes of each step's form. */
export const stepNames: Readonly<Record<DetrimentStep, readonly string[]>> = {
  assess_risk: ['riskGrade', 'note'],
  set_plan: ['plan', ...planDates.flatMap(datePartsOf)],
  review: ['reviewFor', 'finding', 'note'],
  close: ['reasonCode', 'note'],
}

/** Pointers of faults as the boxes they belong to. */
export const stepFields = { '/reviewOn': 'reviewOn-1-day' } as const

/** The step as the use case takes it. Refusal `invalid_input`, each fault at its box. */
export function readStep<S extends DetrimentStep>(step: S, report: string, typed: Typed, today: DateText): DetrimentStepInput<S> {
  const note = typed.one('note')
  const given: Record<DetrimentStep, () => object> = {
    assess_risk: () => ({ riskGrade: chosen(typed, 'riskGrade'), note }),
    set_plan: () => ({ plan: typed.one('plan'), reviewOn: datesIn(typed, today) }),
    review: () => ({ ...reviewForIn(typed), finding: chosen(typed, 'finding'), note }),
    close: () => ({ reasonCode: chosen(typed, 'reasonCode'), note }),
  }
  return readInput(detrimentInputs[step], { report, ...given[step]() }) as DetrimentStepInput<S>
}

const chosen = (typed: Typed, name: string): string | undefined => (typed.has(name) ? typed.one(name) : undefined)

function reviewForIn(typed: Typed): { readonly reviewFor?: string } {
  const date = typed.one('reviewFor')
  return readDate(date) === null ? {} : { reviewFor: date }
}

/** Dates left empty fall out, so a wrong one is named here, by its own boxes. */
function datesIn(typed: Typed, today: DateText): readonly string[] {
  return planDates.flatMap((name) => {
    const date = dateTyped(typed, name)
    if (date === '') return []
    if (readDate(date) === null) throw invalid(`/${name}-day`, 'not_a_date', 'Give a real date.')
    if (date < today) throw invalid(`/${name}-day`, 'in_the_past', 'Give today or a later date.')
    return [date]
  })
}
