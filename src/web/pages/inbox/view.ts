import type { Inbox, ThreadMessage } from '../../../concerns/index.ts'
import { statusWords } from '../../../workflow/index.ts'
import { dateInWords, plural } from '../../layout/index.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { promisesIn, type Promises } from './promises.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

/** A way to somebody else, once a promise was broken. */
export interface SendOnView {
  /** Null where nobody is left to send it to. */
  readonly lead: string | null
  readonly person: string | null
  readonly to: string | null
  readonly reason: string
  readonly href: string
  /** Said first where a promise is broken now; a late answer alone leaves it further down. */
  readonly first: boolean
}

export interface MessageView {
  readonly mine: boolean
  readonly meta: string
  /** Null where it is not genuine: nothing of it is shown. */
  readonly body: string | null
}

export interface QuestionView {
  readonly meta: string
  readonly body: string
  readonly href: string
}

export interface DateView {
  readonly what: string
  readonly by: string
  readonly href: string
}

export interface ReportView {
  readonly told: string
  readonly status: string
  /** Null where it is not genuine. */
  readonly description: string | null
}

export interface InboxView {
  /** That it was opened again, so that nobody wonders at a status they have seen before. */
  readonly reopened: string | null
  readonly status: string
  readonly raisedOn: string
  readonly promises: Promises
  readonly late: boolean
  readonly sendOn: SendOnView | null
  /** That it was sent on, to whom and when. */
  readonly sentOn: readonly string[]
  /** Where the check of three or six months is answered; null where none is due. */
  readonly followUpHref: string | null
  readonly count: string
  readonly messages: readonly MessageView[]
  readonly narrative: string | null
  readonly readers: readonly string[]
  /** What became of the person's wish to take it back; null where they had none. */
  readonly withdrawal: string | null
  readonly nobodyLeft: boolean
  readonly mayWrite: boolean
  readonly questionCount: string
  readonly questions: readonly QuestionView[]
  /** How it ended and what was shared; null while it goes on. */
  readonly outcome: { readonly how: string; readonly shared: string | null } | null
  readonly dates: readonly DateView[]
  readonly reading: string
  readonly detriment: readonly ReportView[]
  readonly actions: readonly { readonly href: string; readonly text: string }[]
}

/** What the person is told: where it stands, what is promised and whether we kept it, and the words of both sides, oldest first. */
export function showInbox(inbox: Inbox, words: Words, language: string): InboxView {
  return {
    status: statusWords[inbox.status].reporter,
    raisedOn: words.raisedOn(dateInWords(inbox.raisedOn)),
    promises: promisesIn(inbox, words),
    late: inbox.clocks.some(({ state }) => state === 'overdue'),
    sendOn: sendOnInWords(inbox, words),
    sentOn: inbox.sentOn.map(({ name, on }) => words.sendOn.sent(name, dateInWords(on))),
    followUpHref: inbox.followUp === null ? null : inboxSteps.followUp,
    count: inbox.messages.length === 0 ? words.thread.none : plural(language, inbox.messages.length, words.thread.heading),
    messages: inbox.messages.map((message) => showMessage(message, words)),
    narrative: inbox.narrative,
    reopened: inbox.reopenedOn && words.reopened(dateInWords(inbox.reopenedOn)),
    withdrawal: withdrawalInWords(inbox, words),
    nobodyLeft: inbox.nobodyLeft,
    readers: inbox.readers.map((reader) => readerInWords(reader, readerWords)),
    mayWrite: inbox.allowedActions.includes('write'),
    questionCount: plural(language, inbox.questions.length, words.questions.heading),
    questions: inbox.questions.map((message, index) => ({
      meta: words.questions.from(message.author ?? words.thread.someone, dateInWords(message.sentOn)),
      body: message.body ?? '',
      href: `${inboxSteps.answer}?q=${index + 1}`,
    })),
    outcome: outcomeInWords(inbox, words),
    dates: inbox.nextDates.map(({ code, dueOn }, index) => ({
      what: words.dates.what[code],
      by: words.dates.by(dateInWords(dueOn)),
      href: `${inboxSteps.date}/${index + 1}`,
    })),
    reading: readingInWords(inbox, words),
    detriment: inbox.detriment.map(({ reportedOn, status, description }) => ({
      told: words.detriment.told(dateInWords(reportedOn)),
      status: words.detriment.status[status],
      description,
    })),
    actions: actionsIn(inbox, words),
  }
}

/** Whoever waits for a late answer is not told that messages are read: they have seen otherwise. */
function readingInWords({ clocks, readingDays }: Inbox, { dates }: Words): string {
  const days = new Intl.ListFormat('en-GB').format(readingDays.map(weekdayInWords))
  return clocks.some(({ state }) => state === 'overdue') ? dates.working(days) : dates.reading(days)
}

/** "Tuesday 24 November". */
function weekdayInWords(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')
}

function withdrawalInWords({ withdrawalAskedOn, organisationLed }: Inbox, { withdrawal: say }: Words): string | null {
  if (withdrawalAskedOn !== null) return say.asked(dateInWords(withdrawalAskedOn))
  return organisationLed ? say.goesOn : null
}

function outcomeInWords({ outcome }: Inbox, { outcome: say }: Words): InboxView['outcome'] {
  if (outcome === null) return null
  return { how: say.how[outcome.code], shared: outcome.feedbackShared && say.shared[outcome.feedbackShared] }
}

/** How it went can be told once for each time round, so it comes first only when there is an end to tell of. */
function actionsIn({ allowedActions, openness, outcome }: Inbox, { actions }: Words): InboxView['actions'] {
  const feedback = { action: 'give_feedback', href: inboxSteps.feedback, text: actions.feedback } as const
  const links = [
    ...(outcome === null ? [] : [feedback]),
    { action: 'report_detriment', href: inboxSteps.detriment, text: actions.detriment },
    { action: 'say_more', href: inboxSteps.known, text: actions.known },
    ...(openness === 'anonymous' ? [] : [{ action: null, href: inboxSteps.notes, text: actions.notes }]),
    { action: 'withdraw', href: inboxSteps.withdrawal, text: actions.withdraw },
    { action: 'replace_token', href: inboxSteps.newCode, text: actions.newCode },
    { action: null, href: inboxSteps.proof, text: actions.proof },
    ...(outcome === null ? [feedback] : []),
  ] as const
  return links.filter(({ action }) => action === null || allowedActions.includes(action)).map(({ href, text }) => ({ href, text }))
}

function sendOnInWords({ sendOn, clocks }: Inbox, { sendOn: say }: Words): SendOnView | null {
  if (sendOn === null) return null
  const { reasons, to } = sendOn
  const person = to && readerInWords(to, readerWords)
  const first = clocks.some(({ state }) => state === 'overdue' || state === 'paused')
  const [reason = 'late'] = reasons
  const lead = person && (reason === 'late' ? say.lead(person) : say.leadPause(person))
  return { lead, person, to: to && to.id, reason, href: inboxSteps.sendOn, first }
}

function showMessage(message: ThreadMessage, words: Words): MessageView {
  const date = dateInWords(message.sentOn)
  const mine = message.from === 'reporter'
  return { mine, meta: metaOf(message, date, words), body: message.genuine ? message.body : null }
}

function metaOf({ from, author, question, answers }: ThreadMessage, date: string, { thread }: Words): string {
  if (from === 'reporter') return answers === undefined ? thread.fromYou(date) : thread.yourAnswer(date)
  const name = author ?? thread.someone
  return question === true ? thread.question(name, date) : thread.fromStaff(name, date)
}
