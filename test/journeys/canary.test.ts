import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScanner, newCanaryWord, scanDump, scanFolder, type Finding } from '../support/canary.ts'
import { CanaryJourneys, type Flock } from '../support/canary-journeys.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household } from '../support/process.ts'

/** Put where only this test puts it, so that a scan that finds nothing can be believed. */
const control = { name: 'control', text: newCanaryWord() }
const controlDresses = ['utf8', 'utf16le', 'hex of utf8', 'base64 of utf8, shifted 1', 'sha256']

describe('what is left after every journey', { timeout: 240_000 }, () => {
  let house: Household
  let flock: Flock
  let findings: Finding[]
  let looked: number
  const places = new Map<string, number>()
  beforeAll(async () => {
    house = await newHousehold()
    const service = await startService(house)
    await untilReady(service)
    const journeys = new CanaryJourneys(service.origin)
    await journeys.run()
    flock = journeys.flock
    const scanner = createScanner([control, ...flock.canaries], flock.tokens)
    writeFileSync(join(house.tempDir, 'control'), control.text.toUpperCase())

    const thief = await asSuperuser(house)
    const plain = Buffer.from(control.text)
    await thief.query('create table control (plain text, hex text, base64 text, wide bytea, hash bytea)')
    await thief.query(`insert into control values ($1, encode($2, 'hex'), encode('x'::bytea || $2, 'base64'), $3, sha256($2))`, [
      control.text,
      plain,
      Buffer.from(control.text, 'utf16le'),
    ])
    await thief.query('analyze')
    await thief.query('checkpoint')
    findings = await scanDump(scanner, thief)
    await thief.end()
    // Once while it runs, as a thief of a backup finds it, and once as it lies after it was stopped
    findings.push(...scanFolder(scanner, house.places.home, 'server'))
    await service.stop()
    findings.push(...scanFolder(scanner, house.places.home, 'server, stopped'))
    findings.push(...scanFolder(scanner, house.dataDir, 'data folder'))
    findings.push(...scanFolder(scanner, house.tempDir, 'temp folder'))
    findings.push(...scanner.scan('console', Buffer.from(house.console.join(''))))
    looked = scanner.looked()
    for (const { where } of findings) places.set(where, (places.get(where) ?? 0) + 1)
  }, 240_000)
  afterAll(() => house.remove())

  it('went through every journey to its end', () => {
    expect(flock.refused).toEqual([])
    expect(flock.tokens.length).toBeGreaterThanOrEqual(5)
    expect(flock.canaries.length).toBeGreaterThan(100)
  })

  it('looked at the dump, the data files, the write-ahead log and everything else', () => {
    expect(looked).toBeGreaterThan(60_000_000)
    const seen = findings.filter(({ canary }) => canary === control.name)
    for (const place of [/^dump: public\.control/, /^server: cluster\/base\//, /^server: cluster\/pg_wal\//, /^temp folder: control/])
      expect(seen.filter(({ where }) => place.test(where)).length).toBeGreaterThan(0)
    for (const dress of controlDresses) expect(seen.map((finding) => finding.dress)).toContain(dress)
  })

  it('holds no word anybody wrote, no name, address, device, code or key', () => {
    expect(findings.filter(({ canary }) => canary !== control.name)).toEqual([])
  })

  it('printed only lines of the list of events', () => {
    const lines = house.console
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBeGreaterThan(3)
    const fields = new Set(lines.flatMap((line) => Object.keys(line)))
    for (const field of fields) {
      expect([
        'code',
        'count',
        'job',
        'kind',
        'level',
        'message',
        'milliseconds',
        'mode',
        'port',
        'requestId',
        'signal',
        'timestamp',
        'where',
      ]).toContain(field)
    }
  })
})
