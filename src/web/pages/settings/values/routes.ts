import type { Route } from '../../../../http/index.ts'
import {
  brandInput,
  contrastRatio,
  coverInput,
  countingUnits,
  leastContrast,
  namesInput,
  organisationInput,
  serviceInput,
} from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { yesOrNo } from '../../actions/action-form.ts'
import { codeOptions } from '../../../staff/options.ts'
import type { Typed } from '../../../staff/typed.ts'
import { formPageRoutes, type FormPage, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'

type View<Name extends 'viewNames' | 'viewCover' | 'viewService' | 'viewBrand' | 'viewOrganisation'> = Awaited<
  ReturnType<SettingsVisit['settings'][Name]>
>

/** Settings that are one form each. */
export function valueRoutes(pages: Pages, deps: SettingsPageDeps): readonly Route[] {
  return [
    ...formPageRoutes(pages, deps, service),
    ...formPageRoutes(pages, deps, brand),
    ...formPageRoutes(pages, deps, organisation),
    ...formPageRoutes(pages, deps, names),
    ...formPageRoutes(pages, deps, cover),
  ]
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const service: FormPage<typeof serviceInput, View<'viewService'>> = {
  path: '/settings/service',
  back: '/settings',
  template: 'settings/values/service.njk',
  title: (words) => words.service.title,
  load: ({ settings, ctx }) => settings.viewService(ctx),
  seen: ({ seen }) => seen,
  schema: serviceInput,
  start: ({ value }) => ({ open: yesNo(value.open), notice: value.notice, teamName: value.teamName, leaveTo: value.leaveTo }),
  body: (typed) => ({
    open: yesOrNo(typed.one('open')),
    notice: typed.one('notice'),
    teamName: typed.one('teamName'),
    leaveTo: typed.one('leaveTo'),
  }),
  perform: ({ settings, ctx }, input) => settings.changeService(ctx, input),
  done: 'changed',
  to: '/settings/service',
}

const brandTexts = ['serviceName', 'organisationName', 'headerColour', 'headerTextColour'] as const

const brand: FormPage<typeof brandInput, View<'viewBrand'>> = {
  path: '/settings/brand',
  back: '/settings',
  template: 'settings/values/brand.njk',
  title: (words) => words.brand.title,
  load: ({ settings, ctx }) => settings.viewBrand(ctx),
  seen: ({ seen }) => seen,
  schema: brandInput,
  start: ({ value }) => ({ ...Object.fromEntries(brandTexts.map((name) => [name, value[name]])), nhsLook: yesNo(value.nhsLook) }),
  body: (typed) => ({
    ...Object.fromEntries(brandTexts.map((name) => [name, typed.one(name)])),
    nhsLook: yesOrNo(typed.one('nhsLook')),
  }),
  perform: ({ settings, ctx }, input) => settings.changeBrand(ctx, input),
  view: (_state, typed, { words }) => ({ sample: sampleOf(typed, words) }),
  drawsAgain: 'check',
  done: 'changed',
  to: '/settings/brand',
}

interface Sample {
  readonly colour: string
  readonly textColour: string
  readonly name: string
  readonly contrast: string
}

/** The header as it would look. Null where a colour can't be drawn; the form says so when it is saved. */
function sampleOf(typed: Typed, { brand: say }: SettingsWords): Sample | null {
  const nhs = typed.one('nhsLook') === 'yes'
  const colour = nhs ? '#005eb8' : typed.one('headerColour').trim().toLowerCase()
  const textColour = nhs ? '#ffffff' : typed.one('headerTextColour').trim().toLowerCase()
  if (![colour, textColour].every((one) => /^#[0-9a-f]{6}$/.test(one))) return null
  const ratio = contrastRatio(colour, textColour)
  const shown = say.contrast((Math.floor(ratio * 100) / 100).toFixed(2))
  return { colour, textColour, name: typed.one('serviceName'), contrast: ratio < leastContrast ? `${shown} ${say.tooLow}` : shown }
}

const names: FormPage<typeof namesInput, View<'viewNames'>> = {
  path: '/settings/names',
  back: '/settings',
  template: 'settings/values/names.njk',
  title: (words) => words.names.title,
  load: ({ settings, ctx }) => settings.viewNames(ctx),
  seen: ({ seen }) => seen,
  schema: namesInput,
  start: ({ value }) => ({ years: String(value.years), source: value.source }),
  body: (typed) => ({
    years: /^\d{1,4}$/.test(typed.one('years').trim()) ? Number(typed.one('years')) : null,
    source: typed.one('source'),
  }),
  perform: ({ settings, ctx }, input) => settings.changeNames(ctx, input),
  done: 'changed',
  to: '/settings/names',
}

const cover: FormPage<typeof coverInput, View<'viewCover'>> = {
  path: '/settings/cover',
  back: '/settings',
  template: 'settings/values/cover.njk',
  title: (words) => words.cover.title,
  load: ({ settings, ctx }) => settings.viewCover(ctx),
  seen: ({ seen }) => seen,
  schema: coverInput,
  start: ({ value }) => ({ silentDays: String(value.silentDays), source: value.source }),
  body: (typed) => ({
    silentDays: /^\d{1,4}$/.test(typed.one('silentDays').trim()) ? Number(typed.one('silentDays')) : null,
    source: typed.one('source'),
  }),
  perform: ({ settings, ctx }, input) => settings.changeCover(ctx, input),
  done: 'changed',
  to: '/settings/cover',
}

const organisation: FormPage<typeof organisationInput, View<'viewOrganisation'>> = {
  path: '/settings/organisation',
  back: '/settings',
  template: 'settings/values/organisation.njk',
  title: (words) => words.organisation.title,
  load: ({ settings, ctx }) => settings.viewOrganisation(ctx),
  seen: ({ seen }) => seen,
  schema: organisationInput,
  start: ({ value }) => ({ ...value, odsCode: value.odsCode ?? '' }),
  body: (typed) => ({
    name: typed.one('name'),
    odsCode: typed.one('odsCode'),
    countingUnit: typed.one('countingUnit'),
    countingUnitSource: typed.one('countingUnitSource'),
  }),
  perform: ({ settings, ctx }, input) => settings.changeOrganisation(ctx, input),
  view: (_state, typed, { words }) => ({
    units: codeOptions(
      Object.fromEntries(countingUnits.map((unit) => [unit, words.organisation.countingUnits[unit]])),
      typed.many('countingUnit'),
    ),
  }),
  done: 'changed',
  to: '/settings/organisation',
}
