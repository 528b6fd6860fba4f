import { entryKinds, type EntryKind } from '../catalogue.ts'

/** What auditors look for together. Cover entries say nothing and are looked at only when asked for. */
export const kindGroups = {
  reporters: [
    'concern_raised',
    'reporter_wrote',
    'withdrawal_asked',
    'openness_changed',
    'token_replaced',
    'feedback_given',
    'detriment_reported',
  ],
  steps: [
    'concern_recorded',
    'concern_acknowledged',
    'concern_triaged',
    'investigation_started',
    'approval_requested',
    'approval_given',
    'approval_refused',
    'resolving_without_investigation',
    'concern_referred',
    'findings_recorded',
    'concern_resolved',
    'concern_closed',
    'concern_reopened',
    'concern_withdrawn',
    'concern_assigned',
    'conflict_declared',
    'concern_escalated',
    'risk_screened',
    'first_contact_recorded',
    'follow_up_made',
    'clock_paused',
    'clock_resumed',
    'clock_extended',
    'task_set',
    'task_done',
    'task_passed_on',
    'clock_escalated',
  ],
  names: ['identity_viewed', 'access_recovered', 'recovery_exported'],
  looks: ['content_viewed', 'concern_viewed', 'summary_viewed', 'queue_viewed'],
  taken: ['summary_printed', 'concern_exported', 'time_exported', 'log_exported'],
  access: ['access_granted', 'access_recovered', 'conflict_declared', 'recipient_set_signed', 'recipient_set_recovered'],
  people: [
    'person_added',
    'person_invited',
    'invitation_withdrawn',
    'person_enrolled',
    'person_deactivated',
    'person_reactivated',
    'opening_destroyed',
    'rights_change_asked',
    'keys_renewed',
    'recipient_set_signed',
    'recipient_set_recovered',
    'note_choice_changed',
  ],
  sign_in: [
    'signed_in',
    'sign_in_failed',
    'signed_out',
    'stepped_up',
    'second_factor_reset_requested',
    'second_factor_reset_confirmed',
    'second_factor_reset_refused',
    'second_factor_renewed',
    'password_changed',
    'recovery_code_made',
    'recovery_code_used',
    'sessions_ended',
  ],
  refused: ['attempt_refused', 'sign_in_failed'],
  settings: ['settings_changed', 'settings_previewed', 'deadline_moved', 'workflow_published', 'calendar_published', 'limits_published'],
  samples: ['sample_drawn', 'sample_unlocked', 'sample_refused', 'sample_viewed'],
  log: [
    'log_viewed',
    'log_exported',
    'log_checked',
    'checkpoint_mailed',
    'log_key_announced',
    'log_key_retired',
    'backup_made',
    'mail_round_made',
    'restore_declared',
  ],
} as const satisfies Record<string, readonly EntryKind[]>

export type KindGroup = keyof typeof kindGroups

/** `cover`, or the code of a group or of one kind; null for what is none of them. */
export function kindsOf(code: string): readonly (EntryKind | 'cover')[] | null {
  if (code === 'cover') return ['cover']
  if (Object.hasOwn(kindGroups, code)) return kindGroups[code as KindGroup]
  return Object.hasOwn(entryKinds, code) ? [code as EntryKind] : null
}
