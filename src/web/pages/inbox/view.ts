import type { ClockView, Inbox, ThreadMessage } from '../../../concerns/index.ts'
import { statusWords } from '../../../workflow/index.ts'
import { dateInWords, plural } from '../../layout/index.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

export interface ClockText {
  readonly text: string
  readonly late: boolean
  readonly source: string
}

export interface MessageView {
  readonly mine: boolean
  readonly meta: string
  /** Null where it is not genuine: nothing of it is shown. */
  readonly body: string | null
}

export interface InboxView {
  readonly status: string
  readonly raisedOn: string
  readonly clocks: readonly ClockText[]
  readonly late: boolean
  readonly count: string
  readonly messages: readonly MessageView[]
  readonly narrative: string | null
  readonly readers: readonly string[]
  readonly mayWrite: boolean
}

/** What the person is told: where it stands, what is promised and whether we kept it, and the words of both sides, oldest first. */
export function showInbox(inbox: Inbox, words: Words, language: string): InboxView {
  return {
    status: statusWords[inbox.status].reporter,
    raisedOn: words.raisedOn(dateInWords(inbox.raisedOn)),
    clocks: inbox.clocks.map((clock) => clockInWords(clock, words)),
    late: inbox.clocks.some(({ state }) => state === 'overdue'),
    count: inbox.messages.length === 0 ? words.thread.none : plural(language, inbox.messages.length, words.thread.heading),
    messages: inbox.messages.map((message) => showMessage(message, words)),
    narrative: inbox.narrative,
    readers: inbox.readers.map((reader) => readerInWords(reader, readerWords)),
    mayWrite: inbox.allowedActions.includes('write'),
  }
}

function clockInWords({ state, dueOn, source }: ClockView, { clock }: Words): ClockText {
  const date = dateInWords(dueOn)
  const texts = {
    running: clock.running(date),
    overdue: clock.overdue(date),
    met: clock.met,
    missed: clock.missed(date),
    not_applicable: clock.notNeeded,
  }
  return { text: texts[state], late: state === 'overdue' || state === 'missed', source }
}

function showMessage(message: ThreadMessage, words: Words): MessageView {
  const date = dateInWords(message.sentOn)
  const mine = message.from === 'reporter'
  const meta = mine ? words.thread.fromYou(date) : words.thread.fromStaff(message.author ?? words.thread.someone, date)
  return { mine, meta, body: message.genuine ? message.body : null }
}
