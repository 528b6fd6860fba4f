import type { z } from 'zod'
import { invalid, londonDate, type DateText } from '../../kernel/index.ts'
import { nameOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealRecord } from '../acts/staff-writing.ts'
import { createWriteOnce, storeWritten } from '../acts/write-once.ts'
import type { Casework, Contact } from './casework.ts'
import { contactChannels, contactContent, type contactInput, type ContactChannel } from './contact-input.ts'
import { fieldsOf } from './entry-fields.ts'
import { createLookInside, openedBy } from './look-inside.ts'

/**
 * Logs a call, visit or mail for the handlers. Recorded: `contact_logged` with channel, minutes and month, so that hours can be summed without
 * opening anything. Refusal `invalid_input` for a day that has not begun.
 */
export function createLogContact(deps: ConcernDeps, receipts: Receipts): Casework['logContact'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'log_contact',
    write: async (writer, { channel, on, minutes, note }: z.output<typeof contactInput>, base) => {
      if (on > londonDate(base.at)) throw invalid('/on', 'in_the_future', 'This day has not come yet. Give the day it took place.')
      const { id: item } = await storeWritten(writer, base, sealRecord(writer, 'contact', { channel, on, minutes, note: note ?? null }))
      const fields = { channel, minutes, month: on.slice(0, 7), item }
      return { answer: { id: item }, entry: { ...base, kind: 'contact_logged', fields } }
    },
  })
}

/** What was logged, newest first. Recorded as a look. */
export function createViewContacts(deps: ConcernDeps): Casework['viewContacts'] {
  const lookInside = createLookInside(deps)
  return async (ctx, id) => {
    const { open, items, directory } = await lookInside(ctx, id, 'view_contacts', ['contact'])
    const contacts = contactsOf(open, items, (author) => nameOf(directory, author))
    return {
      mayWrite: open.relations.includes('handler'),
      contacts,
      minutes: contacts.reduce((sum, { minutes }) => sum + minutes, 0),
    }
  }
}

/** Channel and minutes are the log's: a row changed or taken away later does not change anybody's hours. */
export function contactsOf(open: OpenConcern, items: readonly StoredItem[], name: (author: string) => string): Contact[] {
  const logged = open.entries.filter(({ kind, at }) => kind === 'contact_logged' && at !== null)
  return logged.toReversed().flatMap((entry) => {
    const { item: id, channel, minutes } = fieldsOf(entry)
    if (entry.at === null || typeof id !== 'string' || !isChannel(channel) || typeof minutes !== 'number') return []
    const item = items.find((each) => each.id === id && each.kind === 'contact')
    const parsed = contactContent.safeParse(openedBy(open, item))
    return [
      {
        id,
        author: item === undefined ? null : name(item.author),
        loggedAt: entry.at,
        channel,
        minutes,
        on: parsed.success ? (parsed.data.on as DateText) : null,
        note: parsed.success ? parsed.data.note : null,
        genuine: parsed.success,
      },
    ]
  })
}

function isChannel(code: unknown): code is ContactChannel {
  return (contactChannels as readonly unknown[]).includes(code)
}
