/**
 * Kernel: the words every room shares, with no I/O but log lines.
 * Owns actors, ids, dates, time, chance, errors, secrets and the list of log events. Imports nothing of ours.
 */
export { hasRole, roles, type Role, type StaffMember } from './actor.ts'
export { systemClock, type Clock } from './clock.ts'
export { csvLine } from './csv.ts'
export {
  addDays,
  dateFromColumn,
  dateToColumn,
  instantFromColumn,
  instantText,
  instantToColumn,
  londonDate,
  readDate,
  startOfLondonDay,
  type DateText,
} from './dates.ts'
export { errorCodes, invalid, Refusal, type ErrorCode, type Fault } from './errors.ts'
export {
  newId,
  readId,
  type Alias,
  type ApprovalId,
  type CompartmentId,
  type ConcernId,
  type EntryId,
  type IntakeGroupId,
  type ItemId,
  type SessionId,
  type UserId,
} from './ids.ts'
export { createLog, type Log, type LogEvent } from './log.ts'
export { systemRandom, type Random } from './random.ts'
export { Secret } from './secret.ts'
export { readJson, type CleanText } from './text.ts'
export { optionalLine, optionalText, shortText, writtenText } from './written-text.ts'
