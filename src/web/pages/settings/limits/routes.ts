import { pathText, readInput, type Route } from '../../../../http/index.ts'
import { londonDate, Refusal, type DateText } from '../../../../kernel/index.ts'
import { escalationSteps, limitChange, limitInput, limitWithdrawal, noticeInput, type RuleVersion } from '../../../../settings/index.ts'
import { firstRules, forces, limitUnits } from '../../../../timeliness/index.ts'
import { dateInWords, plural, shortDateInWords, type Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import { dateTyped, type Typed } from '../../../staff/typed.ts'
import { dateStart } from '../dates.ts'
import {
  administratorOnly,
  formPageRoutes,
  noticeOf,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'
import { amountOf, limitViews } from './rule-view.ts'

const path = '/settings/time-limits'

/**
 * The limits with all their versions, the page that announces a new version after it has shown what that would do, the one that takes it back,
 * and how long before it holds a change is announced.
 */
export function limitRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, newVersion),
    ...formPageRoutes(pages, deps, withdrawal),
    ...formPageRoutes(pages, deps, noticePeriod),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items, earliest } = await settings.viewLimits(ctx)
  pages.send(response, {
    template: 'settings/limits/list.njk',
    title: words.limits.title,
    words,
    view: { limits: limitViews(items, londonDate(ctx.now), path, words), notice: words.limits.notice(dateInWords(earliest)) },
    back: '/settings',
    ...noticeOf(visit),
  })
}

interface State {
  readonly seen: string
  readonly rule: RuleVersion
  readonly earliest: DateText
}

async function load({ settings, ctx, request }: SettingsVisit): Promise<State> {
  const { seen, items, earliest } = await settings.viewLimits(ctx)
  const rule = items.findLast(({ code, withdrawnOn }) => code === pathText(request, 'code') && withdrawnOn === null)
  if (rule === undefined) throw new Refusal('not_found')
  return { seen, rule, earliest }
}

const numbers = ['limit', 'warnBefore', 'escalateEvery', 'pauseCap'] as const

/** Only where the software's own first version pauses may a later one. */
const mayPause = (code: string): boolean => firstRules.some((rule) => rule.code === code && rule.pauseCap > 0)

const newVersion: FormPage<typeof limitInput, State> = {
  path: `${path}/:code`,
  back: path,
  template: 'settings/limits/limit.njk',
  title: ({ limits }, { rule }) => limits.changeTitle(rule.label),
  load,
  seen: ({ seen }) => seen,
  schema: limitInput,
  start: ({ rule, earliest }) => ({
    limit: String(rule.limit),
    unit: rule.unit,
    force: rule.force,
    source: rule.source,
    warnBefore: rule.warnBefore === null ? '' : String(rule.warnBefore),
    escalateTo: rule.escalateTo,
    escalateEvery: String(rule.escalateEvery),
    ...(mayPause(rule.code) && { pauseCap: String(rule.pauseCap) }),
    ...dateStart('validFrom', earliest),
  }),
  body: (typed, { rule }) => ({ change: changeIn(typed, rule.code) }),
  perform: ({ settings, ctx }, input) => settings.changeLimit(ctx, input),
  view: ({ rule, earliest }, typed, { words: { limits } }) => ({
    comparator: rule.force === 'COMPARATOR',
    pauses: mayPause(rule.code),
    fromHint: limits.fromHint(dateInWords(earliest)),
    units: codeOptions(Object.fromEntries(limitUnits.map((unit) => [unit, limits.unitChoices[unit]])), typed.many('unit')),
    forces: codeOptions(Object.fromEntries(forces.map((force) => [force, limits.forces[force]])), typed.many('force')),
    steps: codeOptions(Object.fromEntries(escalationSteps.map((step) => [step, limits.stepChoices[step]])), typed.many('escalateTo')),
  }),
  fields: {
    ...Object.fromEntries([...numbers, 'unit', 'force', 'source', 'escalateTo'].map((name) => [`/change/${name}`, name])),
    ...Object.fromEntries([...numbers, 'unit', 'force', 'source', 'escalateTo'].map((name) => [`/${name}`, name])),
    '/change/code': 'limit',
    '/change/validFrom': 'validFrom-day',
    '/validFrom': 'validFrom-day',
  },
  preview: async ({ settings, ctx, request, words }, typed) => {
    const preview = await settings.previewLimit(ctx, readInput(limitChange, changeIn(typed, pathText(request, 'code'))))
    return { moved: preview.moved, notes: [keepingText(preview.keeping, words), lettersText(preview.told, words)] }
  },
  done: 'limit',
  to: path,
}

const keepingText = (keeping: number, { limits }: SettingsWords): string =>
  keeping === 0 ? limits.keepingNone : plural('en', keeping, limits.keeping)

const lettersText = (told: number, { limits }: SettingsWords): string =>
  told === 0 ? limits.noLetters : plural('en', told, limits.letters)

/** Anything but digits stays text, which the schema refuses in its own words. */
function numberIn(typed: Typed, name: string): number | string {
  const text = typed.one(name).trim()
  return /^\d{1,6}$/.test(text) ? Number(text) : text
}

function changeIn(typed: Typed, code: string): Readonly<Record<string, unknown>> {
  return {
    code,
    limit: numberIn(typed, 'limit'),
    unit: typed.one('unit'),
    force: typed.one('force'),
    source: typed.one('source'),
    warnBefore: typed.one('warnBefore').trim() === '' ? null : numberIn(typed, 'warnBefore'),
    escalateTo: typed.many('escalateTo'),
    ...(typed.has('escalateEvery') && { escalateEvery: numberIn(typed, 'escalateEvery') }),
    ...(typed.has('pauseCap') && { pauseCap: numberIn(typed, 'pauseCap') }),
    validFrom: dateTyped(typed, 'validFrom'),
  }
}

const withdrawal: FormPage<typeof limitWithdrawal, State> = {
  path: `${path}/:code/withdraw/:version`,
  back: path,
  template: 'settings/limits/withdraw.njk',
  title: ({ limits }, { rule }) => limits.withdrawTitle(rule.label),
  load: async (visit) => {
    const { seen, items, earliest } = await visit.settings.viewLimits(visit.ctx)
    const [code, version] = [pathText(visit.request, 'code'), pathText(visit.request, 'version')]
    const rule = items.find((each) => each.code === code && String(each.version) === version && each.withdrawnOn === null)
    if (rule === undefined || rule.validFrom <= londonDate(visit.ctx.now)) throw new Refusal('not_found')
    return { seen, rule, earliest }
  },
  seen: ({ seen }) => seen,
  schema: limitWithdrawal,
  start: () => ({}),
  body: (_typed, { rule }) => ({ code: rule.code, version: rule.version }),
  perform: ({ settings, ctx }, input) => settings.withdrawLimit(ctx, input),
  view: ({ rule }, _typed, { words }) => ({
    lead: words.limits.withdrawLead(rule.version, amountOf(rule, words), shortDateInWords(rule.validFrom)),
  }),
  done: 'withdrawn',
  to: path,
}

type Notice = Awaited<ReturnType<SettingsVisit['settings']['viewNotice']>>

const noticePeriod: FormPage<typeof noticeInput, Notice & { readonly today: string }> = {
  path: '/settings/notice-period',
  back: '/settings',
  template: 'settings/limits/notice.njk',
  title: ({ notice }) => notice.title,
  load: async ({ settings, ctx }) => ({ ...(await settings.viewNotice(ctx)), today: londonDate(ctx.now) }),
  seen: ({ seen }) => seen,
  schema: noticeInput,
  start: ({ value }) => ({ workingDays: String(value.workingDays), source: value.source }),
  body: (typed) => ({ workingDays: numberIn(typed, 'workingDays'), source: typed.one('source') }),
  perform: ({ settings, ctx }, input) => settings.changeNotice(ctx, input),
  view: ({ value: { longer }, today }, _typed, { words: { limits, notice } }) => ({
    longer:
      longer === null || longer.until <= today
        ? null
        : notice.stillLonger(plural('en', longer.workingDays, limits.units.working_days), dateInWords(longer.until)),
  }),
  done: 'changed',
  to: '/settings/notice-period',
}
