import type { CompartmentKind } from '../../vault/index.ts'
import { Refusal, type UserId } from '../../kernel/index.ts'
import type { Acting } from '../acts/action-step.ts'
import { holdersOf, recoveryOf } from '../sealing/holders.ts'
import { grantTo, type GrantRow, type Holder, type OpenCompartment } from '../sealing/sealed-parts.ts'
import { sentOnTo } from '../inbox/sent-on.ts'
import { sealDutyRecord } from '../sweep/duty-record.ts'
import { agreedToStandby, vouchedFor } from '../sealing/trusted-handlers.ts'
import { readGrantees } from './conflict-store.ts'
import { nextEpoch } from './epochs.ts'

type Declaring = Acting<'declare_conflict'>

/** New keys for what is written from now on, and who gets them. */
export interface Renewal {
  readonly parts: readonly OpenCompartment[]
  /** By which the new keys open what was sealed before. */
  readonly earlier: readonly GrantRow[]
  readonly grants: readonly GrantRow[]
  /** Who went on handling the concern. */
  readonly handlers: readonly UserId[]
  /** Leads who handle it now because nobody else was left. */
  readonly promoted: readonly UserId[]
}

/** Compartments that somebody may still write into. A decision's holds one request, which lapses. */
const livingKinds: ReadonlySet<CompartmentKind> = new Set(['shared', 'internal', 'identity', 'investigation'])

/**
 * A new epoch for every compartment the leaver holds and somebody may still write into. It goes to those who held the old one and whom the reporter
 * or the log vouches for: a row slipped into the database is not turned into a key. Refusal `record_not_genuine`.
 */
export async function renewKeys(acting: Declaring): Promise<Renewal> {
  const { concern, directory, facts, random, tx } = acting
  const leaver = acting.ctx.person.userId
  const { raisedKeys } = concern
  if (raisedKeys === null) throw new Refusal('record_not_genuine')
  const isVouched = await vouchedFor(tx, concern, directory)
  const isHere = (person: UserId) => person !== leaver && directory.find(person) !== undefined && !facts.about.has(person)
  const stays = (person: UserId) => isHere(person) && isVouched(person)
  const sentOn = sentOnTo(concern.entries)
  // The thread goes on being theirs to whom its reporter sent it, and nothing else does
  const readsOn = (person: UserId) => isHere(person) && sentOn.has(directory.find(person)?.alias ?? '')
  const handlers = [...facts.handlers].filter(stays)
  // Whoever holds no header does not know whom the concern is about, so names nobody to take it over
  const promoted = handlers.length > 0 || concern.header === null ? [] : nextInLine(acting)
  const grantees = await readGrantees(tx, concern.concern.id)
  const next = [...concern.parts.values()].filter(({ kind }) => livingKinds.has(kind)).map((part) => nextEpoch(random, part))
  const grants = next.flatMap(({ part }) => {
    const held = new Set(grantees.filter(({ compartmentId }) => compartmentId === part.id).map(({ holder }) => holder))
    const people = directory.people
      .map(({ id }) => id)
      .filter((id) => (held.has(id) && (stays(id) || (part.kind === 'shared' && readsOn(id)))) || promoted.includes(id))
    const reporter: Holder[] = part.kind === 'shared' ? [{ holder: 'reporter', boxKey: raisedKeys.boxKey }] : []
    return grantTo(random, part, [...reporter, ...holdersOf(directory, people), recoveryOf(directory)])
  })
  const parts = next.map(({ part }) => part)
  const duty = sealDutyRecord({
    ...{ random, directory, dutyKey: acting.dutyKey, parts },
    excluded: new Set([...facts.about, leaver]),
    standby: await agreedToStandby(tx, concern),
  })
  return {
    parts,
    earlier: next.map(({ earlier }) => earlier),
    grants: duty === null ? grants : [...grants, duty],
    handlers,
    promoted,
  }
}

/** The non-executive leads, else the executive ones, that the concern is not about (`security.md` 2, who gets grants). */
function nextInLine({ directory, facts, ctx }: Declaring): UserId[] {
  const free = (role: 'non_executive_lead' | 'executive_lead') =>
    directory
      .leads(role)
      .map(({ id }) => id)
      .filter((id) => id !== ctx.person.userId && !facts.about.has(id))
  const nonExecutive = free('non_executive_lead')
  return nonExecutive.length > 0 ? nonExecutive : free('executive_lead')
}
