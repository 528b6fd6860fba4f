import type { Route } from '../../../../http/index.ts'
import { isReached, mostOnCall, onCallDays, onCallGaps, onCallInput, type OnCallPerson } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import {
  administratorOnly,
  formPageRoutes,
  noticeOf,
  visitingSettings,
  type FormPage,
  type SettingsPageDeps,
  type SettingsVisit,
} from '../form-page.ts'
import { listAfter, listFormRoutes, placeOf, type ListForm } from '../list-form.ts'
import type { SettingsWords } from '../words.en.ts'
import { mailView } from '../mail/mail-view.ts'

const path = '/settings/on-call'
const parts = ['name', 'number', 'email', 'days', 'from', 'until'] as const

type Held = Awaited<ReturnType<SettingsVisit['settings']['viewOnCall']>>

/** Who is called where somebody may be in danger: the list, a form for each of them, and what holds outside their hours. */
export function onCallRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, rest),
    ...listFormRoutes(pages, deps, form),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const held = await settings.viewOnCall(ctx)
  const { value, mail, callsSetUp } = held
  const say = words.onCall
  const called = calledAmong(held)
  pages.send(response, {
    template: 'settings/on-call/list.njk',
    title: say.title,
    words,
    view: {
      items: value.people.map((person, at) => ({
        ...person,
        uncalled: !called.includes(person),
        hours: hoursOf(person, words),
        href: `${path}/${at + 1}`,
      })),
      gaps: value.people.length === 0 ? [] : gapsIn(called, words),
      add: value.people.length < mostOnCall ? `${path}/new` : null,
      outside: value.outside,
      patience: say.patienceText(value.patience),
      rest: `${path}/rest`,
      mail: mailView(mail, words),
      callsSetUp,
    },
    back: '/settings',
    ...noticeOf(visit),
  })
}

/** Those of the list whom an urgent message reaches. Where there is no mail at all that is said once, and of nobody in particular. */
export const calledAmong = ({ value, mail, callsSetUp }: Held): readonly OnCallPerson[] =>
  value.people.filter((person) => !mail.setUp || isReached(person, { setUp: mail.setUp, callsSetUp }))

const hoursOf = ({ days, from, until }: OnCallPerson, { onCall: say }: SettingsWords): string =>
  from === until ? say.allDay(say.dayNames[days]) : say.hours(say.dayNames[days], from, until)

/** Hours without anybody, in words. */
function gapsIn(people: readonly OnCallPerson[], { onCall: say }: SettingsWords): readonly string[] {
  return onCallGaps(people).map(({ days, from, until }) =>
    from === '00:00' && until === '24:00' ? say.allDay(say.dayNames[days]) : say.hours(say.dayNames[days], from, until),
  )
}

const rest: FormPage<typeof onCallInput, Held> = {
  path: `${path}/rest`,
  back: path,
  template: 'settings/on-call/rest.njk',
  title: ({ onCall }) => onCall.restTitle,
  load: ({ settings, ctx }) => settings.viewOnCall(ctx),
  seen: ({ seen }) => seen,
  schema: onCallInput,
  start: ({ value }) => ({ outside: value.outside, patience: String(value.patience) }),
  body: (typed, { value }) => ({ people: value.people, outside: typed.one('outside'), patience: numberIn(typed.one('patience')) }),
  perform: ({ settings, ctx }, input) => settings.changeOnCall(ctx, input),
  done: 'changed',
  to: path,
}

const numberIn = (text: string): number | null => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : null)

const form: ListForm<typeof onCallInput, Held, OnCallPerson> = {
  path,
  template: 'settings/on-call/person.njk',
  titles: ({ onCall }) => onCall,
  nameOf: ({ name }) => name,
  load: ({ settings, ctx }) => settings.viewOnCall(ctx),
  itemsOf: ({ value }) => value.people,
  schema: onCallInput,
  start: ({ held, item }) => {
    const person: Partial<OnCallPerson> = item ?? { days: 'every_day', from: '00:00', until: '00:00' }
    return {
      ...Object.fromEntries(parts.map((part) => [part, person[part] ?? ''])),
      place: placeOf(held.value.people, item),
      keep: 'yes',
    }
  },
  body: (typed, { held: { value }, item }) => {
    const own = Object.fromEntries(parts.map((part) => [part, typed.one(part)]))
    return { people: listAfter<object>(value.people, item, own, typed), outside: value.outside, patience: value.patience }
  },
  perform: ({ settings, ctx }, input) => settings.changeOnCall(ctx, input),
  view: (_, typed, { words }) => ({
    days: codeOptions(Object.fromEntries(onCallDays.map((days) => [days, words.onCall.dayNames[days]])), typed.many('days')),
  }),
  faults: { list: '/people', most: mostOnCall, parts },
}
