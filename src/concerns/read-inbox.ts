import { readConcernEntries } from '../audit/index.ts'
import { londonDate, Refusal, type Role, type UserId } from '../kernel/index.ts'
import { clocksOf } from '../timeliness/index.ts'
import { stageOf } from '../workflow/index.ts'
import { concernFromRow } from './concern.ts'
import type { ConcernDeps } from './dependencies.ts'
import { clockView, eventsOf } from './events.ts'
import { readGrants } from './grant-store.ts'
import { readItems } from './item-store.ts'
import { signKeysOf } from './opening.ts'
import { assertRaisedWith, readRaisedKeys } from './reporter-record.ts'
import { narrativeContent } from './sealed-contents.ts'
import { openCompartment, openPart } from './sealed-parts.ts'
import { assembleThread, withMissing } from './thread.ts'
import type { ConcernUseCases } from './use-cases.ts'

/** What the person who raised it sees: stage, promises and their dates, the thread. Leaves no trace: there is no record of a reporter's reading. */
export function createReadInbox(deps: ConcernDeps): ConcernUseCases['readInbox'] {
  return async (ctx) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    const rows = await deps.database.read(async (tx) => {
      const concern = await tx.concern.findUnique({ where: { id: ctx.concernId } })
      const grant = (await readGrants(tx, ctx.concernId, 'reporter')).find(({ kind }) => kind === 'shared')
      if (concern === null || grant === undefined) throw new Refusal('token_not_recognised')
      const entries = await readConcernEntries(tx, ctx.concernId)
      const items = await readItems(tx, ctx.concernId, [grant.compartmentId])
      return {
        concern: concernFromRow(concern),
        grant,
        entries,
        items,
        raisedKeys: (await readRaisedKeys(tx, [ctx.concernId])).get(ctx.concernId) ?? null,
      }
    })
    const shared = openCompartment(rows.grant, ctx.keys)
    const { signKey } = assertRaisedWith(rows.raisedKeys, shared)
    const signKeyOf = signKeysOf(directory, signKey)
    const narrativeItem = rows.items.reporter.find((item) => item.kind === 'narrative')
    const opened = narrativeItem && openPart(narrativeItem, shared, signKey)
    const narrative = opened?.genuine ? narrativeContent.parse(opened.content) : null
    const clocks = clocksOf(eventsOf(rows.concern.raisedOn, rows.entries), settings.rules, settings.calendar, londonDate(ctx.now))
    return {
      stage: stageOf(rows.concern.status),
      status: rows.concern.status,
      raisedOn: rows.concern.raisedOn,
      clocks: clocks.map(clockView),
      narrative: narrative?.narrative ?? null,
      messages: withMissing(
        assembleThread(rows.items, shared, signKeyOf, (author) => directory.known(author as UserId)?.name ?? null),
        rows.entries,
      ),
      files: [],
      allowedActions: ['write'],
      readers: narrative?.readers.map(({ role, name }) => ({ role: role as Role, name })) ?? [],
    }
  }
}
