import {
  categoryEndInput,
  categoryInput,
  contactsInput,
  groupChangeInput,
  nameInput,
  siteChangeInput,
  textInput,
} from '../../settings/index.ts'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { presentCategory, presentText } from './present.ts'
import {
  categoriesAnswer,
  contactsAnswer,
  contactsReplacedAnswer,
  intakeGroupsAnswer,
  madeAnswer,
  publishedAnswer,
  sitesAnswer,
  textsAnswer,
} from './schema.ts'

const never = 'Nothing of this kind is ever deleted.'

function groupCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listIntakeGroups',
      method: 'get',
      path: 'intake-groups',
      summary: 'Intake groups',
      gives: 'All of them.',
      answer: intakeGroupsAnswer,
      handle: async ({ ctx }) => {
        const { seen, items } = await settings.viewIntakeGroups(ctx)
        return { seen, items: items.map(({ id, name, takesUnsure, guardians }) => ({ id, name, takesUnsure, guardians: [...guardians] })) }
      },
    }),
    settingsCall(deps, {
      name: 'addIntakeGroup',
      method: 'post',
      path: 'intake-groups',
      summary: 'Add an intake group',
      description: never,
      body: nameInput,
      status: 201,
      gives: 'Added.',
      answer: madeAnswer,
      handle: async ({ ctx, body }) => ({ id: (await settings.addIntakeGroup(ctx, body)).id }),
    }),
    settingsCall(deps, {
      name: 'changeIntakeGroup',
      method: 'patch',
      path: 'intake-groups/:groupId',
      summary: 'Rename an intake group, or let it take in what comes from those who are not sure',
      body: groupChangeInput,
      gives: 'Changed.',
      answer: madeAnswer,
      handle: async ({ ctx, body, id }) => ({ id: (await settings.changeIntakeGroup(ctx, id('groupId'), body)).id }),
    }),
  ]
}

function siteCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listSites',
      method: 'get',
      path: 'sites',
      summary: 'Sites',
      gives: 'All of them, those out of use too.',
      answer: sitesAnswer,
      handle: async ({ ctx }) => {
        const { seen, items } = await settings.viewSites(ctx)
        return { seen, items: items.map(({ id, name, retiredOn }) => ({ id, name, retiredOn })) }
      },
    }),
    settingsCall(deps, {
      name: 'addSite',
      method: 'post',
      path: 'sites',
      summary: 'Add a site',
      description: never,
      body: nameInput,
      status: 201,
      gives: 'Added.',
      answer: madeAnswer,
      handle: async ({ ctx, body }) => ({ id: (await settings.addSite(ctx, body)).id }),
    }),
    settingsCall(deps, {
      name: 'changeSite',
      method: 'patch',
      path: 'sites/:siteId',
      summary: 'Rename a site, take it out of use or bring it back',
      description: 'Concerns keep the name they were raised with.',
      body: siteChangeInput,
      gives: 'Changed.',
      answer: madeAnswer,
      handle: async ({ ctx, body, id }) => ({ id: (await settings.changeSite(ctx, id('siteId'), body)).id }),
    }),
  ]
}

function categoryCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listCategories',
      method: 'get',
      path: 'categories',
      summary: 'Categories, with the days on which they are offered',
      gives: 'All there ever were.',
      answer: categoriesAnswer,
      handle: async ({ ctx }) => {
        const { seen, items } = await settings.viewCategories(ctx)
        return { seen, items: items.map(presentCategory) }
      },
    }),
    settingsCall(deps, {
      name: 'addCategory',
      method: 'post',
      path: 'categories',
      summary: 'Add a category',
      description: 'It counts under one of the official elements, or none. What was once offered is not reworded.',
      body: categoryInput,
      status: 201,
      gives: 'Added.',
      answer: madeAnswer,
      handle: async ({ ctx, body }) => ({ id: (await settings.addCategory(ctx, body)).id }),
    }),
    settingsCall(deps, {
      name: 'endCategory',
      method: 'patch',
      path: 'categories/:categoryId',
      summary: 'Set the last day on which a category is offered',
      body: categoryEndInput,
      gives: 'Set.',
      answer: madeAnswer,
      handle: async ({ ctx, body, id }) => ({ id: (await settings.endCategory(ctx, id('categoryId'), body)).id }),
    }),
  ]
}

function textCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listTextVersions',
      method: 'get',
      path: 'texts',
      summary: 'Texts of law, pledge and your own, in all their versions',
      gives: 'Every text, oldest version first.',
      answer: textsAnswer,
      handle: async ({ ctx }) => ({ items: (await settings.viewTexts(ctx)).map(presentText) }),
    }),
    settingsCall(deps, {
      name: 'publishText',
      method: 'post',
      path: 'texts',
      summary: 'Give a text a new version from a day on',
      description: 'A text without a source is refused. `seen` is that of the text.',
      body: textInput,
      status: 201,
      gives: 'Saved.',
      answer: publishedAnswer,
      handle: async ({ ctx, body }) => {
        const { id, version, digest } = await settings.publishText(ctx, body)
        return { id, version, digest }
      },
    }),
  ]
}

function contactCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listContacts',
      method: 'get',
      path: 'contacts',
      summary: 'Other ways to speak up, in their order',
      gives: 'The list.',
      answer: contactsAnswer,
      handle: async ({ ctx }) => {
        const { seen, items } = await settings.viewContacts(ctx)
        return { seen, items: items.map(({ name, detail, way, source }) => ({ name, detail, way, source })) }
      },
    }),
    settingsCall(deps, {
      name: 'replaceContacts',
      method: 'put',
      path: 'contacts',
      summary: 'Put another list in its place',
      body: contactsInput,
      gives: 'Replaced.',
      answer: contactsReplacedAnswer,
      handle: async ({ ctx, body }) => ({ count: (await settings.replaceContacts(ctx, body)).count }),
    }),
  ]
}

/** Settings that are lists: groups, sites, categories, texts and the other ways to speak up. */
export function listCalls(deps: SettingsApiDeps): readonly Call[] {
  return [...groupCalls(deps), ...siteCalls(deps), ...categoryCalls(deps), ...textCalls(deps), ...contactCalls(deps)]
}
