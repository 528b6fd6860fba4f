import type { Directory, StaffContext } from '../../accounts/index.ts'
import type { StoredEntry } from '../../audit/index.ts'
import { londonDate, type Role, type UserId } from '../../kernel/index.ts'
import { allowedActions, stageOf } from '../../workflow/index.ts'
import { approvalsOf, pendingAmong, type Approval } from '../acts/approvals.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { openClocksOf, standingsOf } from '../clocks/clock-standing.ts'
import { clocksIn, clockViews, timelineOf } from '../clocks/timeline.ts'
import { mayOpenIdentity, peopleOf, standingOf } from '../acts/facts.ts'
import { cycleOf } from '../lifecycle/cycle.ts'
import { withdrawalAskedOn } from '../lifecycle/withdrawal-asked.ts'
import { codeIsShared, hasReturnChannel } from '../on-behalf/return-channel.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import { readerOf } from '../raising/recipients.ts'
import { tasksIn, untrackedActions } from '../tasks/track.ts'
import { holdsThreadAlone } from './visibility.ts'
import type { ConcernView, HistoryEvent, PendingApproval } from '../views.ts'

/** A concern as this person sees it: buttons from the workflow's table, dates from the one reckoning of clocks. */
export function viewOf(ctx: StaffContext, open: OpenConcern, directory: Directory, settings: ConcernSettings): ConcernView {
  const { concern, relations, entries, header } = open
  const today = londonDate(ctx.now)
  const pending = pendingAmong(approvalsOf(open, directory))
  const clocks = clocksIn(timelineOf(concern.raisedOn, entries), settings, today)
  const openClocks = standingsOf(clocks, settings, today)
  const standing = {
    clocks: openClocks,
    status: concern.status,
    relations: standingOf(open, ctx),
    pendingApproval: pending && { requestedBy: pending.requestedBy, approver: pending.approver },
  }
  const handles = relations.includes('handler')
  return {
    id: concern.id,
    reference: concern.reference,
    stage: stageOf(concern.status),
    status: concern.status,
    version: concern.version,
    raisedOn: concern.raisedOn,
    channel: concern.channel,
    openness: concern.openness,
    riskGrade: concern.riskGrade,
    danger: concern.danger,
    unread: concern.unreadSince !== null,
    secondApproverRequired: concern.secondApproverRequired || (open.header?.secondApproverRequired ?? false),
    openDetriment: concern.openDetriment,
    cycle: cycleOf(entries),
    withdrawalAskedOn: withdrawalAskedOn(entries),
    owner: concern.ownerId && named(directory, concern.ownerId),
    coveringFor: open.coveredFor && named(directory, open.coveredFor),
    assignees: assigneesOf(open, directory),
    clocks: clockViews(clocks, 'staff'),
    openClocks: openClocksOf(openClocks, clocks),
    openTasks: tasksIn(entries).filter(({ state }) => state === 'open').length,
    untrackedActions: untrackedActions(entries),
    history: historyOf(open, directory, ctx.person.alias, handles),
    pendingApproval: pending && pendingOf(pending, directory),
    allowedActions: allowedActions(standing).filter((action) => action === 'declare_conflict' || !holdsThreadAlone(open)),
    threadAlone: holdsThreadAlone(open),
    mayWriteMessages: handles,
    mayWriteNotes: handles,
    mayOpenIdentity: mayOpenIdentity(open),
    codeIsShared: codeIsShared(entries),
    hasReturnChannel: hasReturnChannel(entries),
    ...sealedFacts(header),
  }
}

/** What lies under the seal; as if there were none of it where the header cannot be read. */
function sealedFacts(header: OpenConcern['header']): Pick<ConcernView, 'organisationLed' | 'title' | 'elements'> {
  return { organisationLed: header?.organisationLed ?? false, title: header?.title ?? null, elements: header?.elements ?? [] }
}

/** A person by name. Who left keeps their id. */
export function named(directory: Directory, id: UserId): { readonly id: UserId; readonly name: string } {
  return { id, name: nameOf(directory, id) }
}

export function nameOf(directory: Directory, id: string): string {
  return directory.known(id as UserId)?.name ?? 'Somebody who left'
}

function assigneesOf(open: OpenConcern, directory: Directory): ConcernView['assignees'] {
  const { handlers, investigator, leads } = peopleOf(open, directory)
  const listed: readonly (readonly [UserId, ConcernView['assignees'][number]['relation']])[] = [
    ...[...handlers].map((id) => [id, 'handler'] as const),
    ...(investigator === null ? [] : [[investigator, 'investigator'] as const]),
    ...[...leads].map((id) => [id, 'lead'] as const),
  ]
  return listed.flatMap(([id, relation]) => {
    const person = directory.find(id)
    if (!person) return []
    const role: Role = relation === 'investigator' ? 'investigator' : readerOf(person).role
    return [{ id, name: person.name, role, relation }]
  })
}

function pendingOf({ id, requestedBy, approver, requestedAt }: Approval, directory: Directory): PendingApproval {
  return { id, requestedBy: named(directory, requestedBy), approver: named(directory, approver), requestedAt }
}

interface EntryText {
  readonly actor: { readonly role: HistoryEvent['actor']['role']; readonly alias?: string }
  readonly fields: Readonly<Record<string, unknown>>
}

/** Nobody but its writer learns that a note of their own is there. */
const ownAlone: ReadonlySet<string> = new Set(['private_note_written'])

/** What happened, oldest first. Who does not handle the concern sees the steps it took and what they did themselves. */
function historyOf({ entries }: OpenConcern, directory: Directory, reader: string, handles: boolean): HistoryEvent[] {
  const names = new Map<string, string>(directory.people.map(({ alias, name }) => [alias, name]))
  // Within a day nobody knows where a reporter's act stands, but nothing comes before the first one.
  const first = entries.filter(({ kind }) => kind === 'concern_raised')
  const ordered = [...first, ...entries.filter(({ kind }) => kind !== 'concern_raised')]
  return ordered.flatMap((entry: StoredEntry) => {
    const { actor, fields } = JSON.parse(entry.text) as EntryText
    const isStep = entry.kind === 'concern_raised' || ('to' in fields && fields['from'] !== fields['to'])
    const isOwn = actor.alias === reader
    if ((!handles && !isStep && !isOwn) || (ownAlone.has(entry.kind) && !isOwn)) return []
    const name = actor.alias === undefined ? null : (names.get(actor.alias) ?? null)
    // How many raised it together is for the auditor: who may see only this one may not know of the others
    const { people: _people, ...shown } = fields
    const owner = typeof fields['owner'] === 'string' ? names.get(fields['owner']) : undefined
    const said = { kind: entry.kind, on: entry.on, at: entry.at, actor: { role: actor.role, name }, fields: shown }
    return [owner === undefined ? said : { ...said, newOwner: owner }]
  })
}
