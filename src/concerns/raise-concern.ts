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
    const write = (before?: AlsoInTransaction) =>
      deps.audited(async (tx) => {
        await before?.(tx)
        const raising = composeRaising(worldOf(deps, settings, await deps.directory.current(tx), ctx.now, input), input)
        await insertRaising(tx, raising, input, secret === null ? null : receipts.compose(secret, request, raising.answer, ctx.now))
        await also?.(tx)
        return { value: raising.answer, entries: [raising.entry] }
      })
    try {
      return await write()
    } catch (error) {
      // Whatever stood in the way, what was answered before is answered again. Looked for only now: nearly everybody sends once.
      if (secret === null) throw error
      const earlier = await deps.database.read((tx) => receipts.find(tx, secret, request, londonDate(ctx.now)))
      if (earlier !== null) return earlier as RaisedAnswer
      if (!isUniqueViolation(error, 'receipt_pk')) throw error
      // Past its time, and the night has not swept it away yet.
      return write((tx) => receipts.forget(tx, secret))
    }
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
