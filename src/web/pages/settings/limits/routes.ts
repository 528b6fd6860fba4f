import { pathText, readInput, type Route } from '../../../../http/index.ts'
import { londonDate, Refusal, type DateText } from '../../../../kernel/index.ts'
import { limitChange, limitInput } from '../../../../settings/index.ts'
import { forces, limitUnits, type Rule } from '../../../../timeliness/index.ts'
import { shortDateInWords, type Pages } from '../../../layout/index.ts'
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

const path = '/settings/time-limits'

/** The limits with all their versions, and the page that gives one a new version after it has shown what that would do. */
export function limitRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, newVersion),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items } = await settings.viewLimits(ctx)
  const rows = items
    .toSorted((a, b) => (a.code === b.code ? b.version - a.version : a.code < b.code ? -1 : 1))
    .map((rule) => rowOf(rule, words))
  const changes = [
    ...new Map(items.map(({ code, label }) => [code, { href: `${path}/${code}`, text: words.limits.changeTitle(label) }])).values(),
  ]
  pages.send(response, {
    template: 'settings/limits/list.njk',
    title: words.limits.title,
    words,
    view: { rows, changes },
    back: '/settings',
    ...noticeOf(visit),
  })
}

function rowOf({ code, version, label, limit, unit, force, source, validFrom }: Rule, { limits }: SettingsWords): object {
  return {
    name: `${code} ${label}`,
    version: `${limits.version} ${version}`,
    limit: `${limit} ${limits.units[unit]}`,
    force: limits.forces[force],
    source,
    from: shortDateInWords(validFrom),
  }
}

interface State {
  readonly seen: string
  readonly rule: Rule
  readonly today: DateText
}

const newVersion: FormPage<typeof limitInput, State> = {
  path: `${path}/:code`,
  back: path,
  template: 'settings/limits/limit.njk',
  title: ({ limits }, { rule }) => limits.changeTitle(rule.label),
  load: async ({ settings, ctx, request }) => {
    const { seen, items } = await settings.viewLimits(ctx)
    const rule = items.findLast(({ code }) => code === pathText(request, 'code'))
    if (rule === undefined) throw new Refusal('not_found')
    return { seen, rule, today: londonDate(ctx.now) }
  },
  seen: ({ seen }) => seen,
  schema: limitInput,
  start: ({ rule, today }) => ({
    limit: String(rule.limit),
    unit: rule.unit,
    force: rule.force,
    source: rule.source,
    ...dateStart('validFrom', today),
  }),
  body: (typed, state) => ({ change: changeIn(typed, state) }),
  perform: ({ settings, ctx }, input) => settings.changeLimit(ctx, input),
  view: (_state, typed, { words }) => ({
    units: codeOptions(Object.fromEntries(limitUnits.map((unit) => [unit, words.limits.units[unit]])), typed.many('unit')),
    forces: codeOptions(Object.fromEntries(forces.map((force) => [force, words.limits.forces[force]])), typed.many('force')),
  }),
  fields: {
    ...Object.fromEntries(['limit', 'unit', 'force', 'source', 'code'].map((name) => [`/change/${name}`, name])),
    '/change/validFrom': 'validFrom-day',
    '/validFrom': 'validFrom-day',
  },
  preview: ({ settings, ctx, request }, typed) =>
    settings.previewLimit(ctx, readInput(limitChange, changeIn(typed, { rule: { code: pathText(request, 'code') } }))),
  done: 'limit',
  to: path,
}

function changeIn(typed: Typed, { rule }: { readonly rule: { readonly code: string } }): Readonly<Record<string, unknown>> {
  const limit = typed.one('limit').trim()
  return {
    code: rule.code,
    // Anything but digits stays text, which the schema refuses in its own words
    limit: /^\d{1,6}$/.test(limit) ? Number(limit) : limit,
    unit: typed.one('unit'),
    force: typed.one('force'),
    source: typed.one('source'),
    validFrom: dateTyped(typed, 'validFrom'),
  }
}
