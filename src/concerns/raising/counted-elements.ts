import { invalid } from '../../kernel/index.ts'
import { officialElements, type Category } from '../../settings/index.ts'
import type { Element } from '../../workflow/index.ts'

interface Ticked {
  readonly elements: readonly Element[]
  readonly categories?: readonly string[] | undefined
}

/**
 * The official elements that what was ticked counts under: those themselves, and those that local categories belong to, in the published order.
 * A category that has ended meanwhile still counts: nobody is turned away for an answer that was offered to them. Refusal `invalid_input`
 * for a code nobody knows.
 */
export function countedElements(categories: readonly Category[], ticked: Ticked): Element[] {
  const under = (ticked.categories ?? []).map((code) => {
    const category = categories.find((one) => one.code === code)
    if (category === undefined) throw invalid('/categories', 'not_an_option', 'Choose from the categories that are offered.')
    return category.element
  })
  return officialElements.filter((element) => ticked.elements.includes(element) || under.includes(element))
}

/** What categories are called, for those who read a concern; a code whose row is gone stays a code. */
export function labelledCategories(
  categories: readonly Category[],
  codes: readonly string[],
): readonly { readonly code: string; readonly label: string }[] {
  return codes.map((code) => ({ code, label: categories.find((one) => one.code === code)?.label ?? code }))
}
