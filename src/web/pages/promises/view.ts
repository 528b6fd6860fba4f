import type { PublicLimit, PublicVersion } from '../../../settings/index.ts'
import { dateInWords, plural } from '../../layout/index.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english

/** One version of a promise in words. */
export interface VersionView {
  readonly limit: string
  /** What else there is to say of it, a paragraph each. */
  readonly rest: readonly string[]
  /** As `sourceOf` of the pages of law draws it. */
  readonly heading: string
  readonly sourceLabel: string
  readonly source: string
}

export interface PromiseView {
  readonly id: string
  readonly heading: string
  readonly from: string | null
  readonly now: VersionView
  readonly announced: readonly (VersionView & { readonly change: string })[]
  readonly earlier: readonly VersionView[]
}

export interface PromisesView {
  readonly promises: readonly PromiseView[]
  /** Figures from elsewhere, which bind nobody here. */
  readonly comparators: readonly PromiseView[]
}

export function showPromises(limits: readonly PublicLimit[], words: Words, language: string): PromisesView {
  const show = (limit: PublicLimit) => promiseView(limit, words, language)
  return {
    promises: limits.filter(({ comparator }) => !comparator).map(show),
    comparators: limits.filter(({ comparator }) => comparator).map(show),
  }
}

function promiseView({ code, label, inForce, announced, earlier }: PublicLimit, words: Words, language: string): PromiseView {
  const { what: heading, from } = words.promises[code] ?? { what: label, from: null }
  const limitOf = (version: PublicVersion) => plural(language, version.limit, words.units[version.unit])
  const view = (version: PublicVersion, limit: string, rest: readonly string[]): VersionView => ({
    ...{ limit, rest, heading, source: version.source },
    sourceLabel: words.source,
  })
  return {
    id: code.toLowerCase(),
    heading,
    from,
    now: view(inForce, limitOf(inForce), [...bindsHow(inForce, words, language), ...begunOn(inForce, words)]),
    announced: announced.map((version) => ({
      ...view(version, limitOf(version), [...bindsHow(version, words, language), ...saidOn(version, words)]),
      change: words.change(dateInWords(version.beginsOn)),
    })),
    earlier: earlier.map((version) => view(version, wasHow(version, limitOf(version), words), [words.forces[version.force]])),
  }
}

function bindsHow({ force, dueFrom, pauseCap, extendable }: PublicVersion, words: Words, language: string): string[] {
  const moves = [...(pauseCap > 0 ? [plural(language, pauseCap, words.pauses)] : []), ...(extendable ? [words.extends] : [])]
  return [
    ...(dueFrom === 'notified' ? [words.notified] : []),
    words.forces[force],
    ...(force === 'COMPARATOR' ? [] : moves.length === 0 ? [words.neither] : moves),
  ]
}

/** What binds nobody is not in force either. */
const begunOn = ({ force, beginsOn }: PublicVersion, words: Words): string[] =>
  force === 'COMPARATOR' ? [] : [words.since(dateInWords(beginsOn))]

const saidOn = ({ announcedOn }: PublicVersion, words: Words): string[] =>
  announcedOn === null ? [] : [words.announced(dateInWords(announcedOn))]

function wasHow({ beginsOn, endedOn, withdrawnOn }: PublicVersion, limit: string, words: Words): string {
  const from = dateInWords(beginsOn)
  if (withdrawnOn !== null) return words.withdrawn(limit, from, dateInWords(withdrawnOn))
  return words.held(limit, from, dateInWords(endedOn ?? beginsOn))
}
