import type { Directory } from '../../accounts/index.ts'
import { londonDate, Refusal, type DateText, type IntakeGroupId } from '../../kernel/index.ts'
import { clocksOf, nextClock, type ClockReading, type TimelineFacts } from '../../timeliness/index.ts'
import type { Channel } from '../../workflow/index.ts'
import type { RaisingWorld } from './compose-raising.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import type { RaiseInput } from './raise-input.ts'
import { chooseRecipients } from './recipients.ts'

/** When and by which road a concern came. */
export interface Arrival {
  readonly raisedOn: DateText
  readonly channel: Channel
  /** False where whoever recorded it was told that no code is wanted. */
  readonly returnChannel?: boolean
  readonly now: Temporal.Instant
}

/** All that a concern is composed from. Refusal `intake_closed`, `no_reader_left`, `invalid_input` (unknown intake group). */
export function raisingWorld(
  deps: Pick<ConcernDeps, 'random' | 'peppers' | 'dutyKey'>,
  settings: ConcernSettings,
  directory: Directory,
  input: Pick<RaiseInput, 'intakeGroup' | 'about' | 'recipient' | 'deputyMayRead' | 'immediateDanger'>,
  { raisedOn, channel, now, returnChannel = true }: Arrival,
): RaisingWorld {
  const intakeGroupId = groupOf(settings, input.intakeGroup)
  const clocks = clocksAtReceipt(settings, raisedOn, londonDate(now), { danger: input.immediateDanger === 'yes', returnChannel })
  const acknowledge = clocks.find(({ code }) => code === 'T1') ?? null
  // A service without that rule cannot keep its first promise, so it takes nothing in.
  if (acknowledge === null) throw new Refusal('intake_closed')
  return {
    random: deps.random,
    tokenPepper: deps.peppers.token,
    dutyKey: deps.dutyKey,
    directory,
    recipients: chooseRecipients(directory, intakeGroupId, input),
    intakeGroupId,
    categories: settings.categories,
    acknowledge,
    next: nextClock(clocks) ?? acknowledge,
    raisedOn,
    channel,
    now,
  }
}

/** T1 of a concern that was received on that day, as it stands today; null where no rule was in force then. */
export function acknowledgeClock(
  settings: Pick<ConcernSettings, 'rules' | 'calendar'>,
  receivedOn: DateText,
  today: DateText,
): ClockReading | null {
  return clocksAtReceipt(settings, receivedOn, today).find(({ code }) => code === 'T1') ?? null
}

function clocksAtReceipt(
  { rules, calendar }: Pick<ConcernSettings, 'rules' | 'calendar'>,
  receivedOn: DateText,
  today: DateText,
  facts?: TimelineFacts,
): ClockReading[] {
  return clocksOf([{ kind: 'received', on: receivedOn }], rules, calendar, today, facts)
}

/** The chosen intake group, or the only one there is. */
export function groupOf(settings: Pick<ConcernSettings, 'intakeGroups'>, wanted: IntakeGroupId | undefined): IntakeGroupId {
  const group = wanted === undefined ? settings.intakeGroups[0] : settings.intakeGroups.find(({ id }) => id === wanted)
  if (group === undefined) {
    if (wanted === undefined) throw new Refusal('intake_closed')
    throw new Refusal('invalid_input', {
      faults: [{ pointer: '/intakeGroup', code: 'not_an_option', detail: 'Choose one of the groups that GET /readers knows.' }],
    })
  }
  return group.id
}
