import { isUniqueViolation } from '../database/index.ts'
import { dateToColumn, londonDate, Refusal } from '../kernel/index.ts'
import type { ConcernDeps } from './dependencies.ts'
import { readGrants } from './grant-store.ts'
import { insertReporterItems, nextReporterNumber } from './item-store.ts'
import type { Receipts } from './receipts.ts'
import { assertRaisedWith, readRaisedKeys } from './reporter-record.ts'
import type { MessageContent } from './sealed-contents.ts'
import { openCompartment, sealPart } from './sealed-parts.ts'
import type { ConcernUseCases } from './use-cases.ts'

/**
 * A message from the person who raised it, sealed to SHARED and signed with the key their token opened. Recorded: `reporter_wrote`, by date
 * alone. The concern shows as unread from that date. The same secret and text give the same answer.
 */
export function createWriteFromInbox(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['writeFromInbox'] {
  return async (ctx, input, secret) => {
    const today = londonDate(ctx.now)
    const request = { inbox: ctx.concernId, body: input.body }
    const before = async () =>
      secret === null ? null : ((await deps.database.read((tx) => receipts.find(tx, secret, request, today))) as { id: string } | null)
    const earlier = await before()
    if (earlier !== null) return earlier
    try {
      return await deps.audited(async (tx) => {
        // The row lock comes first: number, order and entry are then this message's alone.
        const { count } = await tx.concern.updateMany({
          where: { id: ctx.concernId, unreadSince: null },
          data: { unreadSince: dateToColumn(today) },
        })
        if (count === 0) await tx.$queryRaw`select 1 from concern where id = ${ctx.concernId}::uuid for update`
        const grant = (await readGrants(tx, ctx.concernId, 'reporter')).find(({ kind }) => kind === 'shared')
        if (grant === undefined) throw new Refusal('token_not_recognised')
        const shared = openCompartment(grant, ctx.keys)
        assertRaisedWith((await readRaisedKeys(tx, [ctx.concernId])).get(ctx.concernId) ?? null, shared)
        const answered = await tx.staffItem.count({ where: { concernId: ctx.concernId, kind: 'message' } })
        const content: MessageContent = { body: input.body, after: answered }
        const item = sealPart(deps.random, shared, 'message', 'reporter', ctx.keys, content)
        await insertReporterItems(tx, [item], await nextReporterNumber(tx, ctx.concernId), today)
        if (secret !== null)
          await tx.receipt.create({ data: receipts.compose(secret, request, { id: item.id }, ctx.now), select: { id: true } })
        return {
          value: { id: item.id },
          entries: [
            { kind: 'reporter_wrote', actor: { role: 'reporter' }, at: ctx.now, concernId: ctx.concernId, fields: { item: item.id } },
          ],
        }
      })
    } catch (error) {
      if (!isUniqueViolation(error, 'receipt_pk')) throw error
      const theirs = await before()
      if (theirs === null) throw error
      return theirs
    }
  }
}
