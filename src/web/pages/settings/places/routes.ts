import { pathText, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { groupChangeInput, nameInput, siteChangeInput } from '../../../../settings/index.ts'
import { shortDateInWords, type Pages } from '../../../layout/index.ts'
import { yesOrNo } from '../../actions/action-form.ts'
import { formPageRoutes, type FormPage, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'

const groupsPath = '/settings/intake-groups'
const sitesPath = '/settings/sites'

type Groups = Awaited<ReturnType<SettingsVisit['settings']['viewIntakeGroups']>>
type Sites = Awaited<ReturnType<SettingsVisit['settings']['viewSites']>>
type One<Listed extends { readonly items: readonly unknown[] }> = { readonly seen: string; readonly one: Listed['items'][number] }

/** Intake groups and sites: a list with a form to add, and a page for each to change it. */
export function placeRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    ...formPageRoutes(pages, deps, addGroup),
    ...formPageRoutes(pages, deps, changeGroup),
    ...formPageRoutes(pages, deps, addSite),
    ...formPageRoutes(pages, deps, changeSite),
  ]
}

const addGroup: FormPage<typeof nameInput, Groups> = {
  path: groupsPath,
  back: '/settings',
  template: 'settings/places/groups.njk',
  title: ({ groups }) => groups.title,
  load: ({ settings, ctx }) => settings.viewIntakeGroups(ctx),
  seen: ({ seen }) => seen,
  schema: nameInput,
  start: () => ({ name: '' }),
  body: (typed) => ({ name: typed.one('name') }),
  perform: ({ settings, ctx }, input) => settings.addIntakeGroup(ctx, input),
  view: ({ items }, _typed, { words }) => ({
    items: items.map(({ id, name, takesUnsure, guardians }) => ({
      name,
      takesUnsure,
      guardians: guardians.length === 0 ? words.groups.nobody : guardians.join(', '),
      nobody: guardians.length === 0,
      href: `${groupsPath}/${id}`,
    })),
  }),
  done: 'added',
  to: groupsPath,
}

const changeGroup: FormPage<typeof groupChangeInput, One<Groups>> = {
  path: `${groupsPath}/:group`,
  back: groupsPath,
  template: 'settings/places/group.njk',
  title: ({ groups }, { one }) => groups.changeTitle(one.name),
  load: async (visit) => chosen(await visit.settings.viewIntakeGroups(visit.ctx), pathText(visit.request, 'group')),
  seen: ({ seen }) => seen,
  schema: groupChangeInput,
  start: ({ one }) => ({ name: one.name, takesUnsure: one.takesUnsure ? 'yes' : 'no' }),
  body: (typed) => ({ name: typed.one('name'), ...(typed.one('takesUnsure') === 'yes' && { takesUnsure: true }) }),
  perform: ({ settings, ctx }, input, { one }) => settings.changeIntakeGroup(ctx, one.id, input),
  view: ({ one }) => ({ takesUnsure: one.takesUnsure }),
  done: 'changed',
  to: groupsPath,
}

const addSite: FormPage<typeof nameInput, Sites> = {
  path: sitesPath,
  back: '/settings',
  template: 'settings/places/sites.njk',
  title: ({ sites }) => sites.title,
  load: ({ settings, ctx }) => settings.viewSites(ctx),
  seen: ({ seen }) => seen,
  schema: nameInput,
  start: () => ({ name: '' }),
  body: (typed) => ({ name: typed.one('name') }),
  perform: ({ settings, ctx }, input) => settings.addSite(ctx, input),
  view: ({ items }, _typed, { words }) => ({
    items: items.map(({ id, name, retiredOn }) => ({
      name,
      href: `${sitesPath}/${id}`,
      state: retiredOn === null ? words.yes : words.sites.retired(shortDateInWords(retiredOn)),
    })),
  }),
  done: 'added',
  to: sitesPath,
}

const changeSite: FormPage<typeof siteChangeInput, One<Sites>> = {
  path: `${sitesPath}/:site`,
  back: sitesPath,
  template: 'settings/places/site.njk',
  title: ({ sites }, { one }) => sites.changeTitle(one.name),
  load: async (visit) => chosen(await visit.settings.viewSites(visit.ctx), pathText(visit.request, 'site')),
  seen: ({ seen }) => seen,
  schema: siteChangeInput,
  start: ({ one }) => ({ name: one.name, inUse: one.retiredOn === null ? 'yes' : 'no' }),
  body: (typed) => ({ name: typed.one('name'), inUse: yesOrNo(typed.one('inUse')) }),
  perform: ({ settings, ctx }, input, { one }) => settings.changeSite(ctx, one.id, input),
  done: 'changed',
  to: sitesPath,
}

function chosen<Row extends { readonly id: string }>(
  listed: { readonly seen: string; readonly items: readonly Row[] },
  id: string,
): { readonly seen: string; readonly one: Row } {
  const one = listed.items.find((row) => row.id === id)
  if (one === undefined) throw new Refusal('not_found')
  return { seen: listed.seen, one }
}
