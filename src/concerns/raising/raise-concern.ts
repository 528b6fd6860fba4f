import type { AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, Refusal } from '../../kernel/index.ts'
import { editionsOn } from '../../settings/index.ts'
import { composeRaising, plainInput, type Raising } from './compose-raising.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import { keepWish } from '../notices/choose-notices.ts'
import { answerOnce } from '../on-behalf/answer-once.ts'
import type { RaiseInput } from './raise-input.ts'
import { insertRaising } from './raising-store.ts'
import { groupOf, raisingWorld } from './raising-world.ts'
import type { Receipts } from './receipts.ts'
import { chooseRecipients, readerOf } from './recipients.ts'
import type { ClientSecret, ConcernUseCases, VisitorContext } from '../use-cases.ts'
import type { RaisedAnswer } from '../views.ts'

/** Runs in the raising transaction: a draft is deleted with the concern it became. */
type AlsoInTransaction = (tx: Tx) => Promise<void>
export type RaiseConcern = (ctx: VisitorContext, input: RaiseInput, secret: ClientSecret, also?: AlsoInTransaction) => Promise<RaisedAnswer>

/**
 * Raises a concern: seals it, writes it with its entry and its receipt in one transaction, answers with the token. The same secret and
 * input give the same answer (P6). Recorded: `concern_raised`, with a date and nothing finer (P2); where somebody known asks for notes at once,
 * `notices_chosen` beside it, as from the inbox.
 * Throws Refusal `intake_closed`, `no_reader_left`, `invalid_input` (unknown intake group), `idempotency_key_reused`.
 */
export function createRaiseConcern(deps: ConcernDeps, receipts: Receipts): RaiseConcern {
  return async (ctx, input, secret, also) => {
    const today = londonDate(ctx.now)
    const [settings, pageEditions] = await Promise.all([deps.settings.current(), editionsOn(deps.texts, today)])
    const asked = { secret, request: requestOf(input), now: ctx.now }
    const how = { raisedOn: today, channel: 'web_form', now: ctx.now } as const
    return answerOnce<RaisedAnswer>(deps, receipts, asked, ({ before, receiptOf }) =>
      deps.audited(async (tx) => {
        // Here, so that who sent it before the door was closed still gets the same answer again
        refuseClosed(settings)
        await before(tx)
        const world = raisingWorld(deps, settings, await deps.directory.current(tx), input, how)
        const raising = composeRaising({ ...world, pageEditions }, input)
        await insertRaising(tx, raising, input, receiptOf(raising.answer))
        if (input.notices !== undefined) await keepWish(tx, deps.dutyKey, raising.id, input.notices)
        await also?.(tx)
        return { value: raising.answer, entries: [raising.entry, ...noticesEntry(raising, input)] }
      }),
    )
  }
}

function noticesEntry({ id, entry }: Raising, { notices }: RaiseInput): readonly AuditDraft[] {
  if (notices === undefined) return []
  return [{ kind: 'notices_chosen', actor: { role: 'reporter' }, at: entry.draft.at, concernId: id, fields: { notices: true } }]
}

/** Closed by an administrator: pages then show the other ways to speak up. */
function refuseClosed({ values }: Pick<ConcernSettings, 'values'>): void {
  if (!values.service.open) throw new Refusal('intake_closed')
}

/** What a repeated call has to ask for again: all that was said, the name too. */
export function requestOf(input: RaiseInput) {
  return { ...plainInput(input), identity: input.identity ? plainIdentity(input.identity) : null }
}

function plainIdentity(identity: NonNullable<RaiseInput['identity']>) {
  return { name: identity.name ?? null, contact: identity.contact ?? null }
}

/** Who would read, without writing anything: what the person is shown before sending. */
export function createListReaders(deps: ConcernDeps): ConcernUseCases['listReaders'] {
  return async (_ctx, query) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    refuseClosed(settings)
    const { readers } = chooseRecipients(directory, groupOf(settings, query.intakeGroup), {
      about: [...(query.about ?? [])],
      recipient: query.recipient ?? 'guardians',
      deputyMayRead: query.deputyMayRead ?? true,
    })
    return readers.map(readerOf)
  }
}
