import { isWordOfRole, wordsOf } from '../raising/recipients.ts'
import { thingsThatMayShowWhoYouAre } from '../raising/unmasking.ts'

const shortestName = 3

/**
 * A text with what may point to a person marked out: what the reporter is warned of before sending, and names of colleagues. It sees shapes and
 * listed names, not meaning: who unlocks it reads it.
 */
export function maskText(text: string, names: readonly string[]): string {
  const found = thingsThatMayShowWhoYouAre(text).toSorted((a, b) => b.excerpt.length - a.excerpt.length)
  const shapesOut = found.reduce((masked, { kind, excerpt }) => masked.replaceAll(wholeOf(excerpt), marks[kind]), text)
  const parts = names.flatMap((name) => name.split(/\s+/)).filter((part) => pointsToSomebody(part))
  return [...new Set(parts)].reduce((masked, part) => masked.replaceAll(wordOf(part), marks.own_name), shapesOut)
}

/** What stands in the place of each: says what was there, so that the text can still be read. */
const marks = {
  email: '[e-mail]',
  phone: '[telephone]',
  nhs_number: '[number]',
  staff_number: '[number]',
  own_name: '[name]',
  only_one: '[who]',
  grade: '[grade]',
  ward: '[ward]',
  shift: '[when]',
  postcode: '[address]',
  date_of_birth: '[date]',
} as const

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
/** Excerpts are cut at 80 characters: the rest of the word goes with them. */
const wholeOf = (excerpt: string): RegExp =>
  new RegExp(excerpt.length < 80 ? literally(excerpt) : String.raw`${literally(excerpt)}\S*`, 'g')
/** As a name is written: "Ward" where a colleague is called so, and never a ward. */
const wordOf = (part: string): RegExp => new RegExp(String.raw`(?<![\p{L}\d])${literally(part)}(?:['’]s)?(?![\p{L}\d])`, 'gu')

/** Whom a text must not show. */
export interface Pointers {
  /** Name and contact of who raised it: never. */
  readonly person: readonly string[]
  /** Whom it is about, and names of staff it was kept from. */
  readonly about: readonly string[]
}

export interface Left {
  /** A word of the person's own name or contact is still there. Which one is not said: it would tell the name. */
  readonly person: boolean
  /** Words and shapes that may point to somebody, as they stand in the text. */
  readonly others: readonly string[]
}

/** What is still in a masked text. */
export function leftIn(text: string, { person, about }: Pointers): Left {
  const there = new Set(wordsOf(text))
  const own = person.flatMap(wordsOf).filter((word) => word.length >= shortestName && !everyday.has(word))
  const named = about.flatMap(wordsOf).filter((word) => pointsToSomebody(word))
  const shapes = thingsThatMayShowWhoYouAre(text).map(({ excerpt }) => excerpt)
  return { person: own.some((word) => there.has(word)), others: [...new Set([...named.filter((word) => there.has(word)), ...shapes])] }
}

const pointsToSomebody = (word: string): boolean => word.length >= shortestName && !everyday.has(word.toLowerCase()) && !isWordOfRole(word)

/** Words of a description that point to nobody; and the ends of most addresses. */
const everyday: ReadonlySet<string> = new Set(
  (
    'the and for from with who that this her his their our your its not was were are has had have one two all any some other night day shift ward unit ' +
    'department team staff hospital trust site mrs miss doctor nurse sister matron consultant com org net nhs www gmail outlook hotmail mail email phone'
  ).split(' '),
)
