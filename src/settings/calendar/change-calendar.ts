import { actorOf } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, londonDate, type DateText } from '../../kernel/index.ts'
import { createCalendar } from '../../timeliness/index.ts'
import { requireAdministrator, type AdministrationDeps, type Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import type { MovedDeadline, ReckoningChange } from '../deadlines.ts'
import { readRules } from '../limits/rule-store.ts'
import { calendarPublished, republished } from '../published-rules.ts'
import { imported, importOf, readHolidayFile, type CalendarFile, type CalendarFileInput, type CalendarImport } from './holiday-file.ts'
import { holidaysArea, readHolidays, writeHoliday } from './holiday-store.ts'
import { calendarFault, changedCalendar, type CalendarChange, type CalendarInput, type HolidayRow } from './holidays.ts'

/**
 * Bank holidays. Only days that are not over: what was counted stays counted, so that no missed date is met by a change of the calendar,
 * nor a kept one missed. Stored next dates move with it, each with an entry of its own.
 */
export function createChangeCalendar<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Which open deadlines would be others. Changes nothing. Recorded: `settings_previewed`. Refusal `invalid_input`, as the change itself. */
    previewCalendar: async (ctx: Ctx, change: CalendarChange): Promise<readonly MovedDeadline[]> => {
      requireAdministrator(ctx)
      const today = londonDate(ctx.now)
      return deps.audited(async (tx) => {
        const before = await readHolidays(tx)
        const moved = await deps.deadlines.preview(tx, await otherDays(tx, before, after(before, change, today)), today)
        const actor = actorOf(ctx.person, 'administrator')
        return { value: moved, entries: [{ kind: 'settings_previewed', actor, at: ctx.now, fields: { setting: holidaysArea.setting } }] }
      })
    },

    /** Refusal `invalid_input` (`in_the_past`, `there_already`, `not_there`, `too_many`, `too_far`). Recorded besides: `deadline_moved` for each concern. */
    changeCalendar: (ctx: Ctx, input: CalendarInput): Promise<readonly MovedDeadline[]> =>
      changeSetting(deps, ctx, holidaysArea, input, async (tx, actor) => {
        const before = await readHolidays(tx)
        const holidays = after(before, input.day, londonDate(ctx.now))
        await writeHoliday(tx, input.day.date, holidays)
        const { moved, entries } = await deps.deadlines.move(tx, await otherDays(tx, before, holidays), {
          actor,
          at: ctx.now,
          setting: holidaysArea.setting,
        })
        return { value: moved, entries: [...republished(calendarPublished(before), calendarPublished(holidays), ctx.now), ...entries] }
      }),
  }
}

/** The file of GOV.UK, brought by hand: this service asks nobody on the network. */
export function createImportCalendar<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** What a file of GOV.UK would do. Changes nothing. Recorded: `settings_previewed`. Refusal `invalid_input`, as the import itself. */
    previewImport: async (
      ctx: Ctx,
      file: CalendarFile,
    ): Promise<{ readonly import: CalendarImport; readonly moved: readonly MovedDeadline[] }> => {
      requireAdministrator(ctx)
      const today = londonDate(ctx.now)
      return deps.audited(async (tx) => {
        const before = await readHolidays(tx)
        const plan = planOf(file, before, today)
        const moved = await deps.deadlines.preview(tx, await otherDays(tx, before, imported(before, plan)), today)
        const actor = actorOf(ctx.person, 'administrator')
        const fields = { setting: holidaysArea.setting }
        return { value: { import: plan, moved }, entries: [{ kind: 'settings_previewed', actor, at: ctx.now, fields }] }
      })
    },

    /**
     * Takes in the days of a file of GOV.UK that are not over: new ones are added, projected ones confirmed. Refusal `invalid_input`
     * (`readHolidayFile` lists the codes; `in_the_future`, `too_many`, `too_far`, `nothing_changed`). Recorded besides: `deadline_moved` for each concern.
     */
    importCalendar: (
      ctx: Ctx,
      { file, fetchedOn, ...input }: CalendarFileInput,
    ): Promise<{ readonly import: CalendarImport; readonly moved: readonly MovedDeadline[] }> =>
      changeSetting(deps, ctx, holidaysArea, input, async (tx, actor) => {
        const before = await readHolidays(tx)
        const plan = planOf({ file, fetchedOn }, before, londonDate(ctx.now))
        const holidays = imported(before, plan)
        // oxlint-disable-next-line no-await-in-loop -- one connection, a few days
        for (const { date } of [...plan.added, ...plan.confirmed]) await writeHoliday(tx, date, holidays)
        const { moved, entries } = await deps.deadlines.move(tx, await otherDays(tx, before, holidays), {
          actor,
          at: ctx.now,
          setting: holidaysArea.setting,
        })
        const published = republished(calendarPublished(before), calendarPublished(holidays), ctx.now)
        return { value: { import: plan, moved }, entries: [...published, ...entries] }
      }),
  }
}

function planOf({ file, fetchedOn }: CalendarFile, holidays: readonly HolidayRow[], today: DateText): CalendarImport {
  if (fetchedOn > today) throw invalid('/fetchedOn', 'in_the_future', 'Give the day on which the file was fetched.')
  const plan = importOf(readHolidayFile(file), holidays, today, fetchedOn)
  const fault = calendarFault(holidays, imported(holidays, plan), today)
  if (fault !== null) throw invalid('/file', fault.code, fault.detail)
  return plan
}

async function otherDays(tx: Tx, before: readonly HolidayRow[], holidays: readonly HolidayRow[]): Promise<ReckoningChange> {
  const rules = await readRules(tx)
  return { before: { calendar: createCalendar(before), rules }, after: { calendar: createCalendar(holidays), rules } }
}

function after(holidays: readonly HolidayRow[], change: CalendarChange, today: DateText): readonly HolidayRow[] {
  if (change.date < today) throw invalid('/day/date', 'in_the_past', 'Choose today or a later day: days that are over have been counted.')
  const changed = changedCalendar(holidays, change, today)
  const fault = changed && calendarFault(holidays, changed, today)
  if (fault) throw invalid('/day/date', fault.code, fault.detail)
  if (changed !== null) return changed
  throw change.change === 'add'
    ? invalid('/day/date', 'there_already', 'This day is in the calendar already.')
    : invalid('/day/date', 'not_there', 'This day is not in the calendar.')
}
