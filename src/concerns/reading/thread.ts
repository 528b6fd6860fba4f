import type { StoredEntry } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import { toldOfClock } from '../clocks/told-words.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import { messageContent, type MessageContent } from '../sealing/sealed-contents.ts'
import { openPart, type AuthorKeys, type OpenCompartment } from '../sealing/sealed-parts.ts'
import type { ThreadMessage } from '../views.ts'

interface Side {
  readonly message: ThreadMessage
  /** How many messages of the other side stood there when this one was written. */
  readonly after: number
}

/**
 * The messages of both sides as one thread, oldest first: the inbox and the handlers see the same. Rows carry no common clock, so the order
 * comes from inside the seals: each message says how many of the other side's its writer had before them. What was not written by the
 * person it names keeps its place and shows as not genuine, without text. `signKeyOf` gives null where nobody's signature would do.
 */
export function assembleThread(
  items: { readonly reporter: readonly StoredItem[]; readonly staff: readonly StoredItem[] },
  part: OpenCompartment,
  signKeyOf: (author: string) => AuthorKeys | null,
  nameOf: (author: string) => string | null,
): ThreadMessage[] {
  const open = (item: StoredItem) => openMessage(item, part, signKeyOf(item.author))
  const reporter = inOrder(messagesIn(items.reporter, part), (item) => ({ from: 'reporter', author: null, content: open(item) }))
  const staff = inOrder(messagesIn(items.staff, part), (item) => ({ from: 'staff', author: nameOf(item.author), content: open(item) }))
  return merge(reporter, staff)
}

/**
 * The thread with a mark for each message that the log says was written and whose row is gone or was moved: taking words out of a concern must
 * show as much as changing them.
 */
export function withMissing(thread: readonly ThreadMessage[], entries: readonly StoredEntry[]): ThreadMessage[] {
  const there = new Set(thread.map(({ id }) => id))
  const missing = entries.flatMap(({ kind, text, on }): ThreadMessage[] => {
    if (kind !== 'reporter_wrote' && kind !== 'withdrawal_asked' && kind !== 'concern_sent_on' && kind !== 'message_sent') return []
    const { item } = (JSON.parse(text) as { fields: { item?: unknown } }).fields
    if (typeof item !== 'string' || there.has(item)) return []
    return [{ id: item, from: kind === 'message_sent' ? 'staff' : 'reporter', author: null, body: null, genuine: false, sentOn: on }]
  })
  return [...thread, ...missing]
}

function messagesIn(items: readonly StoredItem[], part: OpenCompartment): StoredItem[] {
  return items.filter((item) => item.kind === 'message' && item.compartmentId === part.id).toSorted((a, b) => a.number - b.number)
}

function openMessage(item: StoredItem, part: OpenCompartment, signKeys: AuthorKeys | null): MessageContent | null {
  const opened = signKeys === null ? null : openPart(item, part, signKeys)
  const parsed = opened?.genuine ? messageContent.safeParse(opened.content) : null
  return parsed?.success ? parsed.data : null
}

function inOrder(
  items: readonly StoredItem[],
  read: (item: StoredItem) => Pick<ThreadMessage, 'from' | 'author'> & { readonly content: MessageContent | null },
): Side[] {
  let after = 0
  return items.map((item) => {
    const { from, author, content } = read(item)
    // Nobody unreads a message: what says otherwise is forged, or was written before and let go later.
    after = Math.max(after, content?.after ?? 0)
    return {
      message: {
        id: item.id,
        from,
        author,
        body: content && bodyOf(content),
        genuine: content !== null,
        sentOn: item.on,
        ...tiesOf(content),
      },
      after,
    }
  })
}

function tiesOf(content: MessageContent | null): Pick<ThreadMessage, 'question' | 'answers'> {
  return { ...(content?.question && { question: true }), ...(content?.answers !== undefined && { answers: content.answers }) }
}

/** Where both may come next they crossed, and the earlier day goes first. */
function merge(reporter: readonly Side[], staff: readonly Side[]): ThreadMessage[] {
  const thread: ThreadMessage[] = []
  let r = 0
  let s = 0
  for (;;) {
    const theirs = reporter[r]
    const ours = staff[s]
    if (theirs === undefined && ours === undefined) return thread
    if (ours === undefined || (theirs !== undefined && theirsFirst(theirs, ours, r, s))) {
      thread.push(theirs!.message)
      r += 1
    } else {
      thread.push(ours.message)
      s += 1
    }
  }
}

function theirsFirst(theirs: Side, ours: Side, reporterBefore: number, staffBefore: number): boolean {
  const theirsMay = theirs.after <= staffBefore
  const oursMay = ours.after <= reporterBefore
  return theirsMay === oursMay ? theirs.message.sentOn <= ours.message.sentOn : theirsMay
}

/** The person must be told how long an investigation will take (policy of 2022), so the date stands in the message whatever its writer put. */
function bodyOf({ body, expectedEnd, asks, clock, sentOn }: MessageContent): string {
  if (sentOn !== undefined) return [sentOnWords[sentOn.reason](sentOn.name), body].filter((part) => part !== '').join('\n\n')
  if (clock !== undefined) return [toldOfClock(clock), body].filter((part) => part !== '').join('\n\n')
  if (asks === 'withdrawal') return ['I ask you to stop work on my concern.', body].filter((part) => part !== '').join('\n\n')
  return expectedEnd === undefined ? body : `${body}\n\nWe expect to finish looking into this by ${inWords(expectedEnd as DateText)}.`
}

const sentOnWords = {
  late: (name: string) => `You are late, so I have sent my concern on to ${name}.`,
  pause: (name: string) => `I do not agree that you wait, so I have sent my concern on to ${name}.`,
  moved: (name: string) => `I do not agree with the later date, so I have sent my concern on to ${name}.`,
} as const

function inWords(date: DateText): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
