/**
 * Oversight: what an auditor asks the log about people. Who opened what, who had which rights on a day, and what should be looked at first. All of
 * it is read out of entries alone, by aliases; each definition is one function here and one sentence on the page.
 */
export {
  createOversight,
  type AccessQuery,
  type AccessReport,
  type ExceptionReport,
  type ExceptionsQuery,
  type Oversight,
  type PeopleReport,
  type PersonThen,
} from './oversight.ts'
export { exceptionCodes, exceptionRules, type Exception, type ExceptionCode } from './exceptions.ts'
export { type ReadEntry } from './kinds-read.ts'
export { type RightsChange, type Standing } from './people.ts'
