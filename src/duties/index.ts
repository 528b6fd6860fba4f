/**
 * Duties: what the organisation owes as a whole, T14 to T19: the quarterly return, board report, policy review, subject access requests, data
 * protection complaints and breaches. Owns their register and its entries. Promises that no person and no concern is in it, that a date follows
 * from the limits in force alone (P5), and that what was missed stays missed.
 */
export { createDuties, dutyReaders, dutyRecorders, type Duties, type DutyContext, type DutyDeps } from './duties.ts'
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
