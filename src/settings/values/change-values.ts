import { CannotStart, type Database } from '../../database/index.ts'
import { invalid } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import type { OnCallInput } from '../on-call/on-call.ts'
import { contrastRatio, leastContrast } from './contrast.ts'
import {
  brandArea,
  mailArea,
  onCallArea,
  namesArea,
  organisationArea,
  readOrganisationValues,
  readValues,
  renameOrganisation,
  serviceArea,
  writeValue,
} from './value-store.ts'
import { floorTo2, type BrandInput, type MailInput, type NamesInput, type OrganisationInput, type ServiceInput } from './values.ts'

type Done = { readonly changed: true }
const changed: { readonly value: Done } = { value: { changed: true } }

/** The settings that are one value each. */
export function createChangeValues<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Where Leave goes, what the team is called, whether the form is open and what its first page says. */
    changeService: (ctx: Ctx, input: ServiceInput): Promise<Done> =>
      changeSetting(deps, ctx, serviceArea, input, async (tx) => {
        const { leaveTo, teamName, open, notice } = input
        await writeValue(tx, 'service', { leaveTo, teamName, open, notice })
        return changed
      }),

    /** For how many years after somebody left the log can be read by their name. What was destroyed does not come back. */
    changeNames: (ctx: Ctx, input: NamesInput): Promise<Done> =>
      changeSetting(deps, ctx, namesArea, input, async (tx) => {
        await writeValue(tx, 'names', { years: input.years, source: input.source })
        return changed
      }),

    /** When the regular note goes out, to whoever wants it. */
    changeMail: (ctx: Ctx, input: MailInput): Promise<Done> =>
      changeSetting(deps, ctx, mailArea, input, async (tx) => {
        const { noteTimes, noteDays } = input
        await writeValue(tx, 'mail', { noteTimes, noteDays })
        return changed
      }),

    /** Who is called where somebody may be in danger. */
    changeOnCall: (ctx: Ctx, input: OnCallInput): Promise<Done> =>
      changeSetting(deps, ctx, onCallArea, input, async (tx) => {
        const { people, outside, patience } = input
        await writeValue(tx, 'onCall', { people, outside, patience })
        return changed
      }),

    /** Refusal `invalid_input` (`low_contrast` and `not_neutral` by the schema, `ods_code_missing`). */
    changeBrand: (ctx: Ctx, input: BrandInput): Promise<Done> =>
      changeSetting(deps, ctx, brandArea, input, async (tx) => {
        const { serviceName, organisationName, headerColour, headerTextColour, nhsLook } = input
        if (nhsLook && (await readOrganisationValues(tx)).odsCode === null)
          throw invalid('/nhsLook', 'ods_code_missing', 'The NHS look is for NHS bodies. Give the organisation’s ODS code first.')
        await writeValue(tx, 'brand', { serviceName, organisationName, headerColour, headerTextColour, nhsLook })
        return changed
      }),

    /** Refusal `invalid_input` (`ods_code_needed`). */
    changeOrganisation: (ctx: Ctx, input: OrganisationInput): Promise<Done> =>
      changeSetting(deps, ctx, organisationArea, input, async (tx) => {
        const { name, odsCode, countingUnit, countingUnitSource } = input
        if (odsCode === null && (await readValues(tx)).brand.nhsLook)
          throw invalid('/odsCode', 'ods_code_needed', 'The NHS look is on. Switch it off before you take the code away.')
        await renameOrganisation(tx, { name, odsCode })
        await writeValue(tx, 'counting', { countingUnit, countingUnitSource })
        return changed
      }),
  }
}

/** Throws `CannotStart` where the header could not be read in the colours that are set. Forms refuse such colours; a row may hold them. */
export async function assertBrandReadable(database: Database): Promise<void> {
  const { headerColour, headerTextColour } = (await database.read(readValues)).brand
  const ratio = contrastRatio(headerColour, headerTextColour)
  if (ratio < leastContrast)
    throw new CannotStart(`The header's colours have a contrast of ${floorTo2(ratio)} : 1. Set colours with 4.5 : 1 or more.`)
}
