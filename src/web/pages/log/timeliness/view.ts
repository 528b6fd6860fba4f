import { hasRole, instantText, type StaffMember } from '../../../../kernel/index.ts'
import type { ConcernRow, MonthFigures, RuleFigures, TimelinessReport } from '../../../../reporting/index.ts'
import type { Rule } from '../../../../timeliness/index.ts'
import { shortDateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { aliasLink, countText } from '../rows.ts'
import { columnsOf, curveOf, type MonthRow } from './charts.ts'
import { dutyViews } from './duties.ts'
import { entryOf, limitOf, limitWords, nameOf } from './row-words.ts'
import { words } from './words.en.ts'

/** What was typed into the form, to be shown again and to make addresses. */
export interface Typed {
  readonly from?: string
  readonly to?: string
  readonly code?: string
  readonly outcome?: string
}

const path = '/log/timeliness'

export const addressOf = (typed: Typed, more: Readonly<Record<string, string>> = {}): string =>
  `${path}?${new URLSearchParams({ ...typed, ...more }).toString()}`

export function showTimeliness(report: TimelinessReport, typed: Typed, cursor: string, limits: readonly Rule[], person: StaffMember) {
  const { rules, months, population, concerns, period } = report
  const auditor = hasRole(person, 'auditor')
  const chosen = typed.code ?? 'T1'
  const rule = rules.findLast(({ code }) => code === chosen) ?? null
  const kept: Typed = { ...typed, from: period.from, to: period.to }
  return {
    auditor,
    period,
    calendarOn: report.calendarPublishedOn,
    limitsOn: report.limitsPublishedOn,
    choices: choicesOf(limits, typed),
    population: { ...population, agree: agrees(population) },
    rules: rules.map((each) => ruleRow(each, kept, auditor)),
    excluded: rules.flatMap(({ code, excluded }) =>
      excluded.map(({ reason, count }) => ({ code, reason: labelOf(words.reasons, reason), count })),
    ),
    moved: rules.filter(({ moved }) => moved.clocks > 0).map((each) => ({ name: nameOf(each), ...each.moved })),
    chosen: rule === null ? chosen : nameOf(rule),
    months: months.map(monthRow),
    columns: (['wide', 'narrow'] as const).map((size) => columnsOf(months.map(monthRow), size)).filter((each) => each !== null),
    curves: rule === null ? [] : (['wide', 'narrow'] as const).map((size) => curveOf(rule, size)).filter((each) => each !== null),
    steps: (rule?.estimate.steps ?? []).map(({ open, ...step }) => ({ ...step, open: `${Math.round(open * 1000) / 10}%` })),
    backDating: lagView(report.backDating),
    limitsChanged: report.limitsChanged.map(({ at, actor, code, validFrom, before, after }) => ({
      ...{ code, validFrom },
      at: instantText(at),
      actor: aliasLink('actor', actor),
      before: before === null ? words.limits.wasNot : limitWords(before),
      after: limitWords(after),
    })),
    counts: report.counts.map(({ kind, count }) => ({ kind: labelOf(words.kinds, kind), count })),
    duties: dutyViews(report.duties),
    rows: concerns?.items.map(clockRow) ?? [],
    nextHref: concerns?.next ? `${addressOf(kept, { cursor: concerns.next })}#rows` : null,
    firstHref: cursor === '' ? null : `${addressOf(kept)}#rows`,
    hidden: kept,
  }
}

const lagView = ({ recordedForOthers, lagOverTwo, longestLag }: TimelinessReport['backDating']) => ({
  recordedForOthers: countText(recordedForOthers),
  lagOverTwo: countText(lagOverTwo),
  longestLag: longestLag === null ? null : countText(longestLag),
})

/** Both sums must come out: what the log holds is what is reported, and with what was written since it is what was raised. */
const agrees = ({ raised, inLog, waiting, recordedToday, reported }: TimelinessReport['population']): boolean =>
  inLog + waiting === reported && reported + recordedToday === raised

function choicesOf(limits: readonly Rule[], { code = '', outcome = '' }: Typed) {
  const newest = new Map(limits.filter(({ scope }) => scope === 'concern').map((rule) => [rule.code, rule]))
  return {
    codes: [...newest.values()].map((rule) => ({ value: rule.code, text: `${rule.code} ${rule.label}`, selected: rule.code === code })),
    outcomes: Object.entries(words.outcomes).map(([value, text]) => ({ value, text, selected: value === outcome })),
  }
}

function ruleRow(rule: RuleFigures, typed: Typed, auditor: boolean) {
  const { code, denominator, met, missed, overdue, running, paused, metPercent, lateWithoutEscalation, estimate } = rule
  const linked = (outcome: string, count: number) => ({
    text: countText(count),
    href: auditor && count > 0 ? `${addressOf({ ...typed, code, outcome })}#rows` : null,
  })
  return {
    name: nameOf(rule),
    limit: `${limitOf(rule)}, ${words.force[rule.force]}`,
    source: rule.source,
    denominator: countText(denominator),
    ...{ met: linked('met', met), missed: linked('missed', missed), overdue: linked('overdue', overdue) },
    ...{ running: linked('running', running), paused: linked('paused', paused) },
    excluded: linked(
      'not_applicable',
      rule.excluded.reduce((sum, { count }) => sum + count, 0),
    ),
    percent: metPercent === null ? words.kept.noPercent : `${metPercent}%`,
    alone: lateWithoutEscalation === null ? words.kept.noTelling : countText(lateWithoutEscalation),
    median: rule.median ?? words.days.noneStopped,
    p90: rule.p90 ?? words.days.noneStopped,
    estimatedMedian: estimate.median ?? words.days.unknown,
    estimatedP90: estimate.p90 ?? words.days.unknown,
    longest: rule.longestOpen ?? words.days.noneOpen,
  }
}

function monthRow({ month, met, missed, overdue, running, paused, excluded }: MonthFigures): MonthRow {
  const day = Temporal.PlainDate.from(`${month}-01`)
  return {
    month: day.toLocaleString('en-GB', { month: 'long', year: 'numeric' }),
    short: day.toLocaleString('en-GB', { month: 'short', year: '2-digit' }),
    inTime: met,
    late: missed + overdue,
    open: running + paused,
    excluded,
  }
}

function clockRow(row: ConcernRow) {
  const { code, version, cycle, round, startedOn, dueOn, firstDueOn, stoppedOn, outcome, workingDays, endedBy } = row
  return {
    ...{ startedOn, dueOn, stoppedOn, workingDays },
    started: entryOf(row.startedEntry, row.startedRole),
    stopped: entryOf(row.stoppedEntry, row.stoppedRole),
    concern: aliasLink('concern', row.concern),
    clock: [
      code,
      words.rows.version(version),
      ...(cycle > 1 ? [words.rows.cycle(cycle)] : []),
      ...(round > 1 ? [words.rows.round(round)] : []),
    ].join(', '),
    firstDue: dueOn === firstDueOn ? null : words.rows.firstDue(shortDateInWords(firstDueOn)),
    outcome: labelOf(words.outcomes, outcome),
    late: outcome === 'missed' || outcome === 'overdue',
    why: endedBy === null ? null : labelOf(words.reasons, endedBy),
    facts: factsOf(row),
    more: moreOf(row),
  }
}

function factsOf({ openness, riskGrade, decision, lag }: ConcernRow): string {
  const said = [
    openness === null ? null : labelOf(words.openness, openness),
    riskGrade === null ? null : labelOf(words.grades, riskGrade),
    decision === null ? null : labelOf(words.decisions, decision),
    lag > 0 ? words.rows.lag(lag) : null,
  ]
  return said.filter((text) => text !== null).join(', ')
}

function moreOf({ pausedDays, extensions, escalatedOn, escalatedTo, escalatedRoles }: ConcernRow): string {
  const said = [
    pausedDays > 0 ? words.rows.paused(pausedDays) : null,
    extensions > 0 ? words.rows.extended(extensions) : null,
    escalatedOn === null
      ? null
      : words.rows.told(
          shortDateInWords(escalatedOn),
          escalatedTo.map((whom) => labelOf(words.targets, whom)).join(', '),
          escalatedRoles.map((role) => labelOf(words.actors, role)).join(', '),
        ),
  ].filter((text) => text !== null)
  return said.length === 0 ? words.rows.nothing : said.join('; ')
}
