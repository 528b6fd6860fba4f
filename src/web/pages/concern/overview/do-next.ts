import type { HandlingRecord } from '../../../../concerns/index.ts'
import type { Action, TriageDecision } from '../../../../workflow/index.ts'

/**
 * Steps that move a concern on, in the order the workflow takes them; the rest are there at any time. Only after a referral are two open that
 * both go on, and then findings are the other process's to record.
 */
const forward: readonly Action[] = [
  'acknowledge',
  'triage',
  'start_investigation',
  'resolve_without_investigation',
  'refer',
  'resolve',
  'record_findings',
  'close',
]

const afterTriage: Record<TriageDecision, Action> = {
  investigate: 'start_investigation',
  resolve_without_investigation: 'resolve_without_investigation',
  refer: 'refer',
  advice_only: 'resolve_without_investigation',
  unable_to_progress: 'resolve_without_investigation',
}

/** The one step shown as the button: a look at danger that nobody has taken, an answer to whoever asks to withdraw, what triage decided where it is open, else the first step that moves the concern on. */
export function primaryAction(
  allowed: readonly Action[],
  decision: TriageDecision | null,
  { withdrawalAsked = false, dangerUngraded = false }: { readonly withdrawalAsked?: boolean; readonly dangerUngraded?: boolean } = {},
): Action | null {
  if (dangerUngraded && allowed.includes('screen_risk')) return 'screen_risk'
  if (withdrawalAsked && allowed.includes('withdraw')) return 'withdraw'
  const decided = decision === null ? null : afterTriage[decision]
  if (decided !== null && allowed.includes(decided)) return decided
  return forward.find((action) => allowed.includes(action)) ?? null
}

/** What the last triage decided, where its record can be read. */
export function decisionOf(records: readonly HandlingRecord[]): TriageDecision | null {
  const content = records.findLast(({ kind, genuine }) => kind === 'triage' && genuine)?.content
  const decision: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, 'decision') : null
  return typeof decision === 'string' && Object.hasOwn(afterTriage, decision) ? (decision as TriageDecision) : null
}
