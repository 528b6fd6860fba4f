import type { Role } from '../kernel/index.ts'
import { deciders } from './guards.ts'
import { statuses, type Status } from './statuses.ts'
import { destinations, graveRisks } from './transitions.ts'
import { actions, type Action, type RiskGrade } from './vocabulary.ts'

/** The workflow as anybody outside can check a log by it: no person, no words, codes only. */
export interface PublishedWorkflow {
  readonly format: 'forthright-workflow/1'
  /** Where every concern begins. */
  readonly first: Status
  /** For each action: from which statuses, to which. An approval moves as the action that asked for it. */
  readonly moves: Readonly<Record<Action, Readonly<Partial<Record<Status, readonly Status[]>>>>>
  /** With these grades a second person approves leaving a concern uninvestigated, and holds one of these roles. */
  readonly secondApprover: { readonly riskGrades: readonly RiskGrade[]; readonly roles: readonly Role[] }
}

/** The table that buttons are drawn from and acts are judged by, without guards and relations: those need what is sealed. */
export function publishedWorkflow(): PublishedWorkflow {
  const movesOf = (action: Action) =>
    Object.fromEntries(
      statuses.flatMap((from) => {
        const to = destinations(action, from)
        return to.length > 0 ? [[from, to]] : []
      }),
    )
  const moves = Object.fromEntries(actions.map((action) => [action, movesOf(action)])) as PublishedWorkflow['moves']
  return { format: 'forthright-workflow/1', first: 'raised', moves, secondApprover: { riskGrades: graveRisks, roles: deciders } }
}
