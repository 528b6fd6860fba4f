import { readDuty, type DutyReading, type Reckoning } from './duty.ts'
import type { RegisterRows } from './duty-store.ts'

/** Every duty of these rows as it stands. Those of a day on which no rule held are left out. */
export function readAll({ duties, steps, notices }: RegisterRows, by: Reckoning): readonly DutyReading[] {
  const [stepsOf, noticesOf] = [Map.groupBy(steps, ({ dutyId }) => dutyId), Map.groupBy(notices, ({ dutyId }) => dutyId)]
  return duties.flatMap((duty) => readDuty(duty, { steps: stepsOf.get(duty.id) ?? [], notices: noticesOf.get(duty.id) ?? [] }, by) ?? [])
}
