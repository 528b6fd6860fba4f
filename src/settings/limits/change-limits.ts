import { actorOf, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, londonDate, type DateText } from '../../kernel/index.ts'
import { createCalendar, type Rule } from '../../timeliness/index.ts'
import { readHolidays } from '../calendar/holiday-store.ts'
import { requireAdministrator, type AdministrationDeps, type Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { readCheckpointReaders } from '../checkpoint-readers/reader-store.ts'
import type { CheckpointReader } from '../checkpoint-readers/checkpoint-readers.ts'
import { countMoved, type MovedDeadline } from '../deadlines.ts'
import { limitsPublished, republished } from '../published-rules.ts'
import { noticeArea, readValues, writeValue } from '../values/value-store.ts'
import { newVersion, type LimitChange, type LimitInput, type LimitWithdrawal, type NewVersion } from './limit-change.ts'
import { changedNotice, noticeUntil, type NoticeInput } from './notice.ts'
import { insertRules, readVersions, rulesArea, rulesOf, withdrawVersion } from './rule-store.ts'

/** What a change of a limit would do. */
export interface LimitPreview {
  readonly moved: readonly MovedDeadline[]
  /** Open clocks of this limit that keep the version they started under, as of the last day that is over. */
  readonly keeping: number
  /** The first day on which it may hold. */
  readonly noticeUntil: DateText
  /** How many people of staff side get the letter; where mail is not set up, nobody. */
  readonly told: number
}

export interface LimitAnnounced {
  readonly version: number
  readonly moved: readonly MovedDeadline[]
  readonly noticeUntil: DateText
  readonly told: number
}

type Published = Parameters<typeof limitsPublished>[0]

/**
 * Time limits: data with a source. A limit changes by a new version from a day on, which is announced to staff side first, shorter limits as
 * much as longer ones: who works to a limit is not surprised either. Clocks that started before keep their version, whatever happens.
 */
export function createChangeLimits<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** What a change would do. Changes nothing. Recorded: `settings_previewed`. Refusal `invalid_input`, as the change itself. */
    previewLimit: async (ctx: Ctx, change: LimitChange): Promise<LimitPreview> => {
      requireAdministrator(ctx)
      const today = londonDate(ctx.now)
      return deps.audited(async (tx) => {
        const { versions, calendar, earliest } = await standing(tx, today)
        const before = rulesOf(versions)
        const { rule } = newVersion(versions, change, today, earliest)
        const preview = (rules: readonly Rule[]) =>
          deps.deadlines.preview(tx, { before: { calendar, rules: before }, after: { calendar, rules } }, today)
        const moved = await preview([...before, rule])
        const running = await preview(before.filter(({ code }) => code !== rule.code))
        const keeping = countMoved(running.filter(({ clock }) => clock === rule.code)) - countMoved(moved)
        const told = (await deps.mail.state(tx)).setUp ? (await staffSideIn(tx)).length : 0
        const actor = actorOf(ctx.person, 'administrator')
        return {
          value: { moved, keeping, noticeUntil: earliest, told },
          entries: [{ kind: 'settings_previewed', actor, at: ctx.now, fields: { setting: rulesArea.setting } }],
        }
      })
    },

    /**
     * Announces a new version, which holds from its day on by itself. Refusal `invalid_input` (`newVersion` lists the codes). Recorded besides:
     * `limits_published`, `limit_announced`. Letters to staff side.
     */
    changeLimit: (ctx: Ctx, input: LimitInput): Promise<LimitAnnounced> =>
      changeSetting(deps, ctx, rulesArea, input, async (tx, actor) => {
        const today = londonDate(ctx.now)
        const { versions, calendar, earliest } = await standing(tx, today)
        const made = newVersion(versions, input.change, today, earliest)
        const { rule } = made
        await insertRules(tx, [{ ...rule, announcedOn: today, noticeUntil: earliest }])
        const [before, rules] = [rulesOf(versions), [...rulesOf(versions), rule]]
        const reckoning = { before: { calendar, rules: before }, after: { calendar, rules } }
        const { moved, entries } = await deps.deadlines.move(tx, reckoning, { actor, at: ctx.now, setting: rulesArea.setting })
        const told = await tell(deps, tx, made, false, ctx.now)
        const fields = { code: rule.code, version: rule.version, validFrom: rule.validFrom, noticeUntil: earliest, people: told }
        const announced: AuditDraft = { kind: 'limit_announced', actor, at: ctx.now, fields }
        return {
          value: { version: rule.version, moved, noticeUntil: earliest, told },
          version: rule.version,
          entries: [...publishedAnew(before, rules, ctx.now), announced, ...entries],
        }
      }),
  }
}

/** What was announced can be taken back until it holds; and how long before it holds it is announced. */
export function createWithdrawLimits<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /**
     * Takes back a version that was announced and does not hold yet. Refusal `invalid_input` (`not_an_option`, `in_force_already`). Recorded
     * besides: `limits_published`, `limit_withdrawn`. Letters to staff side.
     */
    withdrawLimit: (ctx: Ctx, input: LimitWithdrawal): Promise<{ readonly version: number; readonly told: number }> =>
      changeSetting(deps, ctx, rulesArea, input, async (tx, actor) => {
        const today = londonDate(ctx.now)
        const versions = await readVersions(tx)
        const { code, version } = input
        const rule = versions.find((each) => each.code === code && each.version === version && each.withdrawnOn === null)
        if (rule === undefined) throw invalid('/version', 'not_an_option', 'Choose a version that was announced.')
        if (rule.announcedOn === null || rule.validFrom <= today)
          throw invalid('/version', 'in_force_already', 'It holds already. Announce another version instead.')
        await withdrawVersion(tx, rule, today)
        const [before, rules] = [rulesOf(versions), rulesOf(versions.filter((each) => each !== rule))]
        const kept = rules.findLast((each) => each.code === code) ?? rule
        const told = await tell(deps, tx, { before: kept, rule }, true, ctx.now)
        const fields = { code, version, validFrom: rule.validFrom, people: told }
        const withdrawn: AuditDraft = { kind: 'limit_withdrawn', actor, at: ctx.now, fields }
        return { value: { version, told }, version, entries: [...publishedAnew(before, rules, ctx.now), withdrawn] }
      }),

    /** How long before it holds a change is announced. Those announced already keep their day; a shorter period waits until the longer is over. */
    changeNotice: (ctx: Ctx, input: NoticeInput): Promise<{ readonly changed: true }> =>
      changeSetting(deps, ctx, noticeArea, input, async (tx) => {
        const before = (await readValues(tx)).notice
        await writeValue(tx, 'notice', changedNotice(before, input, londonDate(ctx.now), createCalendar(await readHolidays(tx))))
        return { value: { changed: true as const } }
      }),
  }
}

function tell<Ctx extends Administrator>(
  deps: AdministrationDeps<Ctx>,
  tx: Tx,
  { before, rule }: NewVersion,
  withdrawn: boolean,
  now: Temporal.Instant,
): Promise<number> {
  const news = { code: rule.code, label: rule.label, before, after: rule, withdrawn }
  return staffSideIn(tx).then((people) => deps.mail.tellStaffSide(tx, people, news, now))
}

async function standing(tx: Tx, today: DateText) {
  const calendar = createCalendar(await readHolidays(tx))
  return { versions: await readVersions(tx), calendar, earliest: noticeUntil((await readValues(tx)).notice, today, calendar) }
}

const publishedAnew = (before: Published, rules: Published, at: Temporal.Instant): AuditDraft[] =>
  republished(limitsPublished(before), limitsPublished(rules), at)

/** Whoever among those outside who hold the service to its log is there for the staff: their role is in the organisation's own words. */
async function staffSideIn(tx: Tx): Promise<readonly CheckpointReader[]> {
  return (await readCheckpointReaders(tx)).filter(({ role }) => isStaffSide(role))
}

function isStaffSide(role: string): boolean {
  return /\bstaff[\s-]*side\b|\btrade union|\bunion rep/i.test(role)
}
