import type { ClockChange, ClockView, ConcernView, Deadlines, Task } from '../../../../concerns/index.ts'
import { labels, type Action } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { chipOf, deadlineOf, isOpen, type Chip } from '../../../staff/deadlines.ts'
import { labelOf } from '../../../staff/options.ts'
import { clockValue } from '../../actions/which-clock.ts'
import { subPageHref } from '../frame.ts'
import { words } from './words.en.ts'

interface Link {
  readonly text: string
  readonly href: string
}

export interface ClockRow {
  readonly label: string
  readonly dueOn: string
  readonly chip: Chip
  readonly facts: readonly { readonly key: string; readonly text: string }[]
  readonly source: string
  readonly links: readonly Link[]
}

export interface TaskRow {
  readonly title: string
  readonly dueOn: string
  readonly chip: Chip
  readonly facts: readonly { readonly key: string; readonly text: string }[]
  readonly links: readonly Link[]
  /** The task whose link can be taken back; null where none stands. */
  readonly withdraw: string | null
}

type Concern = Pick<ConcernView, 'id' | 'clocks' | 'openClocks' | 'allowedActions'>

/** The step of a person that stops each clock, so that one press leads from a date to what it is for. */
const stoppedBy: Readonly<Record<string, Action>> = {
  T1: 'acknowledge',
  T2: 'screen_risk',
  T2d: 'screen_risk',
  T3: 'record_first_contact',
  T7: 'record_findings',
  T8: 'resolve',
}

const clockSteps = ['pause_clock', 'resume_clock', 'extend_clock'] as const satisfies readonly Action[]

/** The clocks of the concern itself, open ones first: those of tasks stand with the tasks, and what is over at the end. */
export function clockRows(concern: Concern): { readonly open: readonly ClockRow[]; readonly past: readonly ClockRow[] } {
  const own = concern.clocks.filter(({ code }) => code !== 'T13')
  const byDue = (clocks: readonly ClockView[]) => clocks.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return {
    open: byDue(own.filter(isOpen)).map((clock) => rowOf(clock, concern)),
    past: byDue(own.filter((clock) => !isOpen(clock))).map((clock) => rowOf(clock, concern)),
  }
}

function rowOf(clock: ClockView, concern: Concern): ClockRow {
  const say = words.clocks
  const day = (key: string, date: string | undefined) => (date === undefined ? [] : [{ key, text: dateInWords(date) }])
  return {
    ...deadlineOf(clock),
    facts: [
      ...day(say.starts, clock.startedOn),
      ...(clock.firstDueOn === clock.dueOn ? [] : day(say.first, clock.firstDueOn)),
      ...day(say.stopped, clock.stoppedOn),
    ],
    source: clock.source,
    links: isOpen(clock) ? [...stopLinks(clock, concern), ...stepLinks(clock, concern), icsLink(clock, concern)] : [],
  }
}

function stopLinks({ code }: Pick<ClockView, 'code'>, { id, allowedActions }: Concern): readonly Link[] {
  const action = stoppedBy[code]
  if (action === undefined || !allowedActions.includes(action)) return []
  return [{ text: labels.actions[action], href: `${subPageHref(id, 'overview')}/actions/${action}` }]
}

/** A limit that is over could otherwise have been paused or moved: said once, so that nobody looks for a button that is not there. */
export function lateStaysLate({ openClocks }: Pick<Concern, 'openClocks'>): boolean {
  return openClocks.some(({ state, pausable, extendable }) => state === 'late' && (pausable || extendable))
}

/** What may be done to this clock: the buttons that the workflow gives, as far as they are for it. */
function stepLinks(clock: Pick<ClockView, 'code' | 'of'>, { id, openClocks, allowedActions }: Concern): readonly Link[] {
  const open = openClocks.find(({ code, of }) => code === clock.code && of === clock.of)
  if (open === undefined) return []
  const fits = {
    pause_clock: open.state === 'running' && open.pausable && open.pauseUntil !== null,
    resume_clock: open.state === 'paused',
    extend_clock: open.state === 'running' && open.extendable,
  }
  return clockSteps
    .filter((action) => fits[action] && allowedActions.includes(action))
    .map((action) => ({
      text: words.steps[action],
      href: `${subPageHref(id, 'overview')}/actions/${action}?clock=${encodeURIComponent(clockValue(clock))}`,
    }))
}

function icsLink(clock: Pick<ClockView, 'code' | 'of'>, { id }: Concern): Link {
  return { text: words.clocks.ics, href: `${subPageHref(id, 'deadlines')}/date?clock=${encodeURIComponent(clockValue(clock))}` }
}

export function taskRows(tasks: readonly Task[], concern: Concern, mayAct: boolean): readonly TaskRow[] {
  return tasks.map((task) => taskRow(task, concern, mayAct))
}

function taskRow(task: Task, concern: Concern, mayAct: boolean): TaskRow {
  const say = words.tasks
  const fact = (key: string, text: string | null) => (text === null ? [] : [{ key, text }])
  const base = subPageHref(concern.id, 'deadlines')
  const clock = { code: 'T13', of: task.id }
  return {
    withdraw: task.linkUntil !== null && mayAct ? task.id : null,
    title: task.title ?? say.noTitle,
    dueOn: task.dueOn,
    chip: task.state === 'passed_on' ? { text: say.states.passed_on, colour: 'grey' } : chipOf(task.clock),
    facts: [
      ...fact(say.owner, task.owner),
      ...fact(say.was, task.firstDueOn === task.dueOn ? null : dateInWords(task.firstDueOn)),
      ...fact(say.evidence, task.note),
      ...fact(words.link.title, task.linkUntil === null ? null : words.link.stands(dateInWords(task.linkUntil))),
      ...fact(words.tasks.from, task.byLink ? words.link.byLink : null),
    ],
    links:
      task.state !== 'open' || !mayAct
        ? []
        : [
            { text: say.done, href: `${base}/done?task=${task.id}` },
            ...(task.linkUntil === null ? [{ text: words.link.make, href: `${base}/link?task=${task.id}` }] : []),
            { text: say.passOn, href: `${base}/pass-on?task=${task.id}` },
            ...stepLinks(clock, concern),
            icsLink(clock, concern),
          ],
  }
}

export interface ChangeRow {
  readonly on: string
  readonly clock: string
  readonly what: string
  readonly why: string
  readonly who: string
}

const reasons: Readonly<Record<string, string>> = { ...labels.extensionReasons, ...labels.pauseReasons }

export function changeRows({ changes, tasks }: Pick<Deadlines, 'changes' | 'tasks'>): readonly ChangeRow[] {
  const titles = new Map(tasks.map(({ id, title }) => [id, title]))
  return changes.map((change) => ({
    on: change.on,
    clock: [change.label, change.of === null ? null : titles.get(change.of)].filter((part) => typeof part === 'string').join(': '),
    what: whatOf(change),
    why: change.reasonCode === null ? '' : labelOf(reasons, change.reasonCode),
    who: change.authoriser === null ? change.by : words.changes.agreed(change.authoriser, change.by),
  }))
}

function whatOf({ change, until, before }: ClockChange): string {
  const say = words.changes
  if (change === 'resumed' || until === null) return say.resumed
  if (change === 'paused') return say.paused(dateInWords(until))
  return before === null ? dateInWords(until) : say.extended(dateInWords(before), dateInWords(until))
}
