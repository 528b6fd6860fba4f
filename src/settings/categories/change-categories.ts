import { addDays, invalid, londonDate, newId, Refusal, type DateText, type Random } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { isInForce, type Category, type CategoryEndInput, type CategoryInput } from './categories.ts'
import { categoriesArea, endCategory, insertCategories, readCategories } from './category-store.ts'

/** Categories: a new one from a day, an end for one that is offered. Labels and elements stay as concerns were raised under them. */
export function createChangeCategories<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Refusal `invalid_input` (`in_the_past`, `ends_before_it_begins`, `label_taken`). */
    addCategory: (ctx: Ctx, input: CategoryInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, categoriesArea, input, async (tx) => {
        const { label, hint, element, source, validFrom, validTo } = input
        const today = londonDate(ctx.now)
        if (validFrom < today)
          throw invalid('/validFrom', 'in_the_past', 'Choose today or a later day: what was offered before can not change.')
        if (validTo !== null && validTo < validFrom)
          throw invalid('/validTo', 'ends_before_it_begins', 'The last day has to come after the first.')
        const category: Category = {
          id: newId(deps.random),
          code: newCode(deps.random),
          label,
          hint,
          element,
          source,
          validFrom,
          validTo,
        }
        if ((await readCategories(tx)).some((other) => overlaps(other, category)))
          throw invalid('/label', 'label_taken', 'There is one with this label at that time. End it first, or choose another label.')
        await insertCategories(tx, [category])
        return { value: { id: category.id } }
      }),

    /** Refusal `not_found`, `invalid_input` (`in_the_past`, `none_left`). */
    endCategory: (ctx: Ctx, id: string, input: CategoryEndInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, categoriesArea, input, async (tx) => {
        const categories = await readCategories(tx)
        if (!categories.some((category) => category.id === id)) throw new Refusal('not_found')
        const { validTo } = input
        // Yesterday, so that something entered by mistake is gone today.
        const yesterday = addDays(londonDate(ctx.now), -1)
        if (validTo < yesterday)
          throw invalid('/validTo', 'in_the_past', 'Choose yesterday or a later day: what was offered before can not change.')
        const after = categories.map((category) => (category.id === id ? { ...category, validTo } : category))
        if (!after.some((category) => isInForce(category, laterOf(addDays(validTo, 1), londonDate(ctx.now)))))
          throw invalid('/validTo', 'none_left', 'Nothing would be left to tick from the next day on. Add another category first.')
        await endCategory(tx, id, validTo)
        return { value: { id } }
      }),
  }
}

const laterOf = (one: DateText, other: DateText): DateText => (one > other ? one : other)

/** Two of one label on one day could not be told apart. */
function overlaps(one: Category, other: Category): boolean {
  const apart = (one.validTo !== null && one.validTo < other.validFrom) || (other.validTo !== null && other.validTo < one.validFrom)
  return !apart && one.label.toLowerCase() === other.label.toLowerCase()
}

const symbols = '0123456789abcdefghjkmnpqrstvwxyz'

/** `c-` and six symbols: 30 bits tell the few hundred categories of one organisation apart; the column is unique besides. */
function newCode(random: Random): string {
  return `c-${[...random.bytes(6)].map((byte) => symbols[byte % 32]).join('')}`
}
