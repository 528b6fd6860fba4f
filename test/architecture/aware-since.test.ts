import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { words as gapWords } from '../../src/web/pages/learning/words.en.ts'
import { words as overview } from '../../src/web/pages/concern/overview/words.en.ts'
import { words as summary } from '../../src/web/pages/concern/summary/words.en.ts'

const src = join(import.meta.dirname, '../../src')
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|njk)$/.test(entry.name) && !entry.parentPath.includes('generated'))
  .map((entry) => join(entry.parentPath, entry.name))
const mentions = (what: RegExp) => files.filter((file) => what.test(readFileSync(file, 'utf8'))).map((file) => relative(src, file))

test('since when somebody knew is asked, sealed, shown as it was said, and counted: nothing that decides about a concern reads it', () => {
  const allowed = [
    // Asked, sealed and shown again to whoever said it
    /^concerns\/(raising\/(raise-input|compose-raising)|sealing\/sealed-contents)\.ts$/,
    /^concerns\/proof\//,
    /^web\/pages\/(where-when|one-page|check|inbox-proof)\//,
    // Shown as it was said
    /^concerns\/(sealing\/concern-content|views|casework\/print-summary)\.ts$/,
    /^web\/pages\/concern\/(overview|summary)\//,
    /^api\/concerns\//,
    // Counted over a year
    /^concerns\/raising-gap\//,
  ]
  expect(mentions(/awareSince/).filter((file) => !allowed.some((one) => one.test(file)))).toEqual([])
})

test('how long it was is reckoned for figures of a year and nowhere else', () => {
  const allowed = [
    /^concerns\/raising-gap\//,
    /^concerns\/index\.ts$/,
    /^composition\.ts$/,
    /^reporting\/(raising-gap|index)\.ts$/,
    /^api\/reports\//,
  ]
  const pages = [/^web\/pages\/learning\//, /^web\/staff\/(deps|routes)\.ts$/]
  expect(mentions(/raisingGap|createCountGaps/i).filter((file) => ![...allowed, ...pages].some((one) => one.test(file)))).toEqual([])
})

test('no word that staff read with it calls it late', () => {
  const said = [JSON.stringify(gapWords), overview.facts.awareSince, JSON.stringify(summary)].join(' ')
  expect(said).toContain('never a fault')
  expect(said).not.toMatch(/\blate|delay|slow|overdue|fail|waited/i)
})
