import type { Route } from '../../../../http/index.ts'
import { londonDate } from '../../../../kernel/index.ts'
import { calendarChange, calendarInput, type HolidayRow } from '../../../../settings/index.ts'
import { readInput } from '../../../../http/index.ts'
import { dateInWords, shortDateInWords, type Pages } from '../../../layout/index.ts'
import { yesOrNo } from '../../actions/action-form.ts'
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
import { calendarFilePage } from './file.ts'

const path = '/settings/calendar'

type Calendar = Awaited<ReturnType<SettingsVisit['settings']['viewCalendar']>>

/** The bank holidays by year, and the page that changes one after it has shown what that would do. */
export function calendarRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, changeDay),
    ...formPageRoutes(pages, deps, calendarFilePage),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { items, horizon } = await settings.viewCalendar(ctx)
  const thisYear = londonDate(ctx.now).slice(0, 4)
  const nextYear = String(Number(thisYear) + 1)
  const years = [...new Set(items.map(({ date }) => date.slice(0, 4)))].map((year) => yearOf(year, items, words))
  pages.send(response, {
    template: 'settings/calendar/list.njk',
    title: words.calendar.title,
    words,
    view: {
      endsSoon: horizon.endsSoon ? words.calendar.endsSoonText(horizon.until === null ? words.none : dateInWords(horizon.until)) : null,
      published: horizon.publishedUntil === null ? null : words.calendar.publishedText(dateInWords(horizon.publishedUntil)),
      years: years.filter(({ year }) => year === thisYear || year === nextYear),
      folded: [
        { summary: words.calendar.later, years: years.filter(({ year }) => year > nextYear) },
        { summary: words.calendar.earlier, years: years.filter(({ year }) => year < thisYear).toReversed() },
      ].filter((part) => part.years.length > 0),
      change: `${path}/day`,
    },
    back: '/settings',
    ...noticeOf(visit),
  })
}

function yearOf(
  year: string,
  items: readonly HolidayRow[],
  words: SettingsWords,
): { readonly year: string; readonly heading: string; readonly rows: readonly object[] } {
  const rows = items
    .filter(({ date }) => date.startsWith(year))
    .map(({ date, title, source, projected, enteredOn }) => ({
      date: shortDateInWords(date),
      title,
      source,
      projected,
      entered: shortDateInWords(enteredOn),
    }))
  return { year, heading: words.calendar.list(year), rows }
}

const changeDay: FormPage<typeof calendarInput, Calendar> = {
  path: `${path}/day`,
  back: path,
  template: 'settings/calendar/day.njk',
  title: ({ calendar }) => calendar.changeTitle,
  load: ({ settings, ctx }) => settings.viewCalendar(ctx),
  seen: ({ seen }) => seen,
  schema: calendarInput,
  start: () => ({ what: '', ...dateStart('date', null), title: '', source: '', projected: 'no' }),
  body: (typed) => ({ day: dayIn(typed) }),
  perform: ({ settings, ctx }, input) => settings.changeCalendar(ctx, input),
  view: (_state, typed, { words }) => ({ whats: codeOptions(words.calendar.whats, typed.many('what')) }),
  fields: {
    '/day/change': 'what',
    '/day/date': 'date-day',
    '/day/title': 'title',
    '/day/source': 'source',
    '/day/projected': 'projected',
    '/change': 'what',
    '/date': 'date-day',
  },
  preview: async ({ settings, ctx }, typed) => ({ moved: await settings.previewCalendar(ctx, readInput(calendarChange, dayIn(typed))) }),
  done: 'calendar',
  to: path,
}

/** Each kind of change has fields of its own; what was typed into the others is left out. */
function dayIn(typed: Typed): Readonly<Record<string, unknown>> {
  const change = typed.one('what')
  const date = dateTyped(typed, 'date')
  const source = typed.one('source')
  if (change === 'add') return { change, date, title: typed.one('title'), source, projected: yesOrNo(typed.one('projected')) }
  return change === 'confirm' ? { change, date, source } : { change, date }
}
