import { unloggedTransaction } from '../database/index.ts'
import { Refusal, type ConcernId } from '../kernel/index.ts'
import {
  createKeys,
  lockForSession,
  locateToken,
  newToken,
  openForSession,
  openWithToken,
  readToken,
  wrapForToken,
} from '../vault/index.ts'
import type { ConcernDeps } from './dependencies.ts'
import type { ReporterSessions } from './reporter-session.ts'
import type { ConcernUseCases, InboxSessions } from './use-cases.ts'

/**
 * Opens a concern by its reporter's token. A typing error is told at once and names the groups; unknown, replaced, expired and deleted
 * tokens are one `token_not_recognised` after the same work. No record of the visit is made anywhere.
 */
export function createOpenByToken(deps: ConcernDeps): ConcernUseCases['openByToken'] {
  // Something to open where there is nothing, so that a miss costs what a hit costs.
  const nobodysToken = newToken(deps.random)
  const nobodysKeys = wrapForToken(createKeys(), nobodysToken, deps.peppers.token, deps.random)

  return async (ctx, typed) => {
    const reading = readToken(typed)
    if (!reading.ok) throw mistyped(reading.groups)
    const locator = locateToken(deps.peppers.token, reading.token)
    const row = await deps.database.read((tx) => tx.reporterKey.findUnique({ where: { locator } }))
    const keys = openWithToken(row?.wrappedKeys ?? nobodysKeys, row === null ? nobodysToken : reading.token, deps.peppers.token)
    if (row === null) throw new Refusal('token_not_recognised')
    if (!sameBytes(keys.publicKeys.sign, row.signKey) || !sameBytes(keys.publicKeys.box, row.boxKey))
      throw new Refusal('record_not_genuine')
    return { ...ctx, concernId: row.concernId as ConcernId, keys }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function mistyped(groups: readonly number[]): Refusal {
  if (groups.length === 0) {
    return new Refusal('token_mistyped', {
      faults: [{ pointer: '/token', code: 'not_a_code', detail: 'This is not a whole code: it has 7 groups of 4. Look at all of it.' }],
    })
  }
  return new Refusal('token_mistyped', {
    faults: groups.map((group) => ({
      pointer: '/token',
      code: `group_${group}`,
      detail: `Group ${group} looks wrong. Compare it with what you wrote down.`,
    })),
  })
}

/** An inbox open for the time its reporter chose. The keys lie in a row that only the cookie opens. */
export function createInboxSessions(
  deps: ConcernDeps,
  sessions: ReporterSessions,
  openByToken: ConcernUseCases['openByToken'],
): InboxSessions {
  return {
    async open(ctx, typedToken, minutes) {
      const reporter = await openByToken(ctx, typedToken)
      const { sk, wrapped } = lockForSession(reporter.keys)
      const key = Buffer.from(sk.reveal()).toString('base64url')
      const content = { concernId: reporter.concernId, wrapped: Buffer.from(wrapped).toString('base64') }
      await unloggedTransaction(deps.database, (tx) => sessions.insert(tx, 'inbox', key, content, ctx.now, ctx.now.add({ minutes })))
      return { key }
    },

    async resume(ctx, key) {
      const content = await deps.database.read((tx) => sessions.read(tx, 'inbox', key, ctx.now))
      if (content === null) throw new Refusal('inbox_closed')
      const { concernId, wrapped } = content as { concernId: ConcernId; wrapped: string }
      return {
        ...ctx,
        concernId,
        keys: openForSession(new Uint8Array(Buffer.from(wrapped, 'base64')), new Uint8Array(Buffer.from(key, 'base64url'))),
      }
    },

    async close(key) {
      await unloggedTransaction(deps.database, (tx) => sessions.remove(tx, 'inbox', key))
    },
  }
}
