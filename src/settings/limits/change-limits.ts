import { z } from 'zod'
import { actorOf } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, londonDate, shortText, type DateText } from '../../kernel/index.ts'
import { createCalendar, forces, limitUnits, type Rule } from '../../timeliness/index.ts'
import { readHolidays } from '../calendar/holiday-store.ts'
import { requireAdministrator, type AdministrationDeps, type Administrator } from '../changes/administrator.ts'
import { asked, dateInput } from '../changes/asked.ts'
import { changeSetting } from '../changes/change-setting.ts'
import type { MovedDeadline } from '../deadlines.ts'
import { limitsPublished, republished } from '../published-rules.ts'
import { insertRules, readRules, rulesArea } from './rule-store.ts'

/** A new version of a limit. What starts and stops its clock, and its name, stay: those are the software's. */
export const limitChange = z.strictObject({
  code: z.string().max(10).meta({ description: 'Of a limit that is there, like T1.' }),
  limit: z.int().min(1, 'Give a whole number, 1 or more.').max(400, 'Give a number up to 400.'),
  unit: z.enum(limitUnits),
  force: z.enum(forces).meta({ description: 'What stands behind the limit: a local figure must never pass for the law.' }),
  source: shortText(300, 'Say where this limit comes from.'),
  validFrom: dateInput.meta({ description: 'Clocks that start on this day or later go by it.' }),
})
export type LimitChange = z.output<typeof limitChange>

export const limitInput = z.strictObject({ change: limitChange, ...asked })
export type LimitInput = z.output<typeof limitInput>

/** Time limits: data with a source. A limit changes by a new version from a day on, never for days that are over. */
export function createChangeLimits<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Which open deadlines would be others. Changes nothing. Recorded: `settings_previewed`. Refusal `invalid_input`, as the change itself. */
    previewLimit: async (ctx: Ctx, change: LimitChange): Promise<readonly MovedDeadline[]> => {
      requireAdministrator(ctx)
      const today = londonDate(ctx.now)
      return deps.audited(async (tx) => {
        const before = await readRules(tx)
        const rules = [...before, newVersion(before, change, today)]
        const calendar = await calendarIn(tx)
        const moved = await deps.deadlines.preview(tx, { before: { calendar, rules: before }, after: { calendar, rules } }, today)
        const actor = actorOf(ctx.person, 'administrator')
        return { value: moved, entries: [{ kind: 'settings_previewed', actor, at: ctx.now, fields: { setting: rulesArea.setting } }] }
      })
    },

    /** Refusal `invalid_input` (`not_an_option`, `in_the_past`). Recorded besides: `deadline_moved` for each concern. */
    changeLimit: (ctx: Ctx, input: LimitInput): Promise<{ readonly version: number; readonly moved: readonly MovedDeadline[] }> =>
      changeSetting(deps, ctx, rulesArea, input, async (tx, actor) => {
        const before = await readRules(tx)
        const rule = newVersion(before, input.change, londonDate(ctx.now))
        await insertRules(tx, [rule])
        const [calendar, rules] = [await calendarIn(tx), [...before, rule]]
        const reckoning = { before: { calendar, rules: before }, after: { calendar, rules } }
        const { moved, entries } = await deps.deadlines.move(tx, reckoning, { actor, at: ctx.now, setting: rulesArea.setting })
        const published = republished(limitsPublished(before), limitsPublished(rules), ctx.now)
        return { value: { version: rule.version, moved }, version: rule.version, entries: [...published, ...entries] }
      }),
  }
}

const calendarIn = async (tx: Tx) => createCalendar(await readHolidays(tx))

function newVersion(rules: readonly Rule[], change: LimitChange, today: DateText): Rule {
  const last = rules.filter(({ code }) => code === change.code).toSorted((a, b) => b.version - a.version)[0]
  if (last === undefined) throw invalid('/change/code', 'not_an_option', 'Choose a limit that is there.')
  if (change.validFrom < today)
    throw invalid('/change/validFrom', 'in_the_past', 'Choose today or a later day: a date that was missed stays missed.')
  return { ...last, ...change, version: last.version + 1 }
}
