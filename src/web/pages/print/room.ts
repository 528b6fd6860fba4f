/**
 * The first of `texts` that stay within so many lines of so many characters, each starting a line of its own. Paper does not grow: what is left out
 * stands on the page whose address the paper gives.
 */
export function firstThatFit<Item>(
  items: readonly Item[],
  textsOf: (item: Item) => readonly string[],
  lines: number,
  width: number,
): readonly Item[] {
  let used = 0
  const past = items.findIndex((item) => {
    used += textsOf(item).reduce((sum, text) => sum + Math.ceil(text.length / width), 0)
    return used > lines
  })
  return past === -1 ? items : items.slice(0, past)
}
