import { z } from 'zod'
import { gapParts, simulationInput } from '../../reporting/index.ts'
import { clockStates, forces, limitUnits } from '../../timeliness/index.ts'
import { dueFromAnswer } from '../shapes.ts'

const day = z.iso.date()
const count = z.int().min(0)
const workingDays = z.int().meta({ description: 'Working days.' })
const percent = z.number().nullable().meta({ description: 'To one decimal; null where there is nothing to divide by.' })
const period = { from: day, to: day, asOf: day.meta({ description: 'The day the figures tell of: nothing after it is in them.' }) }

const forOthers =
  'Exact for auditors. For everybody else each count is rounded to the nearest 5, what rounds to 0 is left out, and days that belong to single clocks (medians, the longest, the estimate) are null.'

const estimateAnswer = z
  .strictObject({
    median: workingDays.nullable(),
    p90: workingDays.nullable(),
    steps: z.array(
      z.strictObject({
        day: workingDays,
        atRisk: count,
        stopped: count,
        censored: count,
        open: z.number().meta({ description: 'Estimated share still open after this day.' }),
      }),
    ),
  })
  .meta({ description: 'Kaplan and Meier’s estimate, in which open clocks count for as long as they were watched.' })

const ruleAnswer = z.strictObject({
  code: z.string(),
  version: z.int(),
  label: z.string(),
  limit: z.int(),
  unit: z.enum(limitUnits),
  dueFrom: dueFromAnswer,
  force: z.enum(forces),
  source: z.string(),
  denominator: count.meta({ description: 'All clocks that started in the period but those excluded.' }),
  met: count,
  missed: count,
  running: count,
  paused: count,
  overdue: count,
  metPercent: percent,
  excluded: z.array(z.strictObject({ reason: z.string(), count })),
  median: workingDays.nullable(),
  p90: workingDays.nullable(),
  longestOpen: workingDays.nullable(),
  estimate: estimateAnswer,
  lateWithoutEscalation: count.nullable().meta({ description: 'Null where the limit names nobody to tell.' }),
  moved: z.strictObject({ clocks: count, pausedDays: count, extensions: count, metByDue: count, metByFirstDue: count }),
})

const limitText = z.strictObject({ limit: z.int(), unit: z.enum(limitUnits) })

const place = (what: string) =>
  count
    .nullable()
    .meta({ description: `The place in the log of the entry that ${what}; null where there is none, or it waits for its place.` })

const rowAnswer = z.strictObject({
  concern: z.uuid().meta({ description: 'The concern’s alias in the log.' }),
  code: z.string(),
  version: z.int(),
  cycle: z.int(),
  of: z.uuid().nullable(),
  round: z.int(),
  startedOn: day,
  firstDueOn: day,
  dueOn: day,
  stoppedOn: day.nullable(),
  outcome: z.enum(clockStates),
  workingDays,
  pausedDays: count,
  extensions: count,
  endedBy: z.string().nullable(),
  openness: z.string().nullable(),
  riskGrade: z.string().nullable(),
  decision: z.string().nullable(),
  receivedOn: day,
  recordedOn: day.nullable(),
  lag: z.int(),
  startedEntry: place('started it'),
  startedRole: z.string().nullable().meta({ description: 'The role in which it was written: `reporter`, `system` or a role of staff.' }),
  stoppedEntry: place('stopped it'),
  stoppedRole: z.string().nullable(),
  escalatedOn: day.nullable().meta({ description: 'The first day after its date on which somebody above was told, before it stopped.' }),
  escalatedEntry: place('told somebody above'),
  escalatedTo: z.array(z.string()).meta({ description: 'To whom, by role.' }),
  escalatedRoles: z.array(z.string()).meta({ description: 'By whom: `system` is the clock itself, `reporter` the person who sent it on.' }),
  movedFor: z.array(z.string()),
})

const dutyRuleAnswer = z.strictObject({
  code: z.string(),
  version: z.int(),
  label: z.string(),
  limit: z.int(),
  unit: z.enum(limitUnits),
  dueFrom: dueFromAnswer,
  force: z.enum(forces),
  source: z.string(),
  denominator: count.meta({ description: 'All that were open at some time in the period.' }),
  ...{ met: count, missed: count, running: count, paused: count, overdue: count },
  metPercent: percent,
  longestOpen: workingDays.nullable(),
  lateWithoutEscalation: count.nullable().meta({ description: 'Null where the limit names nobody to tell.' }),
})

const dutyAnswer = z.strictObject({
  duty: z.uuid().meta({ description: 'A random number. Whom it is about stands in the organisation’s own files.' }),
  code: z.string(),
  version: z.int(),
  startedOn: day,
  firstDueOn: day,
  dueOn: day,
  stoppedOn: day.nullable(),
  outcome: z.enum(clockStates),
  workingDays,
  hours: count.nullable().meta({ description: 'Whole hours it took, of what runs in hours and is done.' }),
  pausedDays: count,
  extensions: count,
  force: z.enum(forces),
  source: z.string(),
  recordedOn: day.meta({ description: 'When its beginning was written down.' }),
  stopRecordedOn: day.nullable().meta({ description: 'When its end was written down.' }),
  startedEntry: place('began it'),
  startedRole: z.string().meta({ description: 'The role in which it was written.' }),
  stoppedEntry: place('ended it'),
  stoppedRole: z.string().nullable(),
  warnedOn: day.nullable().meta({ description: 'The day on which the clock said that its date is near.' }),
  warnedEntry: place('warned of it'),
  escalatedOn: day.nullable().meta({ description: 'The first day on which the clock told somebody above.' }),
  escalatedTo: z.array(z.string()).meta({ description: 'Everybody who was told, by role, oldest first.' }),
  escalatedEntries: z.array(count.nullable()).meta({ description: 'The place in the log of the entry of each.' }),
  movedFor: z.array(z.string()).meta({ description: 'Codes of the reasons it was paused or extended for.' }),
})

export const timelinessAnswer = z
  .strictObject({
    ...period,
    calendarPublishedOn: day.nullable(),
    limitsPublishedOn: day.nullable(),
    population: z.strictObject({ raised: count, inLog: count, waiting: count, recordedToday: count, reported: count }),
    rules: z.array(ruleAnswer),
    months: z.array(
      z.strictObject({
        code: z.string(),
        month: z.string().meta({ description: '`YYYY-MM`, by the day clocks started.' }),
        ...{ met: count, missed: count, overdue: count, running: count, paused: count, excluded: count },
      }),
    ),
    backDating: z.strictObject({
      recordedForOthers: count,
      lagOverTwo: count,
      longestLag: z.int().nullable().meta({ description: 'Null for leads.' }),
    }),
    limitsChanged: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        actor: z.uuid().nullable(),
        code: z.string(),
        version: z.int(),
        validFrom: day,
        before: limitText.nullable(),
        after: limitText,
      }),
    ),
    access: z.strictObject({ identity_viewed: count, access_recovered: count }),
    exports: z.array(z.strictObject({ kind: z.string(), count })),
    duties: z
      .strictObject({
        rules: z.array(dutyRuleAnswer),
        items: z.array(dutyAnswer).nullable().meta({ description: 'Each one, for auditors alone.' }),
      })
      .meta({ description: 'What the organisation owes as a whole, and was open at some time in the period. The same on every page.' }),
    concerns: z
      .strictObject({ items: z.array(rowAnswer), next: z.string().nullable() })
      .nullable()
      .meta({ description: 'Single clocks, for auditors alone.' }),
  })
  .meta({ id: 'TimelinessReport', description: forOthers })

const verdicts = z.strictObject({ met: count, missed: count, metPercent: percent, medianLateness: workingDays.nullable() })
const judged = z.strictObject({ dueOn: day, outcome: z.enum(clockStates), late: z.int() })

export const simulationQuery = simulationInput

export const simulationAnswer = z
  .strictObject({
    ...period,
    rule: z.strictObject({
      code: z.string(),
      label: z.string(),
      limit: z.int(),
      unit: z.enum(limitUnits),
      force: z.enum(forces),
      source: z.string(),
    }),
    supposed: z.strictObject({ code: z.string(), limit: z.int(), unit: z.enum(limitUnits) }),
    concerns: count,
    clocks: count,
    leftOut: count,
    before: verdicts,
    after: verdicts,
    metNowMissed: count,
    missedNowMet: count,
    changed: z
      .array(z.strictObject({ concern: z.uuid(), startedOn: day, stoppedOn: day.nullable(), before: judged, after: judged }))
      .nullable()
      .meta({ description: 'Clocks whose verdict would be another, for auditors alone.' }),
  })
  .meta({ id: 'Simulation', description: forOthers })

const shownCount = count
  .nullable()
  .meta({ description: 'Rounded to the nearest 5. Null: too small to be shown, or hidden beside one that is.' })

export const raisingGapAnswer = z
  .strictObject({
    year: z.int(),
    from: day,
    to: day,
    parts: z.array(z.strictObject({ part: z.enum(gapParts), count: shownCount })),
    total: shownCount,
  })
  .meta({ id: 'RaisingGap' })
