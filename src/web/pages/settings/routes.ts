import type { Route } from '../../../http/index.ts'
import { onCallGaps } from '../../../settings/index.ts'
import { dateInWords, type Pages } from '../../layout/index.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { categoryRoutes } from './categories/routes.ts'
import { changeRoutes } from './changes/routes.ts'
import { checkpointReaderRoutes } from './checkpoint-readers/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { administratorOnly, visitingSettings, type SettingsPageDeps, type SettingsVisit } from './form-page.ts'
import { limitRoutes } from './limits/routes.ts'
import { mailRoutes } from './mail/routes.ts'
import { calledAmong, onCallRoutes } from './on-call/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { snippetRoutes } from './snippets/routes.ts'
import { textRoutes } from './texts/routes.ts'
import { valueRoutes } from './values/routes.ts'
import type { SettingsWords } from './words.en.ts'

const addresses: Readonly<Record<keyof SettingsWords['links'], string>> = {
  places: '/settings/intake-groups',
  sites: '/settings/sites',
  categories: '/settings/categories',
  texts: '/settings/texts',
  contacts: '/settings/contacts',
  service: '/settings/service',
  brand: '/settings/brand',
  organisation: '/settings/organisation',
  names: '/settings/names',
  calendar: '/settings/calendar',
  limits: '/settings/time-limits',
  notice: '/settings/notice-period',
  checkpointReaders: '/settings/checkpoint-readers',
  mail: '/settings/mail',
  onCall: '/settings/on-call',
  cover: '/settings/cover',
  snippets: '/settings/snippets',
  changes: '/settings/changes',
}

/** The administrator's settings. None of these pages knows a word of any concern. */
export function settingsRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path: '/settings', policy: administratorOnly, handle: visitingSettings(pages, deps, overview) },
    ...placeRoutes(pages, deps),
    ...categoryRoutes(pages, deps),
    ...textRoutes(pages, deps),
    ...contactRoutes(pages, deps),
    ...valueRoutes(pages, deps),
    ...calendarRoutes(pages, deps),
    ...limitRoutes(pages, deps),
    ...checkpointReaderRoutes(pages, deps),
    ...mailRoutes(pages, deps),
    ...onCallRoutes(pages, deps),
    ...snippetRoutes(pages, deps),
    ...changeRoutes(pages, deps),
  ]
}

async function overview({ pages, response, words, settings, ctx }: SettingsVisit): Promise<void> {
  const { horizon } = await settings.viewCalendar(ctx)
  const ends = horizon.endsSoon ? words.calendar.endsSoonText(horizon.until === null ? words.none : dateInWords(horizon.until)) : null
  const held = await settings.viewOnCall(ctx)
  const gaps = onCallGaps(calledAmong(held)).length > 0 ? words.onCall.overviewGaps : null
  const onCall = held.value.people.length === 0 ? words.onCall.overviewEmpty : gaps
  const names = Object.keys(addresses) as (keyof typeof addresses)[]
  const links = names.map((name) => ({ href: addresses[name], text: words.links[name], hint: words.hints[name] }))
  pages.send(response, {
    template: 'settings/overview/overview.njk',
    title: words.title,
    words,
    view: { links, ends, onCall: onCall && { text: onCall, href: addresses.onCall } },
    back: '/administration',
  })
}
