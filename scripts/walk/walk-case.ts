import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { planHandling, type Case } from '../../src/demonstration/index.ts'
import type { DateText, UserId } from '../../src/kernel/index.ts'
import { stageOf, type Action, type Status } from '../../src/workflow/index.ts'
import type { ServiceClient } from './client.ts'
import type { Staff } from './staff.ts'

/** How one case stood at its last listed step. */
export interface Walked {
  readonly name: string
  readonly stage: string
  readonly status: string
  readonly clock: string
  readonly entries: number
  /** What was not as it should be; empty when all was. */
  readonly faults: readonly string[]
}

export interface Walker {
  readonly client: ServiceClient
  readonly staff: Staff
  readonly today: () => DateText
}

interface Clock {
  readonly code: string
  readonly label: string
  readonly dueOn: string
  readonly state: string
}

interface Concern {
  readonly id: string
  readonly stage: string
  readonly status: string
  readonly version: number
  readonly clocks: readonly Clock[]
  readonly history: readonly { readonly kind: string }[]
}

interface Inbox {
  readonly stage: string
  readonly status: string
  readonly clocks: readonly Clock[]
  readonly narrative: string
  readonly messages: readonly { readonly body: string; readonly from: string; readonly genuine: boolean }[]
}

type Planned = ReturnType<typeof planHandling>[number]
type Raised = Readonly<{ token: string; raisedOn: string; acknowledgeBy: string }>

/** Where each action leads (`api.md`), and the entry it leaves. `null`: the status stays. Written down again here, as a program outside would know it. */
const outcomes: Record<Action, readonly [Status | null, string]> = {
  acknowledge: ['acknowledged', 'concern_acknowledged'],
  triage: ['triaged', 'concern_triaged'],
  start_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigation: ['resolving', 'resolving_without_investigation'],
  refer: ['referred', 'concern_referred'],
  record_findings: ['findings_ready', 'findings_recorded'],
  resolve: ['resolved', 'concern_resolved'],
  close: ['closed', 'concern_closed'],
  reopen: ['triaged', 'concern_reopened'],
  withdraw: ['withdrawn', 'concern_withdrawn'],
  declare_conflict: [null, 'conflict_declared'],
  assign: [null, 'concern_assigned'],
  escalate: [null, 'concern_escalated'],
  screen_risk: [null, 'risk_screened'],
  record_first_contact: [null, 'first_contact_recorded'],
  pause_clock: [null, 'clock_paused'],
  resume_clock: [null, 'clock_resumed'],
  extend_clock: [null, 'clock_extended'],
  record_follow_up: [null, 'follow_up_made'],
}

/** Raises the case as a person would, takes it through its handling, and looks at it from both sides. */
export async function walkCase(walker: Walker, given: Case): Promise<Walked> {
  const faults: string[] = []
  const check = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const raised = await raise(walker.client, given, check)
  const guardian = await walker.staff.as('guardian')
  const id = await findConcern(walker.client, guardian.bearer, narrativeOf(given))
  const people = {
    today: walker.today(),
    investigator: (await walker.staff.as('investigator')).id as UserId,
    decidedBy: guardian.id as UserId,
  }
  const plan = planHandling(given, people)
  for (const planned of plan) await take(walker, id, planned, check)

  const concern = await walker.client.call<Concern>(200, 'GET', `/concerns/${id}`, { bearer: guardian.bearer })
  checkHistory(concern, plan, check)
  checkInbox(await openInbox(walker.client, raised.token), concern, plan, given, check)
  for (const planned of plan) if (planned.action === 'escalate') await checkEscalation(walker, id, planned.input.to, check)

  const clock = concern.clocks[0]
  check(clock?.code === 'T1' && clock.dueOn === raised.acknowledgeBy, 'the clock is not the one promised')
  check(clock?.state === 'met', 'the clock is not met')
  return {
    name: given.name,
    stage: concern.stage,
    status: concern.status,
    clock: clock === undefined ? 'none' : `${clock.code} ${clock.label} ${clock.state}, due ${clock.dueOn}`,
    entries: concern.history.length,
    faults,
  }
}

type Check = (holds: boolean, fault: string) => void

const narrativeOf = ({ input }: Case): string => input.narrative

/** Raises it twice with one key, as a browser or a queue does when the answer was lost on the way. */
async function raise(client: ServiceClient, given: Case, check: Check): Promise<Raised> {
  const options = { body: given.body, key: randomUUID() }
  const first = await client.call<Raised>(201, 'POST', '/concerns', options)
  const second = await client.call<Raised>(201, 'POST', '/concerns', options)
  check(isDeepStrictEqual(first, second), 'the same key gave another answer')
  const inbox = await openInbox(client, first.token)
  check(inbox.stage === 'raised' && inbox.messages.length === 0, 'the inbox did not begin as raised')
  return first
}

/** The code as somebody types it from paper. */
function openInbox(client: ServiceClient, token: string): Promise<Inbox> {
  return client.call<Inbox>(200, 'POST', '/inbox', { body: { token: ` ${token.toLowerCase().replaceAll(/.{4}/g, '$& ')}\n` } })
}

/** Nothing a reporter holds names the concern, so the guardian finds it as guardians do: in the queue, by reading. */
async function findConcern(client: ServiceClient, bearer: string, narrative: string): Promise<string> {
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: { items: { id: string }[]; next: string | null } = await client.call(
      200,
      'GET',
      `/concerns?stage=raised&limit=100${query}`,
      { bearer },
    )
    for (const { id } of page.items) {
      const content = await client.call<{ narrative: string | null; genuine: boolean }>(200, 'GET', `/concerns/${id}/content`, { bearer })
      if (content.narrative === narrative && content.genuine) return id
    }
    cursor = page.next
  } while (cursor !== null)
  throw new Error('the queue does not show the concern')
}

async function take({ client, staff }: Walker, id: string, { action, input }: Planned, check: Check): Promise<void> {
  const { bearer } = await staff.as(action === 'record_findings' ? 'investigator' : 'guardian')
  const before = await client.call<Concern>(200, 'GET', `/concerns/${id}`, { bearer })
  const body = { ...input, expectedVersion: before.version }
  const after = await client.call<Concern>(200, 'POST', `/concerns/${id}/actions/${action}`, { bearer, body })
  const status = outcomes[action][0] ?? before.status
  check(after.status === status, `${action} led to ${after.status}, not ${status}`)
  check(after.stage === stageOf(status as Status), `${status} is shown as ${after.stage}`)
  check(after.version === before.version + 1, `${action} moved the version from ${before.version} to ${after.version}`)
}

/** Every step in its order. Looks stand between them. */
function checkHistory(concern: Concern, plan: readonly Planned[], check: Check): void {
  const steps = new Set(['concern_raised', ...Object.values(outcomes).map(([, kind]) => kind)])
  const happened = concern.history.map(({ kind }) => kind).filter((kind) => steps.has(kind))
  const expected = ['concern_raised', ...plan.map(({ action }) => outcomes[action][1])]
  check(isDeepStrictEqual(happened.toSorted(), expected.toSorted()), `the history has ${happened.join(', ')}`)
}

function checkInbox(inbox: Inbox, concern: Concern, plan: readonly Planned[], given: Case, check: Check): void {
  check(inbox.stage === concern.stage && inbox.status === concern.status, 'the inbox shows another stage')
  // Staff see more of them; those that both see are the same
  check(inbox.clocks.length > 0, 'the inbox shows no clock')
  check(
    inbox.clocks.every(({ code, label, dueOn, state }) =>
      concern.clocks.some((theirs) => theirs.code === code && theirs.label === label && theirs.dueOn === dueOn && theirs.state === state),
    ),
    'the inbox shows another clock',
  )
  check(inbox.narrative === narrativeOf(given), 'the narrative is not what was sent')
  check(
    inbox.messages.every(({ from, genuine }) => from === 'staff' && genuine),
    'a message is not genuine',
  )
  const told = plan.filter(({ input }) => 'message' in input)
  check(inbox.messages.length === told.length, `the inbox holds ${inbox.messages.length} messages, not ${told.length}`)
  for (const [at, { action, input }] of told.entries()) {
    const body = inbox.messages[at]?.body ?? ''
    check('message' in input && body.startsWith(input.message ?? ''), `the message of ${action} is not what was written`)
    // The person is told how long it will take (`domain.md` 9.3)
    if (action === 'start_investigation') check(body.includes(inWords(input.expectedEnd)), 'the person was not told the expected end')
  }
}

function inWords(date: DateText): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}

/** The lead it went to finds it; the lead it did not go to does not know that it is there. */
async function checkEscalation({ client, staff }: Walker, id: string, to: string, check: Check): Promise<void> {
  for (const lead of ['executive_lead', 'non_executive_lead'] as const) {
    const { bearer } = await staff.as(lead)
    const { items } = await client.call<{ items: { id: string; mayOpen: boolean }[] }>(200, 'GET', '/escalations', { bearer })
    const found = items.find((item) => item.id === id)
    if (lead === to) check(found?.mayOpen === true, `the ${lead} does not see it`)
    else check(found === undefined, `the ${lead} sees it`)
    await client.call(lead === to ? 200 : 404, 'GET', `/concerns/${id}/content`, { bearer })
  }
}
