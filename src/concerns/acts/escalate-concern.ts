import type { UserId } from '../../kernel/index.ts'
import { insertEscalations } from './escalation-store.ts'
import type { EscalationContent } from './handling-contents.ts'
import { aliasOf, holdersOf } from '../sealing/holders.ts'
import { writablePart } from '../sealing/opening.ts'
import type { Acting, Step } from './action-step.ts'
import { grantTo, type GrantRow } from '../sealing/sealed-parts.ts'
import { sealRecord } from './staff-writing.ts'

const shares = ['internal', 'shared'] as const

/**
 * Tells the leads of a role, never one it is about: timing at once, content only where whoever escalates shares it, a name never. Who handles
 * the concern already stays a handler. Telling an outside body is recorded here and done by hand.
 */
export async function escalate(acting: Acting<'escalate'>): Promise<Step> {
  const { actor, concern, ctx, directory, facts, input, move, random } = acting
  const { to, reason } = input
  const told = (move.tells ?? []).filter((person) => !facts.handlers.has(person))
  const contentShared = input.shareContent && told.length > 0
  const record: EscalationContent = { to, reason, told, contentShared }
  const item = sealRecord(acting, 'escalation', record)
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  return {
    items: [item],
    tells: told.map((person) => ({ cause: 'escalated', person })),
    grants: contentShared ? grantsFor(acting, told) : [],
    entries: [
      {
        ...base,
        kind: 'concern_escalated',
        fields: {
          action: 'escalate',
          from: facts.status,
          to: move.to,
          target: to,
          person: (move.tells ?? []).map((person) => aliasOf(directory, person)),
          contentShared,
          item: item.id,
        },
      },
      ...(contentShared
        ? told.map((person) => ({
            ...base,
            kind: 'access_granted' as const,
            fields: { person: aliasOf(directory, person), compartments: shares },
          }))
        : []),
    ],
    also: (tx) => insertEscalations(tx, random, concern.concern.id, to, told, ctx.now),
  }
}

function grantsFor({ concern, directory, random }: Acting<'escalate'>, people: readonly UserId[]): GrantRow[] {
  return shares.flatMap((kind) => grantTo(random, writablePart(concern, kind), holdersOf(directory, people)))
}
