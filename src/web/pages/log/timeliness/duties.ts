import type { DutyFigures, DutyRow, TimelinessReport } from '../../../../reporting/index.ts'
import { shortDateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { countText } from '../rows.ts'
import { dutyLimitOf, entryOf, nameOf } from './row-words.ts'
import { words } from './words.en.ts'

/** So many stand on the page; all of them in the files. */
const mostShown = 200

/** What the organisation owes as a whole, as figures and, for auditors, one by one with the entries that prove it. */
export function dutyViews({ rules, items }: TimelinessReport['duties']) {
  return {
    rules: rules.map(figuresRow),
    items: (items ?? []).slice(0, mostShown).map(dutyRow),
    left: Math.max(0, (items ?? []).length - mostShown),
  }
}

function figuresRow(rule: DutyFigures) {
  const { denominator, met, missed, overdue, running, paused, metPercent, longestOpen, lateWithoutEscalation } = rule
  return {
    name: nameOf(rule),
    limit: `${dutyLimitOf(rule)}, ${words.force[rule.force]}`,
    source: rule.source,
    counts: [denominator, met, missed, overdue, running, paused].map(countText),
    percent: metPercent === null ? words.kept.noPercent : `${metPercent}%`,
    longest: longestOpen ?? words.days.noneOpen,
    alone: lateWithoutEscalation === null ? words.kept.noTelling : countText(lateWithoutEscalation),
  }
}

function dutyRow(row: DutyRow) {
  const { duty, code, version, startedOn, dueOn, firstDueOn, stoppedOn, outcome, workingDays, hours, force } = row
  return {
    ...{ startedOn, dueOn, stoppedOn },
    short: duty.slice(0, 8),
    rule: [code, words.rows.version(version), words.force[force]].join(', '),
    started: entryOf(row.startedEntry, row.startedRole),
    recorded: row.recordedOn === startedOn ? null : words.duties.recorded(shortDateInWords(row.recordedOn)),
    firstDue: dueOn === firstDueOn ? null : words.rows.firstDue(shortDateInWords(firstDueOn)),
    stopped: entryOf(row.stoppedEntry, row.stoppedRole),
    stopRecorded:
      row.stopRecordedOn === null || row.stopRecordedOn === stoppedOn ? null : words.duties.recorded(shortDateInWords(row.stopRecordedOn)),
    outcome: labelOf(words.outcomes, outcome),
    late: outcome === 'missed' || outcome === 'overdue',
    took: hours === null ? String(workingDays) : words.duties.hours(hours),
    moved: movedOf(row),
    told: toldOf(row),
  }
}

function movedOf({ pausedDays, extensions }: DutyRow): string {
  const said = [pausedDays > 0 ? words.rows.paused(pausedDays) : null, extensions > 0 ? words.rows.extended(extensions) : null].filter(
    (text) => text !== null,
  )
  return said.join('; ')
}

/** The warning and everybody above who was told, each with its entry. */
function toldOf({ warnedOn, warnedEntry, escalatedOn, escalatedTo, escalatedEntries }: DutyRow) {
  return [
    ...(warnedOn === null ? [] : [{ text: words.duties.warned(shortDateInWords(warnedOn)), entry: entryOf(warnedEntry, 'system') }]),
    ...escalatedTo.map((whom, place) => ({
      text: words.duties.told(labelOf(words.targets, whom), place === 0 && escalatedOn !== null ? shortDateInWords(escalatedOn) : null),
      entry: entryOf(escalatedEntries[place] ?? null, 'system'),
    })),
  ]
}
