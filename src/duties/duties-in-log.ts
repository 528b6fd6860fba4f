import { addDays, londonDate, startOfLondonDay, type DateText } from '../kernel/index.ts'
import type { ClockReading, Force, NoticeStep } from '../timeliness/index.ts'
import { dateIsSet, reckonDuty, type Duty, type DutyCode, type DutyNotice, type DutyStep, type Reckoning, type StepKind } from './duty.ts'

/** What an entry says of who wrote it and when: its id, the London day, and the role. */
export interface LoggedAct {
  readonly entry: string
  readonly on: DateText
  readonly role: string
}

/** A duty as its entries alone give it: days, counts and codes, and no time of day. */
export interface LoggedDuty {
  readonly duty: string
  readonly code: string
  readonly version: number
  readonly startedOn: DateText
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  readonly stoppedOn: DateText | null
  readonly outcome: ClockReading['state']
  readonly workingDays: number
  readonly hours: number | null
  readonly pausedDays: number
  readonly extensions: number
  readonly force: Force
  readonly source: string
  readonly began: LoggedAct
  readonly done: LoggedAct | null
  readonly warned: LoggedAct | null
  /** Each with the role that was told, oldest first. */
  readonly escalations: readonly (LoggedAct & { readonly to: string })[]
  /** Codes of the reasons it was paused or extended for. */
  readonly movedFor: readonly string[]
}

const steps: Readonly<Record<string, StepKind>> = {
  duty_done: 'duty_done',
  duty_paused: 'clock_paused',
  duty_resumed: 'clock_resumed',
  duty_extended: 'clock_extended',
}

/**
 * Every duty that these entries of the log begin, as it stood at the end of a London day, by the one reckoning that the register goes by (P5). Entries are
 * texts as they were hashed, oldest first; what was written after that day is not looked at. A duty of a day on which no rule held is left out.
 */
export function dutiesInLog(texts: readonly string[], by: Pick<Reckoning, 'rules' | 'calendar'>, on: DateText): readonly LoggedDuty[] {
  const endOfDay: Reckoning = { ...by, today: on, now: startOfLondonDay(addDays(on, 1)) }
  const said = texts.map(saidIn).filter(({ act }) => act.on <= on)
  return [...Map.groupBy(said, ({ fields }) => fields.duty).values()].flatMap((own) => loggedDuty(own, endOfDay) ?? [])
}

type Field = 'code' | 'startedOn' | 'startedAt' | 'dueOn' | 'doneOn' | 'doneAt' | 'until' | 'reasonCode' | 'stepOn' | 'step'

interface Said {
  readonly kind: string
  readonly act: LoggedAct
  readonly fields: { readonly duty: string; readonly number?: number } & { readonly [name in Field]?: string }
}

function saidIn(text: string): Said {
  const { id, kind, at, actor, fields } = JSON.parse(text) as {
    readonly id: string
    readonly kind: string
    readonly at: string
    readonly actor: { readonly role: string }
    readonly fields: Said['fields']
  }
  return { kind, act: { entry: id, on: londonDate(Temporal.Instant.from(at)), role: actor.role }, fields }
}

function loggedDuty(said: readonly Said[], by: Reckoning): LoggedDuty | null {
  const began = said.find(({ kind }) => kind === 'duty_began')
  if (began === undefined) return null
  const duty = dutyOf(began)
  const done = said.find(({ kind }) => kind === 'duty_done')
  const up = said.filter(({ kind }) => kind === 'duty_escalated')
  const reckoned = reckonDuty(duty, { steps: stepsIn(said, duty.id), notices: noticesIn(said, duty.id) }, by)
  if (reckoned === null) return null
  const { reading, version, workingDays, hours } = reckoned
  const { code, startedOn, firstDueOn, dueOn, doneOn, state, pausedDays, extensions, force, source } = reading
  return {
    ...{ duty: duty.id, code, version, startedOn, firstDueOn, dueOn, workingDays, hours, pausedDays, extensions, force, source },
    stoppedOn: doneOn,
    outcome: state,
    began: began.act,
    done: done?.act ?? null,
    warned: said.find(({ kind }) => kind === 'duty_warned')?.act ?? null,
    escalations: up.toSorted(byTurn).map(({ act, fields: { step = '' } }) => ({ ...act, to: step })),
    movedFor: [...new Set(said.flatMap(({ fields }) => fields.reasonCode ?? []))].toSorted(),
  }
}

/** By day, then by the day on which it fell due: what is made up for in one go has one time. */
function byTurn(a: Said, b: Said): number {
  const [one, other] = [a, b].map(({ act, fields }) => [act.on, fields.stepOn, fields.step].join(' ')) as [string, string]
  return one < other ? -1 : 1
}

function dutyOf({ fields: { duty, code, startedOn, startedAt, dueOn } }: Said): Duty {
  return {
    id: duty,
    code: code as DutyCode,
    startedOn: startedOn as DateText,
    startedAt: instantIn(startedAt),
    setFor: code === dateIsSet ? (dueOn as DateText) : null,
  }
}

/** In their order: the log numbers what was done about one duty. */
function stepsIn(said: readonly Said[], dutyId: string): DutyStep[] {
  return said
    .filter(({ kind }) => kind in steps)
    .map(({ kind, act, fields: { number, doneOn, doneAt, until, reasonCode } }, place) => ({
      ...{ dutyId, number: number ?? place + 1, kind: steps[kind]! },
      on: (doneOn as DateText | undefined) ?? act.on,
      at: instantIn(doneAt),
      until: (until as DateText | undefined) ?? null,
      reason: reasonCode ?? null,
    }))
}

function noticesIn(said: readonly Said[], dutyId: string): DutyNotice[] {
  return said
    .filter(({ kind }) => kind === 'duty_warned' || kind === 'duty_escalated')
    .map(({ act, fields: { step = 'warning', stepOn } }) => ({
      ...{ dutyId, step: step as NoticeStep },
      on: (stepOn as DateText | undefined) ?? act.on,
    }))
}

const instantIn = (text: string | undefined): Temporal.Instant | null => (text === undefined ? null : Temporal.Instant.from(text))
