import { actorOf, type AuditDraft, type AuditedTransaction, type EntryActor } from '../audit/index.ts'
import type { Database, Tx } from '../database/index.ts'
import {
  hasRole,
  instantText,
  invalid,
  londonDate,
  newId,
  Refusal,
  type DateText,
  type Random,
  type Role,
  type StaffMember,
} from '../kernel/index.ts'
import type { Settings } from '../settings/index.ts'
import { ruleOn } from '../timeliness/index.ts'
import {
  dateIsSet,
  furtherMonths,
  readDuty,
  recurring,
  runsInHours,
  type Duty,
  type DutyAct,
  type DutyBeginning,
  type DutyDone,
  type DutyExtension,
  type DutyPause,
  type DutyReading,
  type DutyStep,
  type Reckoning,
} from './duty.ts'
import { insertDuty, insertStep, lockDuties, readRegister } from './duty-store.ts'
import { isNear } from './duty-steps.ts'
import { readAll } from './register.ts'
import { dutyRecorders } from './told-people.ts'

/** Who does it, and when. A signed-in person's context is one. */
export interface DutyContext {
  readonly person: StaffMember
  readonly now: Temporal.Instant
}

export interface DutyDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly random: Random
  readonly settings: { current(): Promise<Pick<Settings, 'rules' | 'calendar'>> }
}

/** Those who may see what the organisation owes. None of it says whom it is about. */
export const dutyReaders: readonly Role[] = [...dutyRecorders, 'executive_lead', 'non_executive_lead', 'auditor']

/** What a first page says of duties. */
export interface DutyStanding {
  readonly late: number
  readonly near: number
}

/** What the organisation owes as a whole: a register of codes and dates with its clocks. No concern and no person is in it. */
export function createDuties(deps: DutyDeps) {
  return { ...createRegister(deps), ...createDutyActs(deps) }
}
export type Duties = ReturnType<typeof createDuties>

async function reckoningAt({ settings }: DutyDeps, now: Temporal.Instant): Promise<Reckoning> {
  const { rules, calendar } = await settings.current()
  return { rules, calendar, now, today: londonDate(now) }
}

function createRegister(deps: DutyDeps) {
  return {
    /** Every duty: those that are open first, by their date, then what was done, the latest first. Refusal `permission_denied`. */
    list: async (ctx: DutyContext): Promise<readonly DutyReading[]> => {
      requireRole(ctx, dutyReaders)
      const by = await reckoningAt(deps, ctx.now)
      return readAll(await deps.database.read((tx) => readRegister(tx)), by).toSorted(openFirst)
    },

    /** How many duties are late, and how many are so near their date that somebody is warned of it. Null for who may not see them. */
    standing: async (ctx: DutyContext): Promise<DutyStanding | null> => {
      if (!hasRole(ctx.person, ...dutyReaders)) return null
      const by = await reckoningAt(deps, ctx.now)
      const open = readAll(await deps.database.read((tx) => readRegister(tx, { open: true })), by)
      const late = open.filter(({ state }) => state === 'overdue').length
      return { late, near: open.filter((duty) => isNear(duty, by)).length }
    },

    /**
     * Begins one. Recorded: `duty_began`. Refusal `permission_denied`, `invalid_input` (`required`, `not_here`, `in_the_future`, `too_long_ago`,
     * `before_it_began`, `running_already`).
     */
    begin: async (ctx: DutyContext, input: DutyBeginning): Promise<DutyReading> => {
      const actor = recorderIn(ctx)
      const by = await reckoningAt(deps, ctx.now)
      const duty = begunBy(input, newId(deps.random), by)
      return deps.audited(async (tx) => {
        await lockDuties(tx)
        await refuseSecond(tx, duty, by)
        const { reading, entry } = await putDown(tx, duty, actor, by)
        return { value: reading, entries: [entry] }
      })
    },
  }
}

function createDutyActs(deps: DutyDeps) {
  const act = actingOn(deps)
  return {
    /** Done on a day, or at an instant for what runs in hours. What recurs begins anew. Recorded: `duty_done`, and `duty_began` of the next. */
    done: (ctx: DutyContext, id: string, input: DutyDone): Promise<DutyReading> =>
      act(ctx, id, 'done', async ({ tx, actor, by, duty }) => {
        const { on, at } = doneBy(input, duty, by)
        const also = recurring.has(duty.code) ? [(await putDown(tx, next(duty, on, newId(deps.random)), actor, by)).entry] : []
        return {
          step: { kind: 'duty_done', on, at },
          entry: ({ state }) => ({
            kind: 'duty_done',
            fields: { duty: id, code: duty.code, doneOn: on, ...(at !== null && { doneAt: instantText(at) }), state },
          }),
          also,
        }
      }),

    /** Stops the clock from today while something is awaited. Recorded: `duty_paused`. */
    pause: (ctx: DutyContext, id: string, { reasonCode }: DutyPause): Promise<DutyReading> =>
      act(ctx, id, 'pause', ({ by, duty }) => ({
        step: { kind: 'clock_paused', on: by.today, reason: reasonCode },
        entry: () => ({ kind: 'duty_paused', fields: { duty: id, code: duty.code, reasonCode } }),
      })),

    /** Lets it go on from today. Recorded: `duty_resumed`. */
    resume: (ctx: DutyContext, id: string): Promise<DutyReading> =>
      act(ctx, id, 'resume', ({ by, duty }) => ({
        step: { kind: 'clock_resumed', on: by.today },
        entry: () => ({ kind: 'duty_resumed', fields: { duty: id, code: duty.code } }),
      })),

    /** A later date, once, before it is late, by two months at most. Recorded: `duty_extended`. Refusal `invalid_input` (`not_later`, `too_late`). */
    extend: (ctx: DutyContext, id: string, { until, reasonCode }: DutyExtension): Promise<DutyReading> =>
      act(ctx, id, 'extend', ({ by, duty, reading: { dueOn: before } }) => {
        if (until <= before) throw invalid('/until', 'not_later', 'Give a later day than the one it is due on.')
        const last = Temporal.PlainDate.from(before).add({ months: furtherMonths }).toString()
        if (until > last) throw invalid('/until', 'too_late', 'The law allows two further months at most.')
        return {
          step: { kind: 'clock_extended', on: by.today, until, reason: reasonCode },
          entry: () => ({ kind: 'duty_extended', fields: { duty: id, code: duty.code, before, until, reasonCode } }),
        }
      }),
  }
}

function actingOn(deps: DutyDeps) {
  /** One act on one duty, read anew under the lock. */
  return async function act(
    ctx: DutyContext,
    id: string,
    which: DutyAct,
    work: (held: Held) => Promise<Done> | Done,
  ): Promise<DutyReading> {
    const actor = recorderIn(ctx)
    const by = await reckoningAt(deps, ctx.now)
    return deps.audited(async (tx) => {
      await lockDuties(tx)
      const { duties, steps: before, notices } = await readRegister(tx, { id })
      const [duty] = duties
      const reading = duty === undefined ? null : readDuty(duty, { steps: before, notices }, by)
      if (duty === undefined || reading === null) throw new Refusal('not_found')
      if (!reading.open.includes(which)) throw new Refusal('transition_not_allowed')
      const { step, entry, also = [] } = await work({ tx, actor, by, duty, reading })
      const made: DutyStep = { at: null, until: null, reason: null, ...step, dutyId: id, number: before.length + 1 }
      await insertStep(tx, made)
      const after = readDuty(duty, { steps: [...before, made], notices }, by) ?? reading
      const { kind, fields } = entry(after)
      const draft = { actor, at: ctx.now, kind, fields: { ...fields, number: made.number } } as AuditDraft
      return { value: after, entries: [draft, ...also] }
    })
  }
}

interface Held {
  readonly tx: Tx
  readonly actor: EntryActor
  readonly by: Reckoning
  readonly duty: Duty
  readonly reading: DutyReading
}

interface Done {
  readonly step: Pick<DutyStep, 'kind' | 'on'> & Partial<DutyStep>
  readonly entry: (after: DutyReading) => Pick<AuditDraft, 'kind' | 'fields'>
  readonly also?: readonly AuditDraft[]
}

function requireRole({ person }: DutyContext, roles: readonly Role[]): void {
  if (!hasRole(person, ...roles)) throw new Refusal('permission_denied')
}

function recorderIn(ctx: DutyContext): EntryActor {
  requireRole(ctx, dutyRecorders)
  return actorOf(ctx.person, hasRole(ctx.person, 'guardian') ? 'guardian' : 'administrator')
}

function begunBy({ code, startedOn, startedAt, dueOn }: DutyBeginning, id: string, by: Reckoning): Duty {
  const inHours = code === runsInHours
  const names = inHours ? (['/startedAt', '/startedOn'] as const) : (['/startedOn', '/startedAt'] as const)
  refuseOther(inHours ? startedAt : startedOn, inHours ? startedOn : startedAt, names)
  const { on, at } = momentOf(startedOn, startedAt)
  refuseFuture(on, at, by, names[0])
  if (ruleOn(by.rules, code, on) === null) throw invalid(names[0], 'too_long_ago', 'Give a later day.')
  return { id, code, startedOn: on, startedAt: at, setFor: setFor(code, on, dueOn) }
}

function setFor(code: Duty['code'], startedOn: DateText, dueOn: DateText | undefined): DateText | null {
  if (code !== dateIsSet && dueOn !== undefined) throw invalid('/dueOn', 'not_here', 'Leave this out: its date follows from when it began.')
  if (code === dateIsSet && dueOn === undefined) throw invalid('/dueOn', 'required', 'Give the day it is to be sent by, as published.')
  if (dueOn !== undefined && dueOn <= startedOn) throw invalid('/dueOn', 'before_it_began', 'Give a later day than the end of the quarter.')
  return dueOn ?? null
}

interface Moment {
  readonly on: DateText
  readonly at: Temporal.Instant | null
}

function doneBy({ doneOn, doneAt }: DutyDone, duty: Duty, by: Reckoning): Moment {
  const inHours = duty.startedAt !== null
  const names = inHours ? (['/doneAt', '/doneOn'] as const) : (['/doneOn', '/doneAt'] as const)
  refuseOther(inHours ? doneAt : doneOn, inHours ? doneOn : doneAt, names)
  const { on, at } = momentOf(doneOn, doneAt)
  const early = at === null ? on < duty.startedOn : Temporal.Instant.compare(at, duty.startedAt ?? at) < 0
  if (early) throw invalid(names[0], 'before_it_began', 'It was not done before it began.')
  refuseFuture(on, at, by, names[0])
  return { on, at }
}

/** Hours need an instant, and nothing else has one. */
function refuseOther(wanted: unknown, other: unknown, [want, leave]: readonly [string, string]): void {
  if (wanted === undefined) throw invalid(want, 'required', 'Say when.')
  if (other !== undefined) throw invalid(leave, 'not_here', 'Leave this out: only a breach has a time, and it has nothing else.')
}

function momentOf(on: DateText | undefined, at: Temporal.Instant | undefined): Moment {
  return at === undefined ? { on: on!, at: null } : { on: londonDate(at), at }
}

function refuseFuture(on: DateText, at: Temporal.Instant | null, { now, today }: Reckoning, pointer: string): void {
  const future = at === null ? on > today : Temporal.Instant.compare(at, now) > 0
  if (future) throw invalid(pointer, 'in_the_future', 'Give a day or a time that is over.')
}

const next = ({ code }: Duty, startedOn: DateText, id: string): Duty => ({ id, code, startedOn, startedAt: null, setFor: null })

/** There is one policy and one board: a second clock beside the first could only make one of them late. */
async function refuseSecond(tx: Tx, { code }: Duty, by: Reckoning): Promise<void> {
  if (!recurring.has(code)) return
  const running = readAll(await readRegister(tx, { open: true }), by)
  if (running.some((duty) => duty.code === code))
    throw invalid('/code', 'running_already', 'This one is running. When it is done, the next begins by itself.')
}

async function putDown(
  tx: Tx,
  duty: Duty,
  actor: EntryActor,
  by: Reckoning,
): Promise<{ readonly reading: DutyReading; readonly entry: AuditDraft }> {
  await insertDuty(tx, duty)
  const reading = readDuty(duty, { steps: [], notices: [] }, by)
  if (reading === null) throw invalid('/startedOn', 'too_long_ago', 'Give a later day.')
  const { id, code, startedOn, startedAt } = duty
  const fields = { duty: id, code, startedOn, ...(startedAt !== null && { startedAt: instantText(startedAt) }), dueOn: reading.dueOn }
  return { reading, entry: { kind: 'duty_began', actor, at: by.now, fields } }
}

function openFirst(a: DutyReading, b: DutyReading): number {
  const [aDone, bDone] = [a.open.length === 0, b.open.length === 0]
  if (aDone !== bDone) return aDone ? 1 : -1
  const [x, y] = aDone ? [b.doneOn ?? '', a.doneOn ?? ''] : [a.dueOn, b.dueOn]
  return x < y ? -1 : x > y ? 1 : a.code < b.code ? -1 : 1
}
