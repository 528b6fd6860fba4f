import { invalid, londonDate, newId, Refusal, type DateText } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { writeValue } from '../values/value-store.ts'
import type { GroupChangeInput, NameInput, SiteChangeInput } from './places.ts'
import { insertGroup, insertSite, intakeGroupsArea, readGroups, readSites, renameGroup, sitesArea, updateSite } from './places-store.ts'

const taken = () => invalid('/name', 'name_taken', 'There is one of this name already.')

/** Two names that differ only in capitals or spaces are one: nobody could tell them apart in a list. */
const alike = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')

/** Intake groups and sites: added and renamed, and sites taken out of use. Neither is ever deleted. */
export function createChangePlaces<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Refusal `invalid_input` (`name_taken`). */
    addIntakeGroup: (ctx: Ctx, input: NameInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, intakeGroupsArea, input, async (tx) => {
        const groups = await readGroups(tx)
        if (groups.some(({ name }) => alike(name, input.name))) throw taken()
        const id = newId(deps.random)
        await insertGroup(tx, id, input.name)
        // Written down before names decide it: a new group, with nobody in it yet, must not take in what was meant for nobody in particular
        await writeValue(tx, 'intake', { unsureGroupId: groups[0]?.id ?? id })
        return { value: { id } }
      }),

    /** Refusal `not_found`, `invalid_input` (`name_taken`). */
    changeIntakeGroup: (ctx: Ctx, id: string, input: GroupChangeInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, intakeGroupsArea, input, async (tx) => {
        const { name, takesUnsure } = input
        const groups = await readGroups(tx)
        if (!groups.some((group) => group.id === id)) throw new Refusal('not_found')
        if (name !== undefined && groups.some((group) => group.id !== id && alike(group.name, name))) throw taken()
        const unsure = takesUnsure === true ? id : groups.find((group) => group.takesUnsure)?.id
        if (name !== undefined) await renameGroup(tx, id, name)
        await writeValue(tx, 'intake', { unsureGroupId: unsure ?? null })
        return { value: { id } }
      }),

    /** Refusal `invalid_input` (`name_taken`, also by a site that is no longer in use). */
    addSite: (ctx: Ctx, input: NameInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, sitesArea, input, async (tx) => {
        if ((await readSites(tx)).some(({ name }) => alike(name, input.name))) throw taken()
        const id = newId(deps.random)
        await insertSite(tx, id, input.name)
        return { value: { id } }
      }),

    /** Refusal `not_found`, `invalid_input` (`name_taken`). */
    changeSite: (ctx: Ctx, id: string, input: SiteChangeInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, sitesArea, input, async (tx) => {
        const sites = await readSites(tx)
        const site = sites.find((one) => one.id === id)
        if (site === undefined) throw new Refusal('not_found')
        const { name, inUse } = input
        if (name !== undefined && sites.some((one) => one.id !== id && alike(one.name, name))) throw taken()
        await updateSite(tx, id, { name, retiredOn: retiredOn(site.retiredOn as DateText | null, inUse, londonDate(ctx.now)) })
        return { value: { id } }
      }),
  }
}

/** A site that is out of use already keeps its date. */
function retiredOn(before: DateText | null, inUse: boolean | undefined, today: DateText): DateText | null | undefined {
  if (inUse === undefined) return undefined
  return inUse ? null : (before ?? today)
}
