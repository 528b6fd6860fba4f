import { hash } from 'node:crypto'
import { addDays, invalid, type DateText } from '../../kernel/index.ts'
import type { Period } from '../search/search-store.ts'

/**
 * What a sample follows from. The auditor's numbers are committed to in the entry that fixed it, before the root was known to anybody; the
 * root is signed before the numbers are known to the service. So neither side can steer what is drawn.
 */
export interface SampleSeed {
  readonly size: number
  /** Of the first checkpoint that covers the entry that fixed the draw, base64. */
  readonly root: string
  readonly period: Period
  /** The id of that entry. */
  readonly fixed: string
  /** Groups of digits with one blank between. Never words: an entry holds no free text. */
  readonly numbers: string
}

/**
 * How far a sample may go, so that it stays one. Seven concerns or fewer are no crowd to draw from (the rule for small numbers), a short period
 * would pick a concern by its day, and a share would read everything by and by. Thirty dice have 77 bits: what twenty have (52) a machine made
 * for hashing tries through before the next checkpoint. All of these are local: no rule sets them.
 */
export const sampleBounds = {
  ...{ days: 28, population: 8, oneIn: 4, most: 20, halfWithinDays: 365, digits: 30 },
  /** London days after the one on which a draw was fixed: until then the numbers can be given, then it has lapsed. */
  revealWithinDays: 14,
  /** London days after the draw: until then a drawn concern can be shown or refused. */
  answerWithinDays: 60,
  source: 'local',
} as const

const seedFormat = 'forthright-sample/2'
const commitmentFormat = 'forthright-sample-numbers/1'

/** What is written down of numbers before they are given: SHA-256 over two lines, each with its line end; 64 hexadecimal digits. */
export const sampleCommitmentOf = (numbers: string): string => sha256([commitmentFormat, numbers])

/** SHA-256 over seven lines, each with its line end: 64 hexadecimal digits, as `sha256sum` prints them. */
export function sampleSeedOf({ size, root, period, fixed, numbers }: SampleSeed): string {
  return sha256([seedFormat, String(size), root, period.from, period.to, fixed, numbers])
}

/** The ways in which the same digits may have been written: as given, in one run, and one by one. */
export function spellingsOf(numbers: string): readonly string[] {
  const run = numbers.replaceAll(' ', '')
  return [...new Set([numbers, run, [...run].join(' ')])]
}

/** The last London day on which the numbers of a draw that was fixed on this one can be given. */
export const lastDayToReveal = (fixedOn: DateText): DateText => addDays(fixedOn, sampleBounds.revealWithinDays)

/** The last London day on which a concern that was drawn on this one can be answered. */
export const lastDayToAnswer = (drawnOn: DateText): DateText => addDays(drawnOn, sampleBounds.answerWithinDays)

/** By what a concern is ordered: SHA-256 over the seed's line and that of its alias. */
const sampleScore = (seed: string, alias: string): string => sha256([seed, alias])

/** The `count` concerns of lowest score, lowest first: the same from any order, and a larger sample begins with the smaller. */
export function drawSample(seed: string, population: Iterable<string>, count: number): readonly string[] {
  const scored = [...new Set(population)].map((alias) => ({ alias, score: sampleScore(seed, alias) }))
  return scored
    .toSorted((a, b) => (a.score < b.score ? -1 : 1))
    .slice(0, count)
    .map(({ alias }) => alias)
}

const sha256 = (lines: readonly string[]): string => hash('sha256', lines.map((line) => `${line}\n`).join(''))

/** How many may be drawn of so many; 0 where none may. */
export const mostDrawn = (population: number): number =>
  population < sampleBounds.population ? 0 : Math.min(sampleBounds.most, Math.floor(population / sampleBounds.oneIn))

/** Refusal `invalid_input` where the period is too short, or a day of it is not over. */
export function requireSamplePeriod({ from, to }: Period, today: DateText): void {
  if (to >= today) throw invalid('/to', 'day_not_over', 'Give a last day that is over.')
  if (addDays(from, sampleBounds.days - 1) > to)
    throw invalid('/from', 'period_too_short', `Give a period of ${sampleBounds.days} days or more.`)
}

/** Refusal `invalid_input` where so many would be too large a part of the population, or the population is too small. */
export function requireSampleSize(count: number, population: number): void {
  const most = mostDrawn(population)
  if (most === 0)
    throw invalid('/from', 'too_few_concerns', `Give a period in which ${sampleBounds.population} concerns or more were raised.`)
  if (count > most)
    throw invalid('/count', 'too_large_a_share', `Draw ${most} or fewer: one in ${sampleBounds.oneIn} and never over ${sampleBounds.most}.`)
}
