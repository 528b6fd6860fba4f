import { hash } from 'node:crypto'
import { addDays, invalid, type DateText } from '../../kernel/index.ts'
import type { Period } from '../search/search-store.ts'

/** What fixes a sample before anybody knows it: a published checkpoint, a period, and numbers that were thrown after its publication. */
export interface SampleSeed {
  readonly size: number
  /** Of the checkpoint of that size, base64. */
  readonly root: string
  readonly period: Period
  /** Groups of digits with one blank between: dice, or a lottery's draw. Never words: an entry holds no free text. */
  readonly numbers: string
}

/**
 * How far a sample may go, so that it stays one. Seven concerns or fewer are no crowd to draw from (the rule for small numbers), a short period
 * would pick a concern by its day, and a share would read everything by and by.
 */
export const sampleBounds = { days: 28, population: 8, oneIn: 4, most: 20, halfWithinDays: 365, checkpointDays: 31 } as const

const seedFormat = 'forthright-sample/1'

/** SHA-256 over six lines, each with its line end: 64 hexadecimal digits, as `sha256sum` prints them. */
export function sampleSeedOf({ size, root, period, numbers }: SampleSeed): string {
  return sha256([seedFormat, String(size), root, period.from, period.to, numbers])
}

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
