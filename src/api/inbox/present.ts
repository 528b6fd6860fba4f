import type { z } from 'zod'
import type { Inbox } from '../../concerns/index.ts'
import { presentClock, presentMessage, presentReaderName } from '../shapes.ts'
import type { inboxAnswer } from './schema.ts'

export function presentInbox(inbox: Inbox): z.infer<typeof inboxAnswer> {
  return {
    stage: inbox.stage,
    status: inbox.status,
    raisedOn: inbox.raisedOn,
    narrative: inbox.narrative,
    clocks: inbox.clocks.map(presentClock),
    messages: inbox.messages.map(presentMessage),
    files: [],
    readers: inbox.readers.map(presentReaderName),
    allowedActions: [...inbox.allowedActions],
  }
}
