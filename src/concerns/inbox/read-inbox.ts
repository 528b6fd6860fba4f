import type { Directory } from '../../accounts/index.ts'
import { readConcernEntries, type StoredEntry } from '../../audit/index.ts'
import { londonDate, Refusal, type DateText, type Role, type UserId } from '../../kernel/index.ts'
import { stageOf } from '../../workflow/index.ts'
import type { Concern } from '../concern.ts'
import { readConcern } from '../concern-store.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { reportsIn } from '../detriment/track.ts'
import { reportOf } from '../detriment/view-detriment.ts'
import { readHolders } from '../sealing/grant-store.ts'
import { withAllEpochs } from '../lifecycle/all-epochs.ts'
import { reopenedAt } from '../lifecycle/cycle.ts'
import { atOneMoment } from '../lifecycle/at-one-moment.ts'
import { wentOnWithout, withdrawalAskedOn } from '../lifecycle/withdrawal-asked.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import { clocksIn, clockViews, timelineOf } from '../clocks/timeline.ts'
import { followUpAsked } from './follow-ups.ts'
import { inboxActions, nextDatesOf, openQuestions, outcomeOf, readingDaysFrom } from './inbox-view.ts'
import { narrativeIn } from './kept-from.ts'
import { movedClocks } from './moved-clocks.ts'
import { openShared } from './reporter-act.ts'
import { nextInChain, sendOnReasonsIn, readersIn, sentOnTo } from './sent-on.ts'
import type { Items } from '../sealing/concern-content.ts'
import { readItems } from '../sealing/item-store.ts'
import { signKeysOf } from '../sealing/opening.ts'
import { assertRaisedWith, readRaisedKeys, type RaisedKeys } from '../sealing/reporter-record.ts'
import { readerOf } from '../raising/recipients.ts'
import type { NarrativeContent } from '../sealing/sealed-contents.ts'
import type { OpenCompartment } from '../sealing/sealed-parts.ts'
import { assembleThread, withMissing } from '../reading/thread.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { ClockView } from '../clocks/clock-view.ts'
import type { DetrimentReport, Inbox, ThreadMessage } from '../views.ts'

interface Read {
  readonly concern: Concern
  readonly shared: OpenCompartment
  readonly keys: RaisedKeys
  readonly entries: readonly StoredEntry[]
  readonly items: Items
  readonly holders: Awaited<ReturnType<typeof readHolders>>
}

/** What the person who raised it sees: stage, promises and their dates, the thread. Leaves no trace: there is no record of a reporter's reading. */
export function createReadInbox(deps: ConcernDeps): ConcernUseCases['readInbox'] {
  return async (ctx) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    const read = await atOneMoment(() =>
      deps.database.read(async (tx): Promise<Read> => {
        const concern = await readConcern(tx, ctx.concernId)
        const thread = await openShared(tx, ctx)
        if (concern === null) throw new Refusal('token_not_recognised')
        const keys = assertRaisedWith((await readRaisedKeys(tx, [ctx.concernId])).get(ctx.concernId) ?? null, thread)
        const shared = await withAllEpochs(tx, thread, keys)
        const entries = await readConcernEntries(tx, ctx.concernId)
        const holders = await readHolders(tx, ctx.concernId)
        return { concern, shared, keys, entries, holders, items: await readItems(tx, ctx.concernId, [shared.id]) }
      }),
    )
    const { concern, entries } = read
    const today = londonDate(ctx.now)
    const clocks = clockViews(clocksIn(timelineOf(concern.raisedOn, entries), settings, today), 'reporter')
    const narrative = narrativeIn(ownRecord(read))
    const messages = messagesOf(read, directory)
    const questions = openQuestions(messages)
    const outcome = outcomeOf(concern, entries)
    const open = { sendOn: sendOnOf(read, clocks, directory, today), followUp: followUpAsked(clocks, today) }
    return {
      stage: stageOf(concern.status),
      status: concern.status,
      raisedOn: concern.raisedOn,
      clocks,
      narrative: narrative?.narrative ?? null,
      messages,
      files: [],
      allowedActions: inboxActions(concern, entries, questions.length, open),
      readers: readersLeft(read, narrative, directory),
      withdrawalAskedOn: withdrawalAskedOn(entries),
      organisationLed: wentOnWithout(entries),
      reopenedOn: outcome === null ? reopenedOn(entries) : null,
      nobodyLeft: !isHandled(read, directory),
      openness: concern.openness,
      questions,
      outcome,
      nextDates: nextDatesOf(entries, clocks, today),
      readingDays: readingDaysFrom(today, settings.calendar),
      detriment: detrimentOf(read),
      newCodeFirst: ctx.handedOver,
      movedClocks: movedClocks(entries, clocks),
      sentOn: sentOnIn(entries, directory),
      ...open,
    }
  }
}

const ownRecord = ({ items, shared, keys }: Read) => ({ items, shared, signKey: keys.signKey })

/** Whether it may be sent on now, and to whom next. */
function sendOnOf(read: Read, clocks: readonly ClockView[], directory: Directory, today: DateText): Inbox['sendOn'] {
  const reasons = sendOnReasonsIn(clocks, today)
  if (reasons.length === 0) return null
  const next = nextInChain(directory, ownRecord(read), read.entries)
  if (next === null) return { reasons, to: null }
  const { id, role, name } = readerOf(next)
  return { reasons, to: { id, role, name } }
}

/** By the log, and not by who is still here: it was done. */
function sentOnIn(entries: readonly StoredEntry[], directory: Directory): Inbox['sentOn'] {
  const sent = sentOnTo(entries)
  return directory.people.flatMap(({ alias, name }) => (sent.has(alias) ? [{ name, on: sent.get(alias)! }] : []))
}

/**
 * Who can open it: whom the person was promised, and whom the log says was let in since (by themselves, a handler, a conflict or the clock) and who
 * holds a key. Never who has declared a conflict and can open nothing any more.
 */
function readersLeft({ entries, holders }: Read, narrative: NarrativeContent | null, directory: Directory): Inbox['readers'] {
  const conflicted = conflictedIn(entries)
  const promised = narrative?.readers ?? []
  const staying = promised.filter(({ id }) => !conflicted.has(directory.known(id as UserId)?.alias ?? ''))
  const letIn = readersIn(entries)
  const holding = new Set(holders.filter(({ kind }) => kind === 'shared').map(({ holder }) => holder))
  const since = directory.people.filter(
    (person) =>
      letIn.has(person.alias) &&
      holding.has(person.id) &&
      !promised.some(({ id }) => id === person.id) &&
      !isConflicted(person, conflicted, directory),
  )
  return [
    ...staying.map(({ id, role, name }) => ({ role: role as Role, name, deputy: directory.find(id as UserId)?.deputy === true })),
    ...since.map(readerOf).map(({ role, name, deputy }) => ({ role, name, deputy })),
  ]
}

function reopenedOn(entries: readonly StoredEntry[]): Inbox['reopenedOn'] {
  const at = reopenedAt(entries)
  return at && londonDate(at)
}

/** Whether somebody is still there who can read what the person writes. */
function isHandled({ holders, entries }: Read, directory: Directory): boolean {
  const conflicted = conflictedIn(entries)
  const sent = sentOnTo(entries)
  return holders.some(({ holder, kind }) => {
    const found = directory.find(holder)
    const person = kind === 'internal' || (kind === 'shared' && sent.has(found?.alias ?? '')) ? found : undefined
    return person !== undefined && !isConflicted(person, conflicted, directory)
  })
}

function messagesOf({ items, shared, keys, entries }: Read, directory: Directory): ThreadMessage[] {
  const thread = assembleThread(
    items,
    shared,
    signKeysOf(directory, keys.signKey),
    (author) => directory.find(author as UserId)?.name ?? null,
  )
  return withMissing(thread, entries)
}

function detrimentOf({ items, shared, keys, entries }: Read): DetrimentReport[] {
  return reportsIn(entries).map((track) => {
    const item = items.reporter.find(({ id }) => id === track.id)
    return reportOf(track, item, shared, keys.signKey)
  })
}
