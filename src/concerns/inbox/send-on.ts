import type { DirectoryPerson } from '../../accounts/index.ts'
import { dateToColumn, invalid, Refusal } from '../../kernel/index.ts'
import { clocksIn, clockViews, timelineOf } from '../clocks/timeline.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { insertGrants, replaceGrants } from '../sealing/grant-store.ts'
import { holdersOf } from '../sealing/holders.ts'
import { readItems } from '../sealing/item-store.ts'
import type { Receipts } from '../raising/receipts.ts'
import { readerOf } from '../raising/recipients.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'
import { grantTo } from '../sealing/sealed-parts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter, type ReporterActing } from './reporter-act.ts'
import { insertSentOn } from './sent-on-store.ts'
import { nextInChain, sendOnReasonsIn } from './sent-on.ts'

/** What the person's own code can give, and all it gives: the thread, with what was raised. */
const given = ['shared'] as const

/**
 * Sends the concern on to the next lead once a promise was broken: the person's own grant is opened and sealed to the key that the signed
 * directory has for the lead (`security.md` 2, "escalation needs keys"). The handlers' notes stay with the handlers, and no clock stops. It
 * stands in the thread as a message, so both sides see that it was done. Recorded: `concern_sent_on`, by date alone.
 * Refusal `too_early` where no promise is broken, stands still or was moved past its first date, `no_reader_left`, `invalid_input` (`/to` `not_next`),
 * `record_not_genuine`.
 */
export function createSendOn(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['sendOn'] {
  return createReporterAct(deps, receipts, {
    name: 'send_on',
    perform: async (acting, { reason, comment, to }) => {
      const { tx, random, concern, shared, today, entries, settings } = acting
      const clocks = clockViews(clocksIn(timelineOf(concern.raisedOn, entries), settings, today), 'reporter')
      if (!sendOnReasonsIn(clocks, today).includes(reason)) throw new Refusal('too_early')
      const next = await nextFor(acting, deps)
      if (next === null) throw new Refusal('no_reader_left')
      if (to !== undefined && to !== next.id) {
        throw invalid('/to', 'not_next', 'Somebody else would get it now. Look at who it is, and send it again.')
      }
      const { role, name } = readerOf(next)
      const grants = grantTo(random, shared, holdersOf(await deps.directory.current(tx), [next.id]))
      await insertGrants(tx, grants)
      // One that somebody slipped in before opens nothing: this takes its place
      await replaceGrants(tx, grants)
      await insertSentOn(tx, random, concern.id, next.id, today)
      await tx.concern.updateMany({ where: { id: concern.id, unreadSince: null }, data: { unreadSince: dateToColumn(today) } })
      const after = await tx.staffItem.count({ where: { concernId: concern.id, kind: 'message' } })
      const content: MessageContent = { body: comment ?? '', after, sentOn: { name, reason } }
      const item = sealAsReporter(acting, shared, 'message', content)
      return {
        answer: { id: item.id, to: { role, name } },
        items: [item],
        entry: {
          ...reporterEntryBase(acting),
          kind: 'concern_sent_on',
          fields: { person: next.alias, target: role, compartments: [...given], reason, item: item.id },
        },
      }
    },
  })
}

async function nextFor({ tx, concern, shared, raisedKeys, entries }: ReporterActing, deps: ConcernDeps): Promise<DirectoryPerson | null> {
  const own = { items: await readItems(tx, concern.id, [shared.id]), shared, signKey: raisedKeys.signKey }
  return nextInChain(await deps.directory.current(tx), own, entries)
}
