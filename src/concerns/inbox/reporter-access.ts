import { unloggedTransaction, type Tx } from '../../database/index.ts'
import { Refusal, type ConcernId } from '../../kernel/index.ts'
import {
  createKeys,
  lockForSession,
  locateToken,
  newToken,
  openForSession,
  openWithToken,
  readToken,
  wrapForToken,
} from '../../vault/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { mistyped } from './mistyped.ts'
import type { Receipts } from '../raising/receipts.ts'
import { findReporterKey } from '../sealing/reporter-key-store.ts'
import type { ReporterSessions } from './reporter-session.ts'
import type { InboxSessions, ReporterContext, VisitorContext } from '../use-cases.ts'

/** A reporter let in, with the place of the code that let them in: a newer code makes it another. */
export interface LetIn extends ReporterContext {
  readonly locator: Uint8Array
}

/** The two ways in: by the code itself, and by the inbox it opened. */
export interface InboxDoor {
  open(ctx: VisitorContext, typed: string): Promise<LetIn>
  resume(ctx: VisitorContext, key: string): Promise<LetIn>
  /** The open inbox goes on under the new code; every other that the old code opened is closed by its change. */
  moveOn(tx: Tx, ctx: VisitorContext, key: string, locator: Uint8Array): Promise<void>
}

/**
 * Opens a concern by its reporter's token. A typing error is told at once and names the groups; unknown, replaced, expired and deleted
 * tokens are one `token_not_recognised` after the same work. No record of the visit is made anywhere.
 */
export function createInboxDoor(deps: ConcernDeps, sessions: ReporterSessions): InboxDoor {
  // Something to open where there is nothing, so that a miss costs what a hit costs.
  const nobodysToken = newToken(deps.random)
  const nobodysKeys = wrapForToken(createKeys(), nobodysToken, deps.peppers.token, deps.random)

  return {
    async open(ctx, typed) {
      const reading = readToken(typed)
      if (!reading.ok) throw mistyped(reading.groups)
      const locator = locateToken(deps.peppers.token, reading.token)
      const row = await deps.database.read((tx) => findReporterKey(tx, { locator }))
      const keys = openWithToken(row?.wrappedKeys ?? nobodysKeys, row === null ? nobodysToken : reading.token, deps.peppers.token)
      if (row === null) throw new Refusal('token_not_recognised')
      if (!sameBytes(keys.publicKeys.sign, row.signKey) || !sameBytes(keys.publicKeys.box, row.boxKey))
        throw new Refusal('record_not_genuine')
      return { ...ctx, concernId: row.concernId, keys, handedOver: row.handedOver, locator }
    },

    async resume(ctx, key) {
      const { content, row } = await deps.database.read(async (tx) => {
        const found = (await sessions.read(tx, 'inbox', key, ctx.now)) as InboxContent | null
        return { content: found, row: found && (await findReporterKey(tx, { concernId: found.concernId })) }
      })
      if (content === null || row === null || base64(row.locator) !== content.locator) throw new Refusal('inbox_closed')
      const keys = openForSession(new Uint8Array(Buffer.from(content.wrapped, 'base64')), new Uint8Array(Buffer.from(key, 'base64url')))
      return { ...ctx, concernId: content.concernId, keys, handedOver: row.handedOver, locator: row.locator }
    },

    async moveOn(tx, { now }, key, locator) {
      const found = await sessions.held(tx, 'inbox', key, now)
      if (found === null) return
      const content: InboxContent = { ...(found.content as InboxContent), locator: base64(locator) }
      await sessions.replace(tx, 'inbox', key, content, now, Temporal.Instant.fromEpochMilliseconds(found.until))
    },
  }
}

interface InboxContent {
  readonly concernId: ConcernId
  readonly wrapped: string
  /** Of the code that opened it. */
  readonly locator: string
}

/** An inbox open for the time its reporter chose. The keys lie in a row that only the cookie opens. */
export function createInboxSessions(
  deps: ConcernDeps,
  sessions: ReporterSessions,
  receipts: Receipts,
  door: InboxDoor,
  replacing: Pick<InboxSessions, 'replaceToken' | 'recallToken'>,
): InboxSessions {
  return {
    async open(ctx, typedToken, minutes) {
      const reporter = await door.open(ctx, typedToken)
      const { sk, wrapped } = lockForSession(reporter.keys)
      const key = Buffer.from(sk.reveal()).toString('base64url')
      const content: InboxContent = { concernId: reporter.concernId, wrapped: base64(wrapped), locator: base64(reporter.locator) }
      await unloggedTransaction(deps.database, (tx) => sessions.insert(tx, 'inbox', key, content, ctx.now, ctx.now.add({ minutes })))
      return { key }
    },

    resume: (ctx, key) => door.resume(ctx, key),

    async close(key) {
      await unloggedTransaction(deps.database, (tx) => sessions.remove(tx, 'inbox', key))
    },

    ...replacing,

    async forgetToken(secret) {
      await unloggedTransaction(deps.database, (tx) => receipts.forget(tx, secret))
    },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
