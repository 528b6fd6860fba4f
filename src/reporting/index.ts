/**
 * Reporting: figures about how the service does its work. Owns the auditor's timeliness report and the simulator of limits; nothing in it can open what
 * is sealed. Promises: every date and verdict is the one reckoning's (P5), read from kept clocks or reckoned anew from entries; a report tells of days
 * that are over, so that no two looks date a reporter's act; each look and each copy is an entry before it is read.
 */
export type { ClockRow } from './clock-row.ts'
export type { ConcernRow } from './concern-rows.ts'
export type { ReckonClocks, ReckonDuties, ReportReader } from './dependencies.ts'
export type { DutyFigures } from './duty-figures.ts'
export type { DutyRow } from './duty-rows.ts'
export type { RuleFigures } from './figures.ts'
export type { LimitChanged, LimitText } from './limits-changed.ts'
export type { MonthFigures } from './read-report.ts'
export type { FoundRows } from './read-rows.ts'
export type { Comparison, JudgedTwice, Verdicts } from './simulate.ts'
export { mostListed, simulationInput, supposable, supposedUnits, type Simulation } from './simulation.ts'
export type { Step } from './statistics.ts'
export {
  gapParts,
  createRaisingGaps,
  raisingGapCsv,
  raisingGapInput,
  type GapPart,
  type GapYear,
  type RaisingGapFigures,
  type RaisingGaps,
} from './raising-gap.ts'
export { hiddenMark } from './small-numbers.ts'
export { timelinessInput, timelinessQueryOf, type TimelinessInput } from './timeliness-input.ts'
export type { TakenReport, TimelinessReport } from './timeliness-report.ts'
export { createReporting, type Reporting } from './reporting.ts'
