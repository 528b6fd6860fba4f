import { pathText, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { mostOnCall, onCallDays, onCallGaps, onCallInput, type OnCallPerson } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { codeOptions } from '../../../staff/options.ts'
import type { Typed } from '../../../staff/typed.ts'
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
import { mailView } from '../mail/mail-view.ts'

const path = '/settings/on-call'
const parts = ['name', 'number', 'email', 'days', 'from', 'until'] as const

type Held = Awaited<ReturnType<SettingsVisit['settings']['viewOnCall']>>

/** Who is called where somebody may be in danger: the list, a form for each of them, and what holds outside their hours. */
export function onCallRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    { method: 'get', path, policy: administratorOnly, handle: visitingSettings(pages, deps, list) },
    ...formPageRoutes(pages, deps, rest),
    ...formPageRoutes(pages, deps, formOf('new')),
    ...formPageRoutes(pages, deps, formOf('change')),
  ]
}

async function list(visit: SettingsVisit): Promise<void> {
  const { pages, settings, ctx, response, words } = visit
  const { value, mail, callsSetUp } = await settings.viewOnCall(ctx)
  const say = words.onCall
  pages.send(response, {
    template: 'settings/on-call/list.njk',
    title: say.title,
    words,
    view: {
      items: value.people.map(({ days, from, until, ...person }, at) => ({
        ...person,
        hours: from === until ? say.allDay(say.dayNames[days]) : say.hours(say.dayNames[days], from, until),
        href: `${path}/${at + 1}`,
      })),
      gaps: value.people.length === 0 ? [] : gapsIn(value.people, words),
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

interface State {
  readonly held: Held
  /** From 0; null for a new one. */
  readonly at: number | null
}

function formOf(kind: 'new' | 'change'): FormPage<typeof onCallInput, State> {
  return {
    path: kind === 'new' ? `${path}/new` : `${path}/:place`,
    back: path,
    template: 'settings/on-call/person.njk',
    title: ({ onCall }, { held, at }) => (at === null ? onCall.add : onCall.changeTitle(held.value.people[at]?.name ?? '')),
    load: async ({ settings, ctx, request }) => {
      const held = await settings.viewOnCall(ctx)
      if (kind === 'new') return { held, at: null }
      const at = Number(pathText(request, 'place')) - 1
      if (!Number.isInteger(at) || held.value.people[at] === undefined) throw new Refusal('not_found')
      return { held, at }
    },
    seen: ({ held }) => held.seen,
    schema: onCallInput,
    start: ({ held, at }) => {
      const person = at === null ? { days: 'every_day', from: '00:00', until: '00:00' } : held.value.people[at]
      const texts = Object.fromEntries(parts.map((part) => [part, (person as Partial<OnCallPerson> | undefined)?.[part] ?? '']))
      return { ...texts, place: String((at ?? held.value.people.length) + 1), keep: 'yes' }
    },
    body: (typed, state) => ({ people: peopleAfter(typed, state), outside: state.held.value.outside, patience: state.held.value.patience }),
    perform: ({ settings, ctx }, input) => settings.changeOnCall(ctx, input),
    view: ({ at }, typed, { words }) => ({
      isNew: at === null,
      days: codeOptions(Object.fromEntries(onCallDays.map((days) => [days, words.onCall.dayNames[days]])), typed.many('days')),
    }),
    // The form has one of them; whichever of the list has a fault, it is that one
    fields: Object.fromEntries(
      Array.from({ length: mostOnCall + 1 }, (_, at) => parts.map((part) => [`/people/${at}/${part}`, part] as const)).flat(),
    ),
    done: kind === 'new' ? 'added' : 'changed',
    to: path,
  }
}

/** The list as it would be: this one at its place, or gone. */
function peopleAfter(typed: Typed, { held, at }: State): readonly object[] {
  const others = held.value.people.filter((_, index) => index !== at)
  if (at !== null && typed.one('keep') === 'no') return others
  const own = Object.fromEntries(parts.map((part) => [part, typed.one(part)]))
  const place = Number.parseInt(typed.one('place'), 10)
  const index = Number.isInteger(place) ? Math.max(0, Math.min(others.length, place - 1)) : others.length
  return [...others.slice(0, index), own, ...others.slice(index)]
}
