/**
 * Bad treatment for speaking up runs beside the concern, whatever the concern's status (`domain.md` 9.1, 9.3). One track a report. What the
 * person says is enough to open one: a finding is something else.
 */
export const detrimentLabels = {
  /** `domain.md` 9.1, DetrimentType. */
  types: {
    ostracism: 'Left out or ignored',
    duties_changed: 'Duties or shifts changed',
    moved: 'Moved to another place or team',
    overlooked: 'Overlooked for promotion or training',
    performance_or_disciplinary: 'Performance or disciplinary action',
    bullying: 'Bullied',
    contract_pay_dismissal: 'Contract, pay or dismissal',
    threatened: 'Threatened',
    other: 'Something else',
  },
  statuses: {
    reported: 'Reported',
    risk_assessed: 'Risk assessed',
    action_in_place: 'Plan in place',
    reviewed: 'Reviewed',
    closed: 'Closed',
  },
  /** What a review finds. LOCAL. */
  reviewFindings: {
    stopped: 'It has stopped',
    continues: 'It goes on',
    worse: 'It has become worse',
    not_reached: 'The person could not be reached',
  },
  /** LOCAL. */
  closeReasons: {
    resolved: 'Put right, and the person agrees',
    stopped: 'It has stopped and was reviewed',
    person_asked: 'The person asks to close it',
    other_process: 'Another process has taken it over',
    same_as_another: 'It is the same as another report',
    other: 'Another reason',
  },
} as const

const codesOf = <Code extends string>(list: Readonly<Record<Code, string>>) => Object.keys(list) as Code[] as readonly Code[]

export const detrimentTypes = codesOf(detrimentLabels.types)
export type DetrimentType = (typeof detrimentTypes)[number]
export type DetrimentStatus = keyof typeof detrimentLabels.statuses
export const reviewFindings = codesOf(detrimentLabels.reviewFindings)
export type ReviewFinding = (typeof reviewFindings)[number]
export const closeReasons = codesOf(detrimentLabels.closeReasons)
export type CloseReason = (typeof closeReasons)[number]

/** What staff do on a track, in the order they do it. */
export const detrimentSteps = ['assess_risk', 'set_plan', 'review', 'close'] as const
export type DetrimentStep = (typeof detrimentSteps)[number]

const after: Readonly<Record<DetrimentStep, DetrimentStatus>> = {
  assess_risk: 'risk_assessed',
  set_plan: 'action_in_place',
  review: 'reviewed',
  close: 'closed',
}

/** A plan rests on an assessed risk, and a review on a plan. A risk that is assessed anew leaves the plan in place. */
const open: Readonly<Record<DetrimentStatus, readonly DetrimentStep[]>> = {
  reported: ['assess_risk'],
  risk_assessed: ['assess_risk', 'set_plan', 'close'],
  action_in_place: ['assess_risk', 'set_plan', 'review', 'close'],
  reviewed: ['assess_risk', 'set_plan', 'review', 'close'],
  closed: [],
}

export function openSteps(status: DetrimentStatus): readonly DetrimentStep[] {
  return open[status]
}

/** Where a track stands after these steps, oldest first. Nothing is stored: the steps are the log's. */
export function detrimentStatus(steps: readonly DetrimentStep[]): DetrimentStatus {
  return steps.reduce<DetrimentStatus>((status, step) => {
    if (status === 'closed') return status
    const planned = status === 'action_in_place' || status === 'reviewed'
    return step === 'assess_risk' && planned ? status : after[step]
  }, 'reported')
}

/** The question of the national collection, word for word: "Given your experience, would you speak up again?" No answer is no code. */
export const speakUpAgainLabels = { yes: 'Yes', no: 'No', maybe: 'Maybe', dont_know: 'I don’t know' } as const
export const speakUpAgainAnswers = codesOf(speakUpAgainLabels)
export type SpeakUpAgain = (typeof speakUpAgainAnswers)[number]

/** How somebody is treated three and six months after the outcome, in their own words; to say nothing is an answer too. */
export const followUpLabels = { fine: 'Fine', worse: 'Worse', not_say: 'They would rather not say' } as const
export const followUpAnswers = codesOf(followUpLabels)
export type FollowUpAnswer = (typeof followUpAnswers)[number]

/** Why a person may send their concern on: a promise was broken, or they do not agree that a clock stands still or was given a later date. */
const sendOnLabels = {
  late: 'A promise was not kept in time',
  pause: 'They do not agree with a pause',
  moved: 'They do not agree with a later date',
} as const
export const sendOnReasons = codesOf(sendOnLabels)
export type SendOnReason = (typeof sendOnReasons)[number]
