/**
 * Every kind of entry and the fields it may carry, in the order of a concern's life. Fields hold codes, dates, counts, aliases
 * and salted commitments: no address, agent, file name, free text or name of a person (`security.md` 4).
 *
 * Lanes: `reporter` entries carry a date and count by themselves, so that nothing dates a reporter's act by its neighbours.
 */
export const entryKinds = {
  // the reporter's lane
  concern_raised: {
    lane: 'reporter',
    fields: ['status', 'openness', 'channel', 'danger', 'commitment', 'reporterKey', 'recipientSet', 'acknowledgeBy', 'rule'],
  },
  reporter_wrote: { lane: 'reporter', fields: ['item'] },
  withdrawal_asked: { lane: 'reporter', fields: ['item'] },
  openness_changed: { lane: 'reporter', fields: ['before', 'openness', 'item', 'part', 'partKey'] },
  token_replaced: { lane: 'reporter', fields: [] },
  feedback_given: { lane: 'reporter', fields: ['item', 'cycle'] },
  notices_chosen: { lane: 'reporter', fields: ['notices'] },
  detriment_reported: { lane: 'reporter', fields: ['item', 'told'] },
  concern_sent_on: { lane: 'reporter', fields: ['person', 'target', 'compartments', 'reason', 'item'] },
  follow_up_answered: { lane: 'reporter', fields: ['months', 'item'] },

  // recorded by staff for the person, beside the reporter's own lane
  concern_recorded: { lane: 'staff', fields: ['channel', 'receivedOn', 'backDatedDays', 'returnChannel', 'people', 'item'] },
  concern_linked: { lane: 'staff', fields: ['relation', 'others', 'item'] },
  concern_unlinked: { lane: 'staff', fields: ['others', 'item'] },

  // steps of a concern
  concern_acknowledged: { lane: 'staff', fields: ['action', 'from', 'to', 'item', 'clock', 'dueOn', 'state', 'reporterKey'] },
  concern_triaged: {
    lane: 'staff',
    fields: ['action', 'from', 'to', 'item', 'riskGrade', 'decision', 'consent', 'conflict', 'secondApproverRequired'],
  },
  investigation_started: { lane: 'staff', fields: ['action', 'from', 'to', 'item', 'investigator', 'expectedEnd'] },
  approval_requested: { lane: 'staff', fields: ['action', 'from', 'to', 'approval', 'approver', 'decidedBy', 'reasonCode', 'item'] },
  approval_given: {
    lane: 'staff',
    fields: ['action', 'from', 'to', 'approval', 'requestedBy', 'summary', 'decision', 'decidedAt', 'signature'],
  },
  approval_refused: {
    lane: 'staff',
    fields: ['action', 'from', 'to', 'approval', 'requestedBy', 'summary', 'decision', 'decidedAt', 'signature'],
  },
  resolving_without_investigation: { lane: 'staff', fields: ['action', 'from', 'to', 'decidedBy', 'reasonCode', 'item'] },
  concern_referred: { lane: 'staff', fields: ['action', 'from', 'to', 'target', 'shareIdentity', 'item'] },
  findings_recorded: { lane: 'staff', fields: ['action', 'from', 'to', 'item', 'findings', 'actions'] },
  concern_resolved: { lane: 'staff', fields: ['action', 'from', 'to', 'outcome', 'feedbackShared', 'item'] },
  concern_closed: { lane: 'staff', fields: ['action', 'from', 'to', 'followUp', 'months', 'actionEnd', 'item'] },
  concern_reopened: { lane: 'staff', fields: ['action', 'from', 'to', 'cycle', 'item'] },
  concern_withdrawn: { lane: 'staff', fields: ['action', 'from', 'to', 'organisationMustAct', 'outcome', 'asked', 'item'] },
  // by the system, with its reason, where somebody stands in for an owner who is away or silent
  concern_assigned: { lane: 'staff', fields: ['action', 'from', 'to', 'owner', 'reasonCode'] },
  conflict_declared: { lane: 'staff', fields: ['action', 'from', 'to', 'person', 'owner', 'parts'] },
  concern_escalated: { lane: 'staff', fields: ['action', 'from', 'to', 'target', 'person', 'contentShared', 'item'] },
  message_sent: { lane: 'staff', fields: ['item'] },
  note_written: { lane: 'staff', fields: ['item'] },
  assessment_recorded: { lane: 'staff', fields: ['version'] },
  contact_logged: { lane: 'staff', fields: ['channel', 'minutes', 'month', 'item'] },
  private_note_written: { lane: 'staff', fields: ['note'] },
  detriment_risk_assessed: { lane: 'staff', fields: ['report', 'riskGrade', 'item'] },
  detriment_plan_set: { lane: 'staff', fields: ['report', 'reviewOn', 'item'] },
  detriment_reviewed: { lane: 'staff', fields: ['report', 'reviewFor', 'finding', 'item'] },
  detriment_closed: { lane: 'staff', fields: ['report', 'reasonCode', 'item'] },
  // by the clock alone; nobody is in `person` where everybody it could tell is kept out or gone
  clock_warned: { lane: 'staff', fields: ['clock', 'of', 'cycle', 'round', 'dueOn', 'stepOn', 'person'] },
  clock_escalated: { lane: 'staff', fields: ['clock', 'of', 'cycle', 'round', 'step', 'dueOn', 'stepOn', 'person'] },
  access_granted: { lane: 'staff', fields: ['person', 'compartments', 'reasonCode'] },
  access_recovered: { lane: 'staff', fields: ['person', 'compartments'] },
  deadline_moved: { lane: 'staff', fields: ['setting', 'clock', 'of', 'before', 'after'] },
  risk_screened: { lane: 'staff', fields: ['riskGrade', 'item'] },
  first_contact_recorded: { lane: 'staff', fields: ['parts', 'item'] },
  follow_up_made: { lane: 'staff', fields: ['months', 'item'] },
  clock_paused: { lane: 'staff', fields: ['clock', 'of', 'until', 'reasonCode', 'authoriser', 'item'] },
  clock_resumed: { lane: 'staff', fields: ['clock', 'of', 'item'] },
  clock_extended: { lane: 'staff', fields: ['clock', 'of', 'before', 'until', 'reasonCode', 'item'] },
  task_set: { lane: 'staff', fields: ['task', 'dueOn', 'item'] },
  task_done: { lane: 'staff', fields: ['task', 'item', 'link'] },
  task_passed_on: { lane: 'staff', fields: ['task', 'item'] },
  // a one-time link for whoever does it without an account
  task_link_made: { lane: 'staff', fields: ['task', 'link', 'signKey', 'expiresOn'] },
  task_link_withdrawn: { lane: 'staff', fields: ['task', 'link'] },

  // looks at sealed content by staff, and refusals
  concern_viewed: { lane: 'staff', fields: [] },
  content_viewed: { lane: 'staff', fields: ['compartments'] },
  identity_viewed: { lane: 'staff', fields: ['reason'] },
  summary_viewed: { lane: 'staff', fields: ['approval'] },
  queue_viewed: { lane: 'staff', fields: [] },
  summary_printed: { lane: 'staff', fields: ['include'] },
  concern_exported: { lane: 'staff', fields: ['compartments'] },
  time_exported: { lane: 'staff', fields: ['rows'] },
  log_viewed: { lane: 'staff', fields: ['entries'] },
  log_exported: { lane: 'staff', fields: ['what', 'from', 'entries', 'size', 'openings'] },
  log_checked: { lane: 'staff', fields: ['what', 'verdict', 'entries', 'from'] },
  report_viewed: { lane: 'staff', fields: ['report', 'from', 'to', 'clock', 'limit', 'unit'] },
  report_exported: { lane: 'staff', fields: ['report', 'from', 'to', 'format'] },
  sample_fixed: { lane: 'staff', fields: ['sample', 'from', 'to', 'count', 'commitment'] },
  // Without `fixed` it is of an earlier release, which took the numbers when it drew
  sample_drawn: { lane: 'staff', fields: ['sample', 'fixed', 'size', 'root', 'from', 'to', 'numbers', 'count', 'population', 'drawn'] },
  sample_unlocked: { lane: 'staff', fields: ['sample', 'signature', 'until'] },
  sample_refused: { lane: 'staff', fields: ['sample', 'reasonCode'] },
  sample_viewed: { lane: 'staff', fields: ['sample'] },
  attempt_refused: { lane: 'staff', fields: ['attempt', 'code'] },

  // people, rights, settings
  signed_in: { lane: 'staff', fields: [] },
  sign_in_failed: { lane: 'staff', fields: ['person', 'code'] },
  signed_out: { lane: 'staff', fields: [] },
  stepped_up: { lane: 'staff', fields: [] },
  person_added: { lane: 'staff', fields: ['person', 'roles', 'fingerprint', 'signKey', 'who'] },
  person_invited: { lane: 'staff', fields: ['person', 'roles', 'replaces', 'who'] },
  invitation_withdrawn: { lane: 'staff', fields: ['person'] },
  person_enrolled: { lane: 'staff', fields: ['person', 'roles', 'fingerprint', 'signKey', 'replaces', 'who'] },
  person_deactivated: { lane: 'staff', fields: ['person'] },
  person_reactivated: { lane: 'staff', fields: ['person'] },
  opening_destroyed: { lane: 'staff', fields: ['person', 'openings'] },
  absence_entered: { lane: 'staff', fields: ['person', 'from', 'to'] },
  absence_removed: { lane: 'staff', fields: ['person', 'from', 'to'] },
  rights_change_asked: { lane: 'staff', fields: ['person', 'roles', 'deputy', 'groups'] },
  second_factor_reset_requested: { lane: 'staff', fields: ['person'] },
  second_factor_reset_confirmed: { lane: 'staff', fields: ['person', 'requestedBy'] },
  second_factor_reset_refused: { lane: 'staff', fields: ['person', 'requestedBy'] },
  second_factor_renewed: { lane: 'staff', fields: ['person'] },
  password_changed: { lane: 'staff', fields: [] },
  recovery_code_made: { lane: 'staff', fields: [] },
  recovery_code_used: { lane: 'staff', fields: ['person'] },
  sessions_ended: { lane: 'staff', fields: ['count'] },
  keys_renewed: { lane: 'staff', fields: ['person', 'fingerprint', 'signKey'] },
  recovery_key_made: { lane: 'staff', fields: ['fingerprint', 'shares', 'needed'] },
  recovery_exported: { lane: 'staff', fields: ['person', 'concerns'] },
  recipient_set_recovered: { lane: 'staff', fields: ['version', 'digest', 'people', 'inForce', 'rights'] },
  recipient_set_signed: { lane: 'staff', fields: ['version', 'digest', 'people', 'inForce', 'rights'] },
  organisation_opened: { lane: 'staff', fields: ['stamp'] },
  settings_changed: { lane: 'staff', fields: ['setting', 'rows', 'before', 'digest', 'change', 'item', 'version'] },
  // what the rest is judged by, whenever it is another than the log last said
  workflow_published: { lane: 'staff', fields: ['table'] },
  calendar_published: { lane: 'staff', fields: ['division', 'days'] },
  limits_published: { lane: 'staff', fields: ['rules'] },
  // a new version before it holds; `people` of staff side got a letter
  limit_announced: { lane: 'staff', fields: ['code', 'version', 'validFrom', 'noticeUntil', 'people'] },
  limit_withdrawn: { lane: 'staff', fields: ['code', 'version', 'validFrom', 'people'] },
  // what the organisation owes as a whole, by random ids
  duty_began: { lane: 'staff', fields: ['duty', 'code', 'startedOn', 'startedAt', 'dueOn'] },
  duty_done: { lane: 'staff', fields: ['duty', 'code', 'number', 'doneOn', 'doneAt', 'state'] },
  duty_paused: { lane: 'staff', fields: ['duty', 'code', 'number', 'reasonCode'] },
  duty_resumed: { lane: 'staff', fields: ['duty', 'code', 'number'] },
  duty_extended: { lane: 'staff', fields: ['duty', 'code', 'number', 'before', 'until', 'reasonCode'] },
  duty_warned: { lane: 'staff', fields: ['duty', 'code', 'dueOn', 'dueAt', 'stepOn', 'stepAt', 'person'] },
  duty_escalated: { lane: 'staff', fields: ['duty', 'code', 'step', 'dueOn', 'dueAt', 'stepOn', 'stepAt', 'person'] },
  backup_made: { lane: 'staff', fields: ['key'] },
  restore_declared: { lane: 'staff', fields: ['restore', 'kept', 'outsideSize', 'outsideRoot', 'missing', 'newerList'] },
  checkpoint_mailed: { lane: 'staff', fields: ['size', 'people'] },
  // at each fixed time, whether there was work or not
  mail_round_made: { lane: 'staff', fields: ['round', 'slot'] },
  // written the night after, so that no time dates the reporter's act
  urgent_called: { lane: 'staff', fields: ['calls', 'answered'] },
  note_choice_changed: { lane: 'staff', fields: ['note'] },
  log_key_announced: { lane: 'staff', fields: ['verifierKey'] },
  log_key_retired: { lane: 'staff', fields: ['verifierKey'] },
  settings_previewed: { lane: 'staff', fields: ['setting'] },
  saved_view_changed: { lane: 'staff', fields: ['view', 'change', 'team'] },
} as const satisfies Record<string, { readonly lane: 'reporter' | 'staff'; readonly fields: readonly string[] }>

export type EntryKind = keyof typeof entryKinds
export type ReporterEntryKind = { [K in EntryKind]: (typeof entryKinds)[K]['lane'] extends 'reporter' ? K : never }[EntryKind]
export type StaffEntryKind = Exclude<EntryKind, ReporterEntryKind>
export type EntryFields<K extends EntryKind> = {
  readonly [Field in (typeof entryKinds)[K]['fields'][number]]?: string | number | boolean | null | readonly string[]
}
