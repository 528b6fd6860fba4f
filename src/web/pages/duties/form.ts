import type { FormFields } from '../../../http/index.ts'
import { runsInHours, type DutyAct } from '../../../duties/index.ts'
import { dateTyped } from '../../staff/typed.ts'

/** JSON Pointer of the use case → id of the box. */
export const fields = {
  '/code': 'code',
  '/startedOn': 'on-day',
  '/startedAt': 'time',
  '/doneOn': 'on-day',
  '/doneAt': 'time',
  '/dueOn': 'due-day',
  '/until': 'until-day',
  '/reasonCode': 'reasonCode',
}

/** A day and a time of the day in London as an instant; text that the schema refuses where it is none. A repeated hour is the first of the two. */
function instantTyped(typed: FormFields): string {
  const [day, time] = [dateTyped(typed, 'on'), typed.one('time').trim().replace('.', ':')]
  if (!/^\d{1,2}:\d{2}$/.test(time)) return ''
  try {
    const at = Temporal.PlainDateTime.from(`${day}T${time.padStart(5, '0')}`)
    return at.toZonedDateTime('Europe/London').toInstant().toString()
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}

const given = (name: string, text: string) => (text === '' ? {} : { [name]: text })

export function beginningTyped(typed: FormFields): Readonly<Record<string, unknown>> {
  const code = typed.one('code')
  const start = code === runsInHours ? { startedAt: instantTyped(typed) } : given('startedOn', dateTyped(typed, 'on'))
  return { code, ...start, ...given('dueOn', dateTyped(typed, 'due')) }
}

/** What each act is given, as the use case's schema wants it. */
export function actTyped(act: DutyAct, typed: FormFields, inHours: boolean): Readonly<Record<string, unknown>> {
  if (act === 'done') return inHours ? { doneAt: instantTyped(typed) } : given('doneOn', dateTyped(typed, 'on'))
  if (act === 'pause') return { reasonCode: typed.one('reasonCode') }
  return act === 'extend' ? { until: dateTyped(typed, 'until'), reasonCode: typed.one('reasonCode') } : {}
}
