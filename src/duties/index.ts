/**
 * Duties: what the organisation owes as a whole, T14 to T19: the quarterly return, board report, policy review, subject access requests, data
 * protection complaints and breaches. Owns their register, its entries, and what the clock says of them. Promises that no person and no concern is in it, that a date follows
 * from the limits in force alone (P5), and that what was missed stays missed.
 */
export { createDuties, dutyReaders, type Duties, type DutyContext, type DutyDeps, type DutyStanding } from './duties.ts'
export {
  dutyActs,
  dutyBeginning,
  dutyCodes,
  dutyDone,
  dutyExtension,
  dutyPause,
  extensionReasons,
  pauseReasons,
  runsInHours,
  type DutyAct,
  type DutyCode,
  type DutyReading,
} from './duty.ts'
export { dutiesInLog } from './duties-in-log.ts'
export { createDutySweep, type DutySweepDeps } from './sweep-duties.ts'
export { dutyRecorders } from './told-people.ts'
