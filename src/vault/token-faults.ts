import { alphabet } from './crockford.ts'
import { isWhole, tokenSymbols } from './token-check.ts'

/** One symbol as it was typed: its value, or -1 where it is no symbol at all, and which run between separators it stood in. */
export interface TypedSymbol {
  readonly value: number
  readonly run: number
}

const groupSize = 4
const everyPlace = Array.from({ length: tokenSymbols }, (_, place) => place)
const everyValue = Array.from({ length: alphabet.length }, (_, value) => value)

/** What handwriting and small print confuse. */
const alike = ['0D', '0Q', 'DQ', '17', '2Z', '38', '3B', '49', '5S', '6G', '8B', 'CG', 'EF', 'HN', 'KX', 'MN', 'PR', 'VW', 'VY'].map(
  (pair) => [...pair].map((symbol) => alphabet.indexOf(symbol)),
)

/**
 * The groups, 1 to 7, that look wrong in what was typed, likeliest first; none where it is too far from a token to say. Tells
 * nothing about any token in the database: only the check symbols are asked.
 */
export function suspectGroups(typed: readonly TypedSymbol[]): number[] {
  const unreadable = typed.flatMap(({ value }, place) => (value < 0 ? [place] : []))
  const inRuns = wrongRuns(typed)
  if (typed.length === tokenSymbols && unreadable.length > 0) return groupsOf(unreadable)
  if (typed.length !== tokenSymbols && inRuns.length > 0) return inRuns
  const values = typed.map(({ value }) => value)
  return values.length === tokenSymbols ? groupsOf(placesThatExplain(values)) : groupsOf(placesOfMiscount(values))
}

/** Where the person kept seven groups: those that have not four readable symbols. */
function wrongRuns(typed: readonly TypedSymbol[]): number[] {
  const runs = [...Map.groupBy(typed, ({ run }) => run).values()]
  if (runs.length !== tokenSymbols / groupSize) return []
  return runs.flatMap((run, index) => (run.length !== groupSize || run.some(({ value }) => value < 0) ? [index + 1] : []))
}

/**
 * The places where one mistake explains why 28 symbols do not check: first a symbol taken for one that looks like it, then two
 * neighbours swapped, then any other single symbol, so that the place of a single wrong symbol is always among them.
 */
function placesThatExplain(values: readonly number[]): number[] {
  const single = everyPlace.flatMap((place) => {
    const right = everyValue.find((value) => isWhole(values.with(place, value)))
    return right === undefined ? [] : [{ place, likely: alike.some((pair) => pair.includes(right) && pair.includes(values[place] ?? -1)) }]
  })
  const swapped = everyPlace
    .slice(1)
    .filter((place) => isWhole(values.toSpliced(place - 1, 2, ...values.slice(place - 1, place + 1).toReversed())))
  return [
    ...single.filter(({ likely }) => likely).map(({ place }) => place),
    ...swapped.flatMap((place) => [place - 1, place]),
    ...single.filter(({ likely }) => !likely).map(({ place }) => place),
  ]
}

/** The places where one symbol put in, or one taken out, would make 27 or 29 symbols check. */
function placesOfMiscount(values: readonly number[]): number[] {
  if (values.length === tokenSymbols - 1)
    return everyPlace.filter((place) => everyValue.some((value) => isWhole(values.toSpliced(place, 0, value))))
  if (values.length !== tokenSymbols + 1) return []
  return [...everyPlace, tokenSymbols]
    .filter((place) => isWhole(values.toSpliced(place, 1)))
    .map((place) => Math.min(place, tokenSymbols - 1))
}

function groupsOf(places: readonly number[]): number[] {
  return [...new Set(places.map((place) => Math.floor(place / groupSize) + 1))]
}
