import { addDays, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'

/** "Due soon" reaches this many working days ahead (`experience.md`, urgency order). */
const soon = 3

/** What decides a concern's place in the queue: clear columns, and whether bad treatment has its plan. */
export interface UrgencyFacts {
  readonly danger: boolean
  readonly status: string
  readonly nextDueOn: DateText | null
  readonly unreadSince: DateText | null
  /** Bad treatment was reported and nobody has made a plan. */
  readonly detrimentWithoutPlan: boolean
  readonly ownerId: string | null
}

/** The two dates the database needs to sort by the same order; both belong to their range. */
export interface UrgencyBounds {
  readonly today: DateText
  readonly soonUntil: DateText
}

/** The published order, most urgent first; a place in this list is the rank, counted from 1. */
export const urgencyReasons = [
  'danger_unanswered',
  'overdue',
  'due_today',
  'unread_message',
  'detriment_without_plan',
  'due_soon',
  'no_owner',
  'by_date',
] as const
export type UrgencyReason = (typeof urgencyReasons)[number]

export interface Urgency {
  readonly rank: number
  readonly code: UrgencyReason
  readonly words: string
  /** Sorts rows of the same rank, earliest first and none last; where it is null or alike, the date raised decides. */
  readonly date: DateText | null
}

/** `soonUntil` is the eve of the first day too far off, so that a weekend after the last near day still counts as near. */
export function urgencyBounds(today: DateText, calendar: WorkingCalendar): UrgencyBounds {
  return { today, soonUntil: addDays(calendar.addWorkingDays(today, soon + 1), -1) }
}

const sortsByDue: ReadonlySet<UrgencyReason> = new Set(['overdue', 'due_today', 'due_soon', 'by_date'])

/** The reason alone: how far off the date is, its clock says beside it. */
const reasonWords: Record<UrgencyReason, string> = {
  danger_unanswered: 'Someone may be in danger and nobody has answered yet',
  overdue: 'Its date has passed',
  due_today: 'Its date is today',
  unread_message: 'A new message from the person who raised it',
  detriment_without_plan: 'Bad treatment reported and no plan made',
  due_soon: 'Its date is near',
  no_owner: 'Nobody owns it',
  by_date: 'Its next date',
}

/** Why a concern stands where it stands in the queue: the first reason of the published order that holds. No hidden score. */
export function urgencyOf(facts: UrgencyFacts, today: DateText, calendar: WorkingCalendar): Urgency {
  const code = reasonFor(facts, urgencyBounds(today, calendar))
  const due = facts.nextDueOn
  return {
    rank: urgencyReasons.indexOf(code) + 1,
    code,
    words: code === 'by_date' && due === null ? 'Nothing due' : reasonWords[code],
    date: code === 'unread_message' ? facts.unreadSince : sortsByDue.has(code) ? due : null,
  }
}

function reasonFor(facts: UrgencyFacts, { today, soonUntil }: UrgencyBounds): UrgencyReason {
  const due = facts.nextDueOn
  if (facts.danger && facts.status === 'raised') return 'danger_unanswered'
  if (due !== null && due < today) return 'overdue'
  if (due === today) return 'due_today'
  if (facts.unreadSince !== null) return 'unread_message'
  if (facts.detrimentWithoutPlan) return 'detriment_without_plan'
  if (due !== null && due <= soonUntil) return 'due_soon'
  if (facts.ownerId === null) return 'no_owner'
  return 'by_date'
}
