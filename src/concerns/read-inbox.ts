import type { Directory } from '../accounts/index.ts'
import { readConcernEntries, type StoredEntry } from '../audit/index.ts'
import { londonDate, Refusal, type Role, type UserId } from '../kernel/index.ts'
import { stageOf } from '../workflow/index.ts'
import type { Concern } from './concern.ts'
import { readConcern } from './concern-store.ts'
import type { ConcernDeps } from './dependencies.ts'
import { reportsIn } from './detriment/track.ts'
import { reportOf } from './detriment/view-detriment.ts'
import { readHolders } from './grant-store.ts'
import { withAllEpochs } from './lifecycle/all-epochs.ts'
import { reopenedAt } from './lifecycle/cycle.ts'
import { atOneMoment } from './lifecycle/at-one-moment.ts'
import { wentOnWithout, withdrawalAskedOn } from './lifecycle/withdrawal-asked.ts'
import { conflictedIn, isConflicted } from './lifecycle/conflicts.ts'
import { clocksIn, clockViews, timelineOf } from './clocks/timeline.ts'
import { inboxActions, nextDatesOf, openQuestions, outcomeOf, readingDaysFrom } from './inbox/inbox-view.ts'
import { openShared } from './inbox/reporter-act.ts'
import type { Items } from './concern-content.ts'
import { readItems } from './item-store.ts'
import { signKeysOf } from './opening.ts'
import { assertRaisedWith, readRaisedKeys, type RaisedKeys } from './reporter-record.ts'
import { narrativeContent, type NarrativeContent } from './sealed-contents.ts'
import { openPart, type OpenCompartment } from './sealed-parts.ts'
import { assembleThread, withMissing } from './thread.ts'
import type { ConcernUseCases } from './use-cases.ts'
import type { DetrimentReport, Inbox, ThreadMessage } from './views.ts'

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
    const narrative = narrativeOf(read)
    const messages = messagesOf(read, directory)
    const questions = openQuestions(messages)
    const outcome = outcomeOf(concern, entries)
    return {
      stage: stageOf(concern.status),
      status: concern.status,
      raisedOn: concern.raisedOn,
      clocks,
      narrative: narrative?.narrative ?? null,
      messages,
      files: [],
      allowedActions: inboxActions(concern, entries, questions.length),
      readers: readersLeft(narrative, entries, directory),
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
    }
  }
}

/** Whom the person was promised as readers, without those who have declared a conflict since and can open nothing any more. */
function readersLeft(narrative: NarrativeContent | null, entries: readonly StoredEntry[], directory: Directory): Inbox['readers'] {
  const conflicted = conflictedIn(entries)
  const staying = narrative?.readers.filter(({ id }) => !conflicted.has(directory.known(id as UserId)?.alias ?? '')) ?? []
  return staying.map(({ role, name }) => ({ role: role as Role, name }))
}

function reopenedOn(entries: readonly StoredEntry[]): Inbox['reopenedOn'] {
  const at = reopenedAt(entries)
  return at && londonDate(at)
}

/** Whether somebody is still there who can read what the person writes. */
function isHandled({ holders, entries }: Read, directory: Directory): boolean {
  const conflicted = conflictedIn(entries)
  return holders.some(({ holder, kind }) => {
    const person = kind === 'internal' ? directory.find(holder) : undefined
    return person !== undefined && !isConflicted(person, conflicted, directory)
  })
}

function narrativeOf({ items, shared, keys }: Read): NarrativeContent | null {
  const item = items.reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, keys.signKey)
  return opened?.genuine ? narrativeContent.parse(opened.content) : null
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
