import { isUniqueViolation, type Tx } from '../../database/index.ts'
import { londonDate, Refusal } from '../../kernel/index.ts'
import { locateToken, newToken, readToken, wrapForToken } from '../../vault/index.ts'
import { lockConcern } from '../concern-store.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { InboxDoor } from './reporter-access.ts'
import type { ClientSecret, ConcernUseCases, InboxSessions, ReporterContext, VisitorContext } from '../use-cases.ts'
import { mistyped } from './mistyped.ts'

interface Swap {
  readonly ctx: VisitorContext
  readonly reporter: Pick<ReporterContext, 'concernId' | 'keys'>
  /** Where the dying code is found: whoever came second finds nothing there. */
  readonly locator: Uint8Array
  readonly secret: ClientSecret
  readonly request: { readonly act: 'replace_token'; readonly of: string }
  readonly also?: (tx: Tx, locator: Uint8Array<ArrayBuffer>) => Promise<void>
}

/**
 * A new code for the same concern: the person's keys are wrapped anew, not made anew, and the old code is from then on like one nobody ever had.
 * Inboxes opened with the old code close. The same secret gives the same new code until the end of the next day (P6). Recorded: `token_replaced`.
 */
export function createTokenReplacing(deps: ConcernDeps, receipts: Receipts, door: InboxDoor) {
  const byToken: ConcernUseCases['replaceToken'] = async (ctx, typed, secret) => {
    const reading = readToken(typed)
    if (!reading.ok) throw mistyped(reading.groups)
    const request = { act: 'replace_token', of: reading.token as string } as const
    const before = async () =>
      secret === null ? null : deps.database.read((tx) => receipts.find(tx, secret, request, londonDate(ctx.now)))
    return once(secret, before, async () => {
      const reporter = await door.open(ctx, typed)
      return swap(deps, receipts, { ctx, reporter, locator: reporter.locator, secret, request })
    })
  }

  const recallToken: InboxSessions['recallToken'] = async (ctx, secret) => {
    const answer = (await deps.database.read((tx) => receipts.recall(tx, secret, londonDate(ctx.now)))) as NewToken | null
    // A receipt that answers for something else may hold a code too: of a concern that was recorded, for its recorder alone
    return answer !== null && Object.keys(answer).join() === 'token' ? answer : null
  }

  const replaceToken: InboxSessions['replaceToken'] = (ctx, key, secret) =>
    once(
      secret,
      () => recallToken(ctx, secret),
      async () => {
        const reporter = await door.resume(ctx, key)
        const request = { act: 'replace_token', of: reporter.concernId } as const
        const also = (tx: Tx, locator: Uint8Array<ArrayBuffer>) => door.moveOn(tx, ctx, key, locator)
        return swap(deps, receipts, { ctx, reporter, locator: reporter.locator, secret, request, also })
      },
    )

  return { byToken, inInbox: { replaceToken, recallToken } }
}

interface NewToken {
  readonly token: string
}

async function swap(deps: ConcernDeps, receipts: Receipts, { ctx, reporter, locator, secret, request, also }: Swap): Promise<NewToken> {
  const { token: pepper } = deps.peppers
  const { concernId } = reporter
  return deps.audited(async (tx) => {
    await lockConcern(tx, concernId)
    const token = newToken(deps.random)
    const fresh = locateToken(pepper, token)
    const { count } = await tx.reporterKey.updateMany({
      where: { concernId, locator: new Uint8Array(locator) },
      data: { locator: fresh, wrappedKeys: wrapForToken(reporter.keys, token, pepper, deps.random) },
    })
    if (count !== 1) throw new Refusal('token_not_recognised')
    if (secret !== null) await tx.receipt.create({ data: receipts.compose(secret, request, { token }, ctx.now), select: { id: true } })
    await also?.(tx, fresh)
    return { value: { token }, entries: [{ kind: 'token_replaced', actor: { role: 'reporter' }, at: ctx.now, concernId, fields: {} }] }
  })
}

/** What was answered before under this secret, whatever stands in the way now: by then the old code opens nothing. */
async function once(secret: ClientSecret, before: () => Promise<unknown>, work: () => Promise<NewToken>): Promise<NewToken> {
  const earlier = secret === null ? null : await before()
  if (earlier !== null) return earlier as NewToken
  try {
    return await work()
  } catch (error) {
    const overtaken = error instanceof Refusal || isUniqueViolation(error, 'receipt_pk')
    const theirs = secret !== null && overtaken ? await before() : null
    if (theirs === null) throw error
    return theirs as NewToken
  }
}
