import type { Directory } from '../../accounts/index.ts'
import type { StoredEntry } from '../../audit/index.ts'
import { londonDate, readDate, type DateText } from '../../kernel/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import { createLookInside, openedBy, type LookedInside } from '../casework/look-inside.ts'
import { fieldsOf } from '../casework/entry-fields.ts'
import { clocksIn, timelineOf } from '../clocks/timeline.ts'
import { nameOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { subjectsOf } from '../acts/facts.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import { openPart } from '../sealing/sealed-parts.ts'
import { taskContent, taskNote } from './contents.ts'
import { readTaskLinks } from './link-store.ts'
import { isStanding } from './standing-link.ts'
import { tasksIn, type TaskTrack } from './track.ts'
import type { ClockChange, Deadlines, Task, Tasks } from './use-cases.ts'

/** Tasks with their clocks, and whatever moved a clock. Recorded as a look: tasks are under the handlers' seal. */
export function createViewDeadlines(deps: ConcernDeps): Tasks['view'] {
  const lookInside = createLookInside(deps)
  return async (ctx, id) => {
    const settings = await deps.settings.current()
    const looked = await lookInside(
      ctx,
      id,
      'view_deadlines',
      ['task', 'task_note', 'task_answer', 'findings', 'closing'],
      ['internal', 'investigation'],
    )
    const { open, directory } = looked
    const today = londonDate(ctx.now)
    const clocks = clocksIn(timelineOf(open.concern.raisedOn, open.entries), settings, today)
    const links = (await deps.database.read((tx) => readTaskLinks(tx, id))).filter((link) =>
      isStanding(link, open.entries, directory, today),
    )
    return {
      mayAct: open.relations.includes('handler') && !subjectsOf(open, directory).has(ctx.person.userId),
      tasks: tasksOf(looked, clocks).map((task) => ({
        ...task,
        linkUntil: task.state === 'open' ? (links.find((link) => link.task === task.id)?.expiresOn ?? null) : null,
      })),
      changes: changesIn(open.entries, clocks, directory).toReversed(),
    } satisfies Deadlines
  }
}

function tasksOf(looked: LookedInside, clocks: readonly ClockReading[]): Omit<Task, 'linkUntil'>[] {
  return tasksIn(looked.open.entries).flatMap((track) => {
    const clock = clocks.find(({ code, of }) => code === 'T13' && of === track.id)
    if (clock === undefined) return []
    const { state, words, workingDaysLeft, dueOn, firstDueOn } = clock
    return [
      {
        id: track.id,
        ...wordsOf(looked, track),
        setOn: track.setOn,
        dueOn,
        firstDueOn,
        state: track.state,
        clock: { state, words, workingDaysLeft },
        endedOn: track.endedOn,
      },
    ]
  })
}

/** What is under the seal: the task's own record, or its place among the actions of the findings. */
function wordsOf(
  { open, items, directory }: LookedInside,
  { item, place, endItem }: TaskTrack,
): Pick<Task, 'title' | 'owner' | 'note' | 'withFindings' | 'byLink'> {
  const itemOf = (id: string | null) => items.find((each) => each.id === id)
  const record = itemOf(item)
  const held = openedBy(open, record)
  const end = itemOf(endItem)
  const byLink = end?.kind === 'task_answer'
  const note = noteIn(byLink ? openedByLink(open, end) : openedBy(open, end))
  const own = taskContent.safeParse(held)
  if (own.success) {
    const { title, ownerId, ownerName } = own.data
    return { title, owner: ownerId === null ? ownerName : nameOf(directory, ownerId), note, byLink, withFindings: false }
  }
  const action = actionAt(held, place)
  return { title: action?.description ?? null, owner: action?.owner ?? null, note, byLink, withFindings: record?.kind !== 'task' }
}

/** What somebody with a link wrote: signed with the key that the log says this link had. Undefined where it was not. */
function openedByLink(open: OpenConcern, item: StoredItem): unknown {
  const made = open.entries.find((entry) => entry.kind === 'task_link_made' && fieldsOf(entry)['link'] === item.author)
  const key = made && fieldsOf(made)['signKey']
  const part = open.parts.get(item.compartmentId)
  if (typeof key !== 'string' || part === undefined) return undefined
  const opened = openPart(item, part, new Uint8Array(Buffer.from(key, 'hex')))
  return opened.genuine ? opened.content : undefined
}

/** What was said when it ended; of a closing, the plan it goes on in. */
function noteIn(held: unknown): string | null {
  const note = taskNote.safeParse(held)
  const plan: unknown = typeof held === 'object' && held !== null ? Reflect.get(held, 'plan') : null
  return (note.success ? (note.data.evidence ?? note.data.reason) : undefined) ?? (typeof plan === 'string' ? plan : null)
}

function actionAt(held: unknown, place: number): { readonly description: string; readonly owner: string } | null {
  const actions: unknown = typeof held === 'object' && held !== null ? Reflect.get(held, 'actions') : null
  const action: unknown = Array.isArray(actions) ? actions[place] : null
  if (typeof action !== 'object' || action === null) return null
  const [description, owner]: unknown[] = [Reflect.get(action, 'description'), Reflect.get(action, 'owner')]
  return typeof description === 'string' && typeof owner === 'string' ? { description, owner } : null
}

const changeOf: Readonly<Partial<Record<StoredEntry['kind'], ClockChange['change']>>> = {
  clock_paused: 'paused',
  clock_resumed: 'resumed',
  clock_extended: 'extended',
}

function changesIn(entries: readonly StoredEntry[], clocks: readonly ClockReading[], directory: Directory): ClockChange[] {
  const names = new Map<string, string>(directory.people.map(({ alias, name }) => [alias, name]))
  const nameOfAlias = (alias: unknown) => (typeof alias === 'string' ? (names.get(alias) ?? 'Somebody who left') : null)
  return entries.flatMap((entry) => {
    const change = changeOf[entry.kind]
    if (change === undefined) return []
    const { clock, of, until, before, reasonCode, authoriser } = fieldsOf(entry)
    const code = String(clock)
    const { actor } = JSON.parse(entry.text) as { readonly actor: { readonly alias?: string } }
    return [
      {
        change,
        clock: code,
        label: clocks.find((each) => each.code === code)?.label ?? code,
        of: typeof of === 'string' ? of : null,
        on: entry.on,
        by: nameOfAlias(actor.alias) ?? '',
        until: dateIn(until),
        before: dateIn(before),
        reasonCode: typeof reasonCode === 'string' ? reasonCode : null,
        authoriser: nameOfAlias(authoriser),
      },
    ]
  })
}

const dateIn = (value: unknown): DateText | null => (typeof value === 'string' ? readDate(value) : null)
