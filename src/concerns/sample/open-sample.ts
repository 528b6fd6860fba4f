import type { Directory } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import { londonDate, readId, Refusal, type ConcernId, type DateText, type UserId } from '../../kernel/index.ts'
import type { SealedItem } from '../../vault/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { requireAuditor } from './draw-sample.ts'
import { openMasked } from './masked-seal.ts'
import { readDrawn, readDraws, readSampleText, readUnlocked, type DrawnRow } from './sample-store.ts'
import type { Samples } from './samples.ts'

/** A masked text, for who drew it and as long as it is unlocked. The look is on record before anything is opened. */
export function createOpenSample(deps: ConcernDeps): Samples['open'] {
  return async (ctx, id, place) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'open_sample', null, async () => {
      requireAuditor(ctx)
      const { row, text, unlocked } = await deps.audited(async (tx) => {
        const [draw] = readId(id) === null ? [] : await readDraws(tx, id)
        const found = draw?.askedById === ctx.person.userId ? (await readDrawn(tx, id)).find((each) => each.place === place) : undefined
        if (found === undefined || !isUnlocked(found, londonDate(ctx.now))) throw new Refusal('not_found')
        const value = { row: found, text: await readSampleText(tx, found.id), unlocked: await readUnlocked(tx, found.concernId, id) }
        const actor = actorOf(ctx.person, 'auditor')
        return { value, entries: [{ kind: 'sample_viewed', actor, at: ctx.now, concernId: found.concernId, fields: { sample: id } }] }
      })
      const vouched = text !== null && isVouchedFor(text, row.author, unlocked, directory)
      const keys = directory.known(row.author)?.signKeys
      const where = { concernId: row.concernId, id: row.id, sample: id, author: row.author }
      const masked = vouched && keys !== undefined ? openMasked(ctx, where, text, keys) : null
      return { place, alias: row.alias, until: row.until, masked }
    })
  }
}

type UnlockedRow = DrawnRow & { readonly concernId: ConcernId; readonly author: UserId; readonly until: DateText }

function isUnlocked(row: DrawnRow, today: DateText): row is UnlockedRow {
  return row.concernId !== null && row.author !== null && row.until !== null && today < row.until
}

/** Whether the log names this author and this signature: a row alone could be anybody's who writes to the database and has keys here. */
function isVouchedFor(
  { signature }: Pick<SealedItem, 'signature'>,
  author: UserId,
  unlocked: Awaited<ReturnType<typeof readUnlocked>>,
  directory: Directory,
): boolean {
  const alias = directory.known(author)?.alias
  return alias !== undefined && unlocked?.alias === alias && unlocked.signature === Buffer.from(signature).toString('base64')
}
