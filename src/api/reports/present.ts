import type { z } from 'zod'
import { instantText } from '../../kernel/index.ts'
import type { ConcernRow, DutyRow, RaisingGapFigures, RuleFigures, Simulation, TimelinessReport } from '../../reporting/index.ts'
import type { raisingGapAnswer, simulationAnswer, timelinessAnswer } from './schema.ts'

type Answer = z.infer<typeof timelinessAnswer>

/** Looks at names have a place of their own; the rest was taken away. */
const accessKinds: readonly string[] = ['identity_viewed', 'access_recovered']

export function presentTimeliness(report: TimelinessReport): Answer {
  const { period, population, backDating, counts, concerns } = report
  const countOf = (kind: string) => counts.find((each) => each.kind === kind)?.count ?? 0
  return {
    from: period.from,
    to: period.to,
    asOf: period.asOf,
    calendarPublishedOn: report.calendarPublishedOn,
    limitsPublishedOn: report.limitsPublishedOn,
    population: {
      raised: population.raised,
      inLog: population.inLog,
      waiting: population.waiting,
      recordedToday: population.recordedToday,
      reported: population.reported,
    },
    rules: report.rules.map(presentRule),
    months: report.months.map(({ code, month, met, missed, overdue, running, paused, excluded }) => ({
      ...{ code, month, met, missed, overdue, running, paused, excluded },
    })),
    backDating: {
      recordedForOthers: backDating.recordedForOthers,
      lagOverTwo: backDating.lagOverTwo,
      longestLag: backDating.longestLag,
    },
    limitsChanged: report.limitsChanged.map(({ at, actor, code, version, validFrom, before, after }) => ({
      ...{ actor, code, version, validFrom },
      at: instantText(at),
      before: before && { limit: before.limit, unit: before.unit },
      after: { limit: after.limit, unit: after.unit },
    })),
    access: { identity_viewed: countOf('identity_viewed'), access_recovered: countOf('access_recovered') },
    exports: counts.filter(({ kind }) => !accessKinds.includes(kind)).map(({ kind, count }) => ({ kind, count })),
    duties: { rules: report.duties.rules.map(presentDutyRule), items: report.duties.items && report.duties.items.map(presentDuty) },
    concerns: concerns && { items: concerns.items.map(presentRow), next: concerns.next },
  }
}

function presentRule(rule: RuleFigures): Answer['rules'][number] {
  const { code, version, label, limit, unit, dueFrom, force, source, denominator, met, missed, running, paused, overdue, metPercent } = rule
  const { median, p90, longestOpen, lateWithoutEscalation, excluded, estimate, moved } = rule
  return {
    ...{ code, version, label, limit, unit, dueFrom, force, source, denominator, met, missed, running, paused, overdue, metPercent },
    excluded: excluded.map(({ reason, count }) => ({ reason, count })),
    ...{ median, p90, longestOpen },
    estimate: {
      median: estimate.median,
      p90: estimate.p90,
      steps: estimate.steps.map(({ day, atRisk, stopped, censored, open }) => ({ day, atRisk, stopped, censored, open })),
    },
    lateWithoutEscalation,
    moved: {
      clocks: moved.clocks,
      pausedDays: moved.pausedDays,
      extensions: moved.extensions,
      metByDue: moved.metByDue,
      metByFirstDue: moved.metByFirstDue,
    },
  }
}

function presentRow(row: ConcernRow): NonNullable<Answer['concerns']>['items'][number] {
  const { concern, code, version, cycle, of, round, startedOn, firstDueOn, dueOn, stoppedOn, outcome, workingDays } = row
  const { pausedDays, extensions, endedBy, openness, riskGrade, decision, receivedOn, recordedOn, lag } = row
  const { startedEntry, startedRole, stoppedEntry, stoppedRole, escalatedOn, escalatedEntry } = row
  return {
    ...{ concern, code, version, cycle, of, round, startedOn, firstDueOn, dueOn, stoppedOn, outcome, workingDays },
    ...{ pausedDays, extensions, endedBy, openness, riskGrade, decision, receivedOn, recordedOn, lag },
    ...{ startedEntry, startedRole, stoppedEntry, stoppedRole, escalatedOn, escalatedEntry },
    escalatedTo: [...row.escalatedTo],
    escalatedRoles: [...row.escalatedRoles],
    movedFor: [...row.movedFor],
  }
}

function presentDutyRule(rule: TimelinessReport['duties']['rules'][number]): Answer['duties']['rules'][number] {
  const { code, version, label, limit, unit, dueFrom, force, source, denominator, met, missed, running, paused, overdue } = rule
  const { metPercent, longestOpen, lateWithoutEscalation } = rule
  return {
    ...{ code, version, label, limit, unit, dueFrom, force, source, denominator, met, missed, running, paused, overdue },
    ...{ metPercent, longestOpen, lateWithoutEscalation },
  }
}

function presentDuty(row: DutyRow): NonNullable<Answer['duties']['items']>[number] {
  const { duty, code, version, startedOn, firstDueOn, dueOn, stoppedOn, outcome, workingDays, hours, pausedDays, extensions } = row
  const { force, source, recordedOn, stopRecordedOn, startedEntry, startedRole, stoppedEntry, stoppedRole } = row
  const { warnedOn, warnedEntry, escalatedOn } = row
  return {
    ...{ duty, code, version, startedOn, firstDueOn, dueOn, stoppedOn, outcome, workingDays, hours, pausedDays, extensions },
    ...{ force, source, recordedOn, stopRecordedOn, startedEntry, startedRole, stoppedEntry, stoppedRole },
    ...{ warnedOn, warnedEntry, escalatedOn },
    escalatedTo: [...row.escalatedTo],
    escalatedEntries: [...row.escalatedEntries],
    movedFor: [...row.movedFor],
  }
}

export function presentSimulation({ period, rule, supposed, concerns, comparison, changed }: Simulation): z.infer<typeof simulationAnswer> {
  const { code, label, limit, unit, force, source } = rule
  const { clocks, leftOut, before, after, metNowMissed, missedNowMet } = comparison
  return {
    from: period.from,
    to: period.to,
    asOf: period.asOf,
    rule: { code, label, limit, unit, force, source },
    supposed: { code: supposed.code, limit: supposed.limit, unit: supposed.unit },
    ...{ concerns, clocks, leftOut, before, after, metNowMissed, missedNowMet },
    changed:
      changed &&
      changed.map(({ concern, startedOn, stoppedOn, before: was, after: is }) => ({
        concern,
        startedOn,
        stoppedOn,
        before: was,
        after: is,
      })),
  }
}

export function presentRaisingGap({ year, from, to, parts, total }: RaisingGapFigures): z.infer<typeof raisingGapAnswer> {
  return { year, from, to, parts: parts.map(({ part, count }) => ({ part, count })), total }
}
