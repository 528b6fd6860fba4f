import type { Directory } from '../accounts/index.ts'
import type { Tx } from '../database/index.ts'
import { isUniqueViolation } from '../database/index.ts'
import { londonDate, Refusal, type IntakeGroupId } from '../kernel/index.ts'
import { clocksOf, type ClockReading } from '../timeliness/index.ts'
import { composeRaising, plainInput, type RaisingWorld } from './compose-raising.ts'
import type { ConcernDeps, ConcernSettings } from './dependencies.ts'
import type { RaiseInput } from './raise-input.ts'
import { insertRaising } from './raising-store.ts'
import type { Receipts } from './receipts.ts'
import { chooseRecipients, readerOf } from './recipients.ts'
import type { ClientSecret, ConcernUseCases, VisitorContext } from './use-cases.ts'
import type { RaisedAnswer } from './views.ts'

/** Runs in the raising transaction: a draft is deleted with the concern it became. */
type AlsoInTransaction = (tx: Tx) => Promise<void>
export type RaiseConcern = (ctx: VisitorContext, input: RaiseInput, secret: ClientSecret, also?: AlsoInTransaction) => Promise<RaisedAnswer>

/**
 * Raises a concern: seals it, writes it with its entry and its receipt in one transaction, answers with the token. The same secret and
 * input give the same answer (P6). Recorded: `concern_raised`, with a date and nothing finer (P2).
 * Throws Refusal `intake_closed`, `no_reader_left`, `invalid_input` (unknown intake group), `idempotency_key_reused`.
 */
export function createRaiseConcern(deps: ConcernDeps, receipts: Receipts): RaiseConcern {
  return async (ctx, input, secret, also) => {
    const settings = await deps.settings.current()
    const request = { ...plainInput(input), identity: input.identity ? plainIdentity(input.identity) : null }
    const earlierIn = async (tx: Tx) =>
      secret === null ? null : ((await receipts.find(tx, secret, request, londonDate(ctx.now))) as RaisedAnswer | null)
    try {
      // One transaction for the look and the writing: each has a beginning and an end to be waited for.
      return await deps.audited(async (tx) => {
        const earlier = await earlierIn(tx)
        if (earlier !== null) throw new AnsweredBefore(earlier)
        const raising = composeRaising(worldOf(deps, settings, await deps.directory.current(tx), ctx.now, input), input)
        await insertRaising(tx, raising, input, secret === null ? null : receipts.compose(secret, request, raising.answer, ctx.now))
        await also?.(tx)
        return { value: raising.answer, entries: [raising.entry] }
      })
    } catch (error) {
      if (error instanceof AnsweredBefore) return error.answer
      // Two requests with one secret at once: the other has won, and its answer is this one's too.
      if (!isUniqueViolation(error, 'receipt_pk')) throw error
      const theirs = await deps.database.read(earlierIn)
      if (theirs === null) throw error
      return theirs
    }
  }
}

/** Takes the transaction back, which so far has only looked, and brings out what it found. */
class AnsweredBefore extends Error {
  readonly answer: RaisedAnswer

  constructor(answer: RaisedAnswer) {
    super('this was answered before')
    this.answer = answer
  }
}

function worldOf(
  deps: ConcernDeps,
  settings: ConcernSettings,
  directory: Directory,
  now: Temporal.Instant,
  input: RaiseInput,
): RaisingWorld {
  const intakeGroupId = groupOf(settings, input.intakeGroup)
  return {
    random: deps.random,
    tokenPepper: deps.peppers.token,
    directory,
    recipients: chooseRecipients(directory, intakeGroupId, input),
    intakeGroupId,
    acknowledge: acknowledgeClock(settings, now),
    now,
  }
}

/** T1 on the day it starts. A service without that rule cannot keep its first promise, so it takes nothing in. */
function acknowledgeClock(settings: ConcernSettings, now: Temporal.Instant): ClockReading {
  const today = londonDate(now)
  const clock = clocksOf([{ kind: 'received', on: today }], settings.rules, settings.calendar, today).find(
    (reading) => reading.code === 'T1',
  )
  if (clock === undefined) throw new Refusal('intake_closed')
  return clock
}

/** The chosen intake group, or the only one there is. */
function groupOf(settings: ConcernSettings, wanted: IntakeGroupId | undefined): IntakeGroupId {
  const group = wanted === undefined ? settings.intakeGroups[0] : settings.intakeGroups.find(({ id }) => id === wanted)
  if (group === undefined) {
    if (wanted === undefined) throw new Refusal('intake_closed')
    throw new Refusal('invalid_input', {
      faults: [{ pointer: '/intakeGroup', code: 'not_an_option', detail: 'Choose one of the groups that GET /readers knows.' }],
    })
  }
  return group.id
}

function plainIdentity(identity: NonNullable<RaiseInput['identity']>) {
  return { name: identity.name ?? null, contact: identity.contact ?? null }
}

/** Who would read, without writing anything: what the person is shown before sending. */
export function createListReaders(deps: ConcernDeps): ConcernUseCases['listReaders'] {
  return async (_ctx, query) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    const { readers } = chooseRecipients(directory, groupOf(settings, query.intakeGroup), {
      about: [...(query.about ?? [])],
      recipient: query.recipient ?? 'guardians',
      deputyMayRead: query.deputyMayRead ?? true,
    })
    return readers.map(readerOf)
  }
}
