import { addDays, londonDate } from '../kernel/index.ts'
import type { ReportingDeps } from './dependencies.ts'
import { createSimulate, type Simulate } from './simulation.ts'
import { createTimelinessReports, type TimelinessReports } from './timeliness-report.ts'
import type { Rule } from '../timeliness/index.ts'

/** Every report there is. */
export interface Reporting {
  readonly timeliness: TimelinessReports
  readonly simulate: Simulate
  /** The limits that reports are about, for a form to choose from. */
  limits(): Promise<readonly Rule[]>
}

/** `demonstration`: concerns of today count at once, since none of them is real. */
export function createReporting(deps: Omit<ReportingDeps, 'lastDay'>, { demonstration }: { readonly demonstration: boolean }): Reporting {
  const lastDay: ReportingDeps['lastDay'] = (now) => (demonstration ? londonDate(now) : addDays(londonDate(now), -1))
  const all = { ...deps, lastDay }
  return {
    timeliness: createTimelinessReports(all),
    simulate: createSimulate(all),
    limits: async () => (await deps.settings.current()).rules,
  }
}
