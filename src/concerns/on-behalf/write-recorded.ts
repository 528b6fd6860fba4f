import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft, type ComposedEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { hasRole, Refusal, type DateText } from '../../kernel/index.ts'
import { stageOf, type Status } from '../../workflow/index.ts'
import { composeRaising, type Raising } from '../raising/compose-raising.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { composeJointLinks, type ComposedLink } from '../links/compose-links.ts'
import type { RaiseInput } from '../raising/raise-input.ts'
import { insertRaising } from '../raising/raising-store.ts'
import { raisingWorld } from '../raising/raising-world.ts'
import type { ReceiptRow } from '../raising/receipts.ts'
import { isAbout } from '../raising/recipients.ts'
import type { ItemRow, OpenCompartment } from '../sealing/sealed-parts.ts'
import { sealAs } from '../acts/staff-writing.ts'
import type { Received } from './arrival.ts'
import type { HandOver, RecordedAnswer } from './views.ts'

/** INTERNAL: how a concern came that somebody else wrote down. Not how many came together: who may see only one may not know of the others. */
interface RecordingContent {
  readonly channel: Received['channel']
  readonly receivedOn: DateText
  readonly backDatedReason: string | null
  readonly returnChannel: boolean
}

/** What is to be written, all of it judged. */
export interface Recording {
  readonly said: RaiseInput
  readonly received: Received
  readonly backDatedDays: number
  readonly people: number
  /** Where the concern stands once the whole transaction is done: what the answer says. */
  readonly status: Status
}

export interface RecordingTools {
  readonly deps: Pick<ConcernDeps, 'random' | 'peppers' | 'dutyKey'>
  readonly ctx: StaffContext
  readonly directory: Directory
  readonly settings: ConcernSettings
}

export interface Recorded {
  readonly answer: RecordedAnswer
  readonly raisings: readonly [Raising, ...Raising[]]
  readonly entries: readonly [ComposedEntry, ...(ComposedEntry | AuditDraft)[]]
}

/**
 * Guardians write down what others say, and none what is said about them: Refusal `permission_denied`, `conflict_of_interest`. The person then
 * speaks to somebody else, or raises it themselves.
 */
export function assertMayRecord({ person }: Pick<StaffContext, 'person'>, directory: Directory, about: readonly string[]): void {
  if (!hasRole(person, 'guardian')) throw new Refusal('permission_denied')
  const recorder = directory.find(person.userId)
  if (recorder === undefined || isAbout(recorder, about)) {
    throw new Refusal('conflict_of_interest', {
      faults: [{ pointer: '/about', code: 'about_the_recorder', detail: 'This is about you. Somebody else has to write it down.' }],
    })
  }
}

/** Seals and writes as many concerns as there are people, linked where there are several, with one receipt for all of them. */
export async function writeRecorded(
  tx: Tx,
  tools: RecordingTools,
  recording: Recording,
  receiptOf: (answer: RecordedAnswer) => ReceiptRow | null,
): Promise<Recorded> {
  const { deps, ctx, directory, settings } = tools
  const { said, received, people } = recording
  const arrival = { raisedOn: received.receivedOn, channel: received.channel, returnChannel: received.wantsCode, now: ctx.now }
  const world = raisingWorld(deps, settings, directory, said, arrival)
  const [first, ...others] = Array.from({ length: people }, () => composeRaising(world, said)) as [Raising, ...Raising[]]
  const raisings = [first, ...others] as const
  const reads = world.recipients.readers.some(({ id }) => id === ctx.person.userId)
  const answer = answerOf(recording, raisings, reads, ctx)
  const links = composeJointLinks(
    tools,
    raisings.map((raising) => ({ ...raising, internal: internalOf(raising) })),
  )

  const drafts: AuditDraft[] = []
  for (const [index, raising] of raisings.entries()) {
    await insertRaising(tx, raising, said, index === 0 ? receiptOf(answer) : null)
    const item = sealAs({ random: deps.random, ctx }, internalOf(raising), 'recording', contentOf(recording))
    const link = links[index]
    await insertStaffItems(tx, raising.id, [item, ...(link === undefined ? [] : [link.item])], ctx.now)
    drafts.push(recordedEntry(recording, raising, item, ctx), ...(link === undefined ? [] : [linkedEntry(link, ctx)]))
  }
  return { answer, raisings, entries: [first.entry, ...others.map(({ entry }) => entry), ...drafts] }
}

function contentOf({ received }: Recording): RecordingContent {
  const { channel, receivedOn, backDatedReason, wantsCode } = received
  return { channel, receivedOn, backDatedReason: backDatedReason ?? null, returnChannel: wantsCode }
}

function internalOf({ parts }: Raising): OpenCompartment {
  const internal = parts.find(({ kind }) => kind === 'internal')
  if (internal === undefined) throw new Error('every concern is raised with an internal part')
  return internal
}

function recordedEntry({ received, backDatedDays, people }: Recording, raising: Raising, item: ItemRow, ctx: StaffContext): AuditDraft {
  const { channel, receivedOn, wantsCode } = received
  return {
    kind: 'concern_recorded',
    actor: actorOf(ctx.person, 'guardian'),
    at: ctx.now,
    concernId: raising.id,
    fields: { channel, receivedOn, backDatedDays, returnChannel: wantsCode, people, item: item.id },
  }
}

function linkedEntry({ concernId, others, item }: ComposedLink, ctx: StaffContext): AuditDraft {
  return {
    kind: 'concern_linked',
    actor: actorOf(ctx.person, 'guardian'),
    at: ctx.now,
    concernId,
    fields: { relation: 'joint', others, item: item.id },
  }
}

/** Where no code is wanted it was made all the same, and ends here, unseen. */
function answerOf(
  { received, status }: Recording,
  [first, ...others]: readonly [Raising, ...Raising[]],
  reads: boolean,
  ctx: StaffContext,
): RecordedAnswer {
  const handOver = ({ id, reference, answer }: Raising): HandOver => ({
    token: received.wantsCode ? answer.token : null,
    receipt: received.wantsCode ? answer.receipt : null,
    concern: reads ? { id, reference } : null,
  })
  const { raisedOn, acknowledgeBy, readers } = first.answer
  return {
    ...handOver(first),
    stage: stageOf(status),
    status,
    raisedOn,
    acknowledgeBy,
    readers,
    joint: others.map(handOver),
    recordedBy: ctx.person.userId,
  }
}
