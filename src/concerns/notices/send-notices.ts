import type { AuditedTransaction } from '../../audit/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import {
  addDays,
  instantToColumn,
  londonDate,
  newId,
  readJson,
  startOfLondonDay,
  type Clock,
  type DateText,
  type Random,
} from '../../kernel/index.ts'
import { isOpen, latestSlot, reporterLetter, takeSlot, type Letter, type Outbox } from '../../notifications/index.ts'
import { openForDuty, sealForDuty, type CompartmentKeys } from '../../vault/index.ts'
import { noticeWish, partsOfDay, timeOf, type PartOfDay } from './notices.ts'

export interface NoticeDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
  readonly random: Random
  readonly outbox: Outbox
  readonly dutyKeys: CompartmentKeys
}

class SentAlready extends Error {
  override readonly name = 'SentAlready'
}

/** Letters lie in the outbox under this name, which binds them to it. */
const waiting = 'outbox letter'

/**
 * Writes to people who asked for it, at the fixed time of the part of the day they chose, on the day after staff have answered them: one short letter,
 * always the same. Looks at what staff wrote and at nothing that a reporter did. After a standstill every day since is looked at, and one letter is
 * written for all of them. Gives how many. Recorded: `mail_round_made`, whether there was anything or not.
 */
export function createSendNotices(deps: NoticeDeps): () => Promise<number> {
  const { database, clock, outbox } = deps
  return async () => {
    if (!outbox.setUp) return 0
    const now = clock.now()
    let written = 0
    for (const part of partsOfDay) {
      const slot = latestSlot(now, [timeOf[part]])
      if (slot === null || !(await database.read((tx) => isOpen(tx, roundOf(part), slot, now)))) continue
      written += await writeRound(deps, part, slot, now).catch((error: unknown) => {
        if (error instanceof SentAlready) return 0
        throw error
      })
    }
    return written
  }
}

const roundOf = (part: PartOfDay): string => `answers_${part}`

function writeRound({ audited, outbox, dutyKeys, random }: NoticeDeps, part: PartOfDay, slot: Temporal.Instant, now: Temporal.Instant) {
  return audited(async (tx) => {
    const cause = roundOf(part)
    const taken = await takeSlot(tx, cause, slot, now)
    if (taken === 'taken') throw new SentAlready()
    const today = londonDate(slot)
    const from = taken.before === null ? addDays(today, -1) : londonDate(taken.before)
    const letters = await lettersFor(tx, { dutyKeys, random }, part, { from, until: today }, now)
    const seal = (plain: Uint8Array) => sealForDuty(dutyKeys.publicKey, waiting, Buffer.from(plain).toString('utf8'), plain.length)
    const value = await outbox.putSealed(tx, cause, letters, seal, now)
    const fields = { round: cause, slot: slot.toString({ smallestUnit: 'second' }) }
    return { value, entries: [{ kind: 'mail_round_made', actor: { role: 'system' }, at: now, fields }] }
  })
}

/** For whom staff wrote something from the first of these days on and before the last. */
async function lettersFor(
  tx: Tx,
  { dutyKeys, random }: Pick<NoticeDeps, 'dutyKeys' | 'random'>,
  part: PartOfDay,
  { from, until }: { readonly from: DateText; readonly until: DateText },
  now: Temporal.Instant,
): Promise<Letter[]> {
  const rows = await tx.$queryRaw<{ concern: string; sealed: Uint8Array }[]>`
    select w.concern_id::text as concern, w.sealed from notice_wish w where exists (
      select 1 from staff_item i where i.concern_id = w.concern_id and i.kind = 'message'
        and i.written_at >= ${instantToColumn(startOfLondonDay(from))}::timestamptz
        and i.written_at < ${instantToColumn(startOfLondonDay(until))}::timestamptz)`
  return rows.flatMap(({ concern, sealed }) => {
    const wish = noticeWish.safeParse(readJson(openForDuty(dutyKeys, concern, new Uint8Array(sealed))))
    return wish.success && wish.data.part === part ? [reporterLetter(wish.data.address, newId(random), now)] : []
  })
}

/** Opens a letter of the outbox that was sealed above; null where it is not whole. */
export const openWaitingLetter = (dutyKeys: CompartmentKeys, sealed: Uint8Array): Uint8Array | null => {
  const text = openForDuty(dutyKeys, waiting, sealed)
  return text === null ? null : new TextEncoder().encode(text)
}
