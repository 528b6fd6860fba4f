import { brandInput, coverInput, namesInput, organisationInput, serviceInput } from '../../settings/index.ts'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { brandAnswer, coverAnswer, doneAnswer, namesAnswer, organisationAnswer, serviceAnswer } from './schema.ts'

function serviceCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewService',
      method: 'get',
      path: 'service',
      summary: 'Whether the form is open, its notice, and where Leave goes',
      gives: 'As it is set.',
      answer: serviceAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewService(ctx)
        const { leaveTo, teamName, open, notice } = value
        return { seen, leaveTo, teamName, open, notice }
      },
    }),
    settingsCall(deps, {
      name: 'changeService',
      method: 'put',
      path: 'service',
      summary: 'Open or close the form, and set its notice and where Leave goes',
      description: 'Closed, nobody can raise a concern here; inboxes stay open.',
      body: serviceInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeService(ctx, body)).changed }),
    }),
  ]
}

function brandCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewBrand',
      method: 'get',
      path: 'brand',
      summary: 'Name and look',
      gives: 'As it is set.',
      answer: brandAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewBrand(ctx)
        const { serviceName, organisationName, headerColour, headerTextColour, nhsLook } = value
        return { seen, serviceName, organisationName, headerColour, headerTextColour, nhsLook }
      },
    }),
    settingsCall(deps, {
      name: 'changeBrand',
      method: 'put',
      path: 'brand',
      summary: 'Set name and look',
      description: 'Refused where the header would have a contrast under 4.5 : 1, or the name tells what the service is for.',
      body: brandInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeBrand(ctx, body)).changed }),
    }),
  ]
}

function organisationCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewOrganisation',
      method: 'get',
      path: 'organisation',
      summary: 'The organisation, and how it counts cases',
      gives: 'As it is set.',
      answer: organisationAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewOrganisation(ctx)
        const { name, odsCode, countingUnit, countingUnitSource } = value
        return { seen, name, odsCode, countingUnit, countingUnitSource }
      },
    }),
    settingsCall(deps, {
      name: 'changeOrganisation',
      method: 'put',
      path: 'organisation',
      summary: 'Set the organisation’s name, ODS code and counting unit',
      body: organisationInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeOrganisation(ctx, body)).changed }),
    }),
  ]
}

function nameCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewNameYears',
      method: 'get',
      path: 'names',
      summary: 'For how long after somebody left auditors can see who stood behind their alias',
      gives: 'As it is set.',
      answer: namesAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewNames(ctx)
        return { seen, years: value.years, source: value.source }
      },
    }),
    settingsCall(deps, {
      name: 'changeNameYears',
      method: 'put',
      path: 'names',
      summary: 'Set for how long names are kept behind the log',
      description: 'A shorter time destroys what is older at the next hourly run. The log still verifies; the names do not come back.',
      body: namesInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeNames(ctx, body)).changed }),
    }),
  ]
}

function coverCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewCover',
      method: 'get',
      path: 'cover',
      summary: 'After how many working days without an act somebody stands in for an owner',
      gives: 'As it is set.',
      answer: coverAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewCover(ctx)
        return { seen, silentDays: value.silentDays, source: value.source }
      },
    }),
    settingsCall(deps, {
      name: 'changeCover',
      method: 'put',
      path: 'cover',
      summary: 'Set after how many working days without an act somebody stands in for an owner',
      description: 'Holds from the next sweep on. Announced absences never count as silence.',
      body: coverInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeCover(ctx, body)).changed }),
    }),
  ]
}

/** The settings that are one value each. */
export function valueCalls(deps: SettingsApiDeps): readonly Call[] {
  return [...serviceCalls(deps), ...brandCalls(deps), ...organisationCalls(deps), ...nameCalls(deps), ...coverCalls(deps)]
}
