import type { DutyStanding } from '../../duties/index.ts'
import { plural } from '../layout/index.ts'
import { words } from './words.en.ts'

/** What a first page says of the organisation's duties; null where none is late or near, and for who may not see them. */
export function dutyLine(standing: DutyStanding | null): string | null {
  if (standing === null || standing.late + standing.near === 0) return null
  const { late, near } = words.duties
  return [standing.late === 0 ? '' : plural('en', standing.late, late), standing.near === 0 ? '' : plural('en', standing.near, near)]
    .join(' ')
    .trim()
}
