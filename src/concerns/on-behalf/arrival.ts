import { Refusal, type DateText, type Fault } from '../../kernel/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { raiseFields, type RaiseInput } from '../raising/raise-input.ts'
import { acknowledgeClock } from '../raising/raising-world.ts'
import { narrativeLimit } from '../texts.ts'
import { cutEmail, type CutPiece } from './cut-email.ts'
import type { OnBehalfInput } from './on-behalf-input.ts'

/** How a concern came, as its recorder says. */
export type Received = Pick<OnBehalfInput, 'channel' | 'receivedOn' | 'backDatedReason' | 'wantsCode'>

export interface JudgedArrival {
  /** T1, which counts from the day of receipt and not from the day somebody wrote it down (`domain.md` 9.2). */
  readonly acknowledge: ClockReading
  /** Calendar days between receipt and record: auditors see it. */
  readonly backDatedDays: number
}

/**
 * The day of receipt held against today. Refusal `invalid_input`: `received_in_the_future`, `received_too_long_ago` (before any time limit),
 * `back_dating_reason_missing`.
 */
export function judgeArrival(received: Received, settings: ConcernSettings, today: DateText): JudgedArrival {
  const { receivedOn, backDatedReason } = received
  const late = receivedOn < today && backDatedReason === undefined
  const faults: Fault[] = [
    ...(receivedOn > today
      ? [{ pointer: '/receivedOn', code: 'received_in_the_future', detail: 'The day it was received cannot be in the future.' }]
      : []),
    ...(late
      ? [{ pointer: '/backDatedReason', code: 'back_dating_reason_missing', detail: 'Say why it is recorded later than it was received.' }]
      : []),
  ]
  const acknowledge = receivedOn > today ? null : acknowledgeClock(settings, receivedOn, today)
  if (receivedOn <= today && acknowledge === null) {
    faults.push({ pointer: '/receivedOn', code: 'received_too_long_ago', detail: 'No time limit is known for that day. Check the year.' })
  }
  if (acknowledge === null || faults.length > 0) throw new Refusal('invalid_input', { faults })
  const days = Temporal.PlainDate.from(receivedOn).until(Temporal.PlainDate.from(today), { largestUnit: 'days' }).days
  return { acknowledge, backDatedDays: days }
}

type Text = Pick<OnBehalfInput, 'narrative' | 'email'>

/** The narrative, or what is left of the e-mail. Refusal `invalid_input`: `nothing_left`, `too_long`. */
export function textOf({ narrative, email }: Text): { readonly narrative: string; readonly cut: readonly CutPiece[] } {
  if (email === undefined) return { narrative: narrative ?? '', cut: [] }
  const { kept, cut } = cutEmail(email)
  const over = [...kept].length - narrativeLimit
  if (kept === '' || over > 0) {
    const nothing = {
      pointer: '/email',
      code: 'nothing_left',
      detail: 'Nothing is left once the headers are cut. Write down what was said.',
    }
    const long = { pointer: '/email', code: 'too_long', detail: `Without its headers it is still too long: cut about ${over} characters.` }
    throw new Refusal('invalid_input', { faults: [kept === '' ? nothing : long] })
  }
  return { narrative: kept, cut }
}

/** What the person said, without what is their recorder's: the input of raising. */
export function saidIn(input: Omit<RaiseInput, 'narrative'> & Text, narrative: string): RaiseInput {
  const own = new Set(Object.keys(raiseFields))
  const said = Object.fromEntries(Object.entries(input).filter(([name]) => own.has(name))) as Omit<RaiseInput, 'narrative'>
  return { ...said, narrative }
}
