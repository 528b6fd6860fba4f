/**
 * The field's words: what each code is called on screen. One list feeds forms, schemas and reports. Where a list is official its
 * source is named (`domain.md` 9.1) and its labels stay as published; LOCAL marks a list of our own that a trust may change.
 */
export const labels = {
  actions: {
    acknowledge: 'Acknowledge',
    triage: 'Triage',
    start_investigation: 'Start an investigation',
    resolve_without_investigation: 'Resolve without an investigation',
    refer: 'Refer to another process',
    record_findings: 'Record findings',
    resolve: 'Resolve',
    close: 'Close',
    reopen: 'Reopen',
    withdraw: 'Record that the person withdraws it',
    assign: 'Assign',
    declare_conflict: 'Declare a conflict of interest',
    escalate: 'Escalate',
    screen_risk: 'Look for immediate risk',
    record_first_contact: 'Record the first contact',
    pause_clock: 'Pause a time limit',
    resume_clock: 'Let a paused time limit go on',
    extend_clock: 'Give a time limit a later date',
    record_follow_up: 'Record a check after the outcome',
  },
  /** Freedom to speak up policy for the NHS, June 2022. */
  opennesses: {
    open: 'Openly',
    confidential: 'Confidentially',
    anonymous: 'Anonymously',
  },
  /** Items of the national data collection since April 2022. A concern may have several, or none. */
  elements: {
    patient_safety_quality: 'Patient safety/quality',
    worker_safety_wellbeing: 'Worker safety or wellbeing',
    bullying_harassment: 'Bullying or harassment',
    other_behaviours: 'Other inappropriate attitudes or behaviours',
  },
  /** The list of the national data collection since 2021/22, after the Electronic Staff Record. */
  professionalGroups: {
    additional_clinical_services: 'Additional clinical services',
    additional_professional_scientific_technical: 'Additional professional scientific and technical',
    administrative_clerical: 'Administrative and clerical',
    allied_health_professionals: 'Allied health professionals',
    estates_ancillary: 'Estates and ancillary',
    healthcare_scientists: 'Healthcare scientists',
    medical_dental: 'Medical and dental',
    registered_nurses_midwives: 'Registered nurses and midwives',
    students: 'Students',
    not_known: 'Not known',
    other: 'Other',
  },
  /** For information only: nobody is turned away by it. LOCAL. */
  workerStatuses: {
    employee: 'Employee',
    worker_or_bank: 'Worker or bank staff',
    agency_or_locum: 'Agency or locum',
    student_or_trainee: 'Student or trainee',
    contractor: 'Contractor',
    volunteer: 'Volunteer',
    job_applicant: 'Job applicant',
    former_worker: 'Former worker',
    other: 'Other',
    prefer_not_to_say: 'Prefer not to say',
  },
  /** LOCAL. */
  channels: {
    web_form: 'Web form',
    email: 'E-mail',
    phone: 'Phone',
    in_person: 'In person',
    letter: 'Letter',
    via_champion: 'Through a champion',
    app: 'Another program',
  },
  /** LOCAL. */
  riskGrades: {
    immediate: 'Immediate',
    high: 'High',
    medium: 'Medium',
    low: 'Low',
  },
  /** After Appendix A of the 2022 policy. */
  triageDecisions: {
    investigate: 'Investigate',
    resolve_without_investigation: 'Resolve without an investigation',
    refer: 'Refer to another process',
    advice_only: 'Advice and support only',
    unable_to_progress: 'Unable to progress',
  },
  /** What the person agreed to: a choice about confidentiality, never the lawful basis. */
  consents: {
    share_as_agreed: 'Share who they are, as agreed with them',
    do_not_share_identity: 'Do not share who they are',
    not_applicable: 'Not applicable',
  },
  conflictAnswers: {
    none: 'No conflict of interest',
    found: 'A conflict of interest was found',
  },
  referralTargets: {
    hr: 'Human resources',
    patient_safety: 'Patient safety',
    counter_fraud: 'Counter fraud',
    safeguarding: 'Safeguarding',
    external: 'An outside body',
  },
  /** When a person's name may be passed on without their agreement: the exceptions of the 2022 policy. */
  identityGrounds: {
    required_by_law: 'The law requires it',
    serious_harm: 'Serious risk of harm',
  },
  /** Why no investigation is needed. LOCAL: no national list exists. */
  notInvestigatedReasons: {
    can_be_put_right_now: 'It can be put right now',
    facts_agreed: 'The facts are known and agreed',
    already_looked_into: 'It is, or has been, looked into already',
    person_prefers_informal: 'The person prefers an informal way',
    improvement_idea: 'It is an idea for improvement',
    advice_given: 'Advice was what the person wanted',
    not_enough_to_go_on: 'There is not enough to go on',
    other: 'Another reason',
  },
  /** For each allegation. LOCAL. */
  findings: {
    substantiated: 'Substantiated',
    partly_substantiated: 'Partly substantiated',
    not_substantiated: 'Not substantiated',
    unable_to_determine: 'Unable to determine',
  },
  /** LOCAL. */
  outcomes: {
    resolved_informally: 'Resolved informally',
    investigated_action_taken: 'Investigated, action taken',
    investigated_no_action_needed: 'Investigated, no action needed',
    referred_and_concluded_elsewhere: 'Referred and concluded elsewhere',
    advice_given: 'Advice given',
    unable_to_progress: 'Unable to progress',
    withdrawn_by_person: 'Withdrawn by the person',
  },
  /** LOCAL. */
  feedbackShared: {
    full_report: 'The full report',
    summary: 'A summary',
    outcome_only: 'The outcome only',
    cannot_share: 'It cannot be shared',
    no_return_channel: 'There is no way to reach the person',
  },
  /** Checks after the outcome that nobody is treated badly for it. LOCAL, after ISO 37002 8.5. */
  followUps: {
    done: 'The checks are done',
    declined: 'The person does not want them',
  },
  /** What became of the actions that were set with the findings. LOCAL. */
  actionEnds: {
    complete: 'All are complete',
    tracked_plan: 'They go on in a plan that is tracked',
  },
  /** What the policy of June 2022 asks for first, and T3 waits for (`domain.md` 2.2). */
  firstContactParts: {
    thanked: 'Thanked the person',
    understood: 'Talked it through until it was understood',
    consent: 'Agreed what may be shared, and with whom',
    wellbeing: 'Offered support for their wellbeing',
  },
  /** Why a time limit stands still. LOCAL. */
  pauseReasons: {
    police_hold: 'The police or another authority asked us to wait',
    person_asked: 'The person asked us to wait',
    person_unavailable: 'The person cannot be reached, as they told us',
    waiting_for_other_body: 'Another body has to finish first',
    other: 'Another reason',
  },
  /** Why a time limit gets a later date. LOCAL. */
  extensionReasons: {
    more_to_look_into: 'There is more to look into than we knew',
    people_unavailable: 'People we have to speak to are away',
    waiting_for_records: 'Papers or records are still to come',
    waiting_for_other_body: 'Another body has to finish first',
    agreed_with_person: 'Agreed with the person',
    other: 'Another reason',
  },
  /** The order of the 2022 policy: executive lead or non-executive lead, then an outside body. */
  escalationTargets: {
    executive_lead: 'The executive lead',
    non_executive_lead: 'The non-executive lead',
    external: 'An outside body',
  },
} as const

const codesOf = <Code extends string>(list: Readonly<Record<Code, string>>) => Object.keys(list) as Code[] as readonly Code[]

export const actions = codesOf(labels.actions)
export type Action = (typeof actions)[number]
export const opennesses = codesOf(labels.opennesses)
export type Openness = (typeof opennesses)[number]
export const elements = codesOf(labels.elements)
export type Element = (typeof elements)[number]
export const professionalGroups = codesOf(labels.professionalGroups)
export type ProfessionalGroup = (typeof professionalGroups)[number]
export const workerStatuses = codesOf(labels.workerStatuses)
export type WorkerStatus = (typeof workerStatuses)[number]
export const channels = codesOf(labels.channels)
export type Channel = (typeof channels)[number]
export const riskGrades = codesOf(labels.riskGrades)
export type RiskGrade = (typeof riskGrades)[number]
export const triageDecisions = codesOf(labels.triageDecisions)
export type TriageDecision = (typeof triageDecisions)[number]
export const consents = codesOf(labels.consents)
export type Consent = (typeof consents)[number]
export const conflictAnswers = codesOf(labels.conflictAnswers)
export type ConflictAnswer = (typeof conflictAnswers)[number]
export const referralTargets = codesOf(labels.referralTargets)
export type ReferralTarget = (typeof referralTargets)[number]
export const identityGrounds = codesOf(labels.identityGrounds)
export type IdentityGround = (typeof identityGrounds)[number]
export const notInvestigatedReasons = codesOf(labels.notInvestigatedReasons)
export type NotInvestigatedReason = (typeof notInvestigatedReasons)[number]
export const findings = codesOf(labels.findings)
export type Finding = (typeof findings)[number]
export const outcomes = codesOf(labels.outcomes)
export type Outcome = (typeof outcomes)[number]
export const feedbackShared = codesOf(labels.feedbackShared)
export type FeedbackShared = (typeof feedbackShared)[number]
export const followUps = codesOf(labels.followUps)
export type FollowUp = (typeof followUps)[number]
export const actionEnds = codesOf(labels.actionEnds)
export type ActionEnd = (typeof actionEnds)[number]
export const firstContactParts = codesOf(labels.firstContactParts)
export type FirstContactPart = (typeof firstContactParts)[number]
export const pauseReasons = codesOf(labels.pauseReasons)
export type PauseReason = (typeof pauseReasons)[number]
export const extensionReasons = codesOf(labels.extensionReasons)
export type ExtensionReason = (typeof extensionReasons)[number]
export const escalationTargets = codesOf(labels.escalationTargets)
export type EscalationTarget = (typeof escalationTargets)[number]
