import type { UserId } from '../../kernel/index.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'
import type { DutyRecord } from './duty-record.ts'
import type { NoticeStep } from '../../timeliness/index.ts'

/** The first answer: only where nobody has given one does somebody else read what was sent. */
const firstAnswer = 'T1'

/**
 * The grants that fall due with a step: where nobody has answered by the day on which the non-executive lead is told, those that the person agreed to
 * before sending, for whom that step tells and nobody else (`security.md` 2). Each is sealed to that lead: whoever stores it cannot open it.
 */
export function standbyGrants(
  code: string,
  step: NoticeStep,
  told: readonly UserId[],
  duty: Pick<DutyRecord, 'standby'> | null,
): readonly GrantRow[] {
  if (code !== firstAnswer || step !== 'non_executive_lead' || duty === null) return []
  return duty.standby.filter(({ holder }) => told.includes(holder as UserId))
}
