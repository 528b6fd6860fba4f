import { beforeAll, describe, expect, test } from 'vitest'
import { readVerifierKey, verifySamples } from '../../../scripts/verify-log.mjs'
import { createNoteSigner, encodeEntryBundle, entriesPath, tilePath } from '../../../src/audit/notes/index.ts'
import { filesOf, zipOf, type Files } from '../../support/honest-log/bundle.ts'
import type { Chance } from '../../support/honest-log/chance.ts'
import { growHonestLog, type HonestLog } from '../../support/honest-log/grow.ts'
import { blindEdits, chanceOf, insideEdits, readAll, type Edit } from './edits.ts'
import { sampleEdits } from './sample-edits.ts'
import { place, placesIn, rewritten, signedAnew, verdictOn } from './stage.ts'

let log: HonestLog
let honest: Files
beforeAll(async () => {
  log = await growHonestLog({ seed: 4707, acts: 500, measure: 16, waits: true, rotates: false, restores: 0, samples: true })
  honest = await filesOf(log)
})

const made = (edits: typeof blindEdits, name: string, seed: number): Edit => madeBy(name, seed, (chance) => edits[name]!(log.texts, chance))

/** An edit that really changes the log: a draw that finds nothing to change is drawn again. */
function madeBy(name: string, seed: number, make: (chance: Chance) => Edit | null): Edit {
  for (let draw = 0; draw < 100; draw += 1) {
    const edit = make(chanceOf(seed * 100 + draw))
    if (edit !== null && edit.texts.join() !== log.texts.join()) return edit
  }
  throw new Error(`the log has nothing for: ${name}`)
}

const times = (count: number) => Array.from({ length: count }, (_, at) => at)

/** The entry bundles of these texts in the places of the honest ones; whatever no longer has a place falls away. */
function withTexts(texts: readonly string[]): Files {
  const files = new Map(honest)
  for (let first = 0; first < log.texts.length; first += 256) {
    const width = Math.min(256, log.texts.length - first)
    const now = texts.slice(first, first + width)
    if (now.length > 0) files.set(entriesPath(first / 256, width), Buffer.from(encodeEntryBundle(now)))
    else files.delete(entriesPath(first / 256, width))
  }
  return files
}

describe('an honest log', () => {
  test('is whole', () => {
    expect(verdictOn(honest, log)).toMatchObject({ verdict: 'whole', exitCode: 0, findings: [], checked: log.texts.length })
  })
})

describe('a bundle that was changed after it was signed', () => {
  // 9 kinds × 8 = 72 edits
  test.each(Object.keys(blindEdits).flatMap((name) => times(8).map((seed) => [name, seed] as const)))(
    '%s (%i): caught, and the entry named',
    (name, seed) => {
      const edit = made(blindEdits, name, 1000 + seed)
      const verdict = verdictOn(withTexts(edit.texts), log)
      expect(verdict.exitCode).toBe(1)
      expect(placesIn(verdict)).toContain(edit.index)
    },
  )

  test.each(times(10))('a published hash flipped (%i): caught, and the entry named', (seed) => {
    const chance = chanceOf(seed)
    const index = chance.below(log.texts.length)
    const number = Math.floor(index / 256)
    const name = tilePath(0, number, Math.min(256, log.texts.length - number * 256))
    const tile = Buffer.from(honest.get(name)!)
    tile[(index % 256) * 32 + chance.below(32)]! ^= 1 + chance.below(255)
    const verdict = verdictOn(new Map(honest).set(name, tile), log)
    expect(verdict.exitCode).toBe(1)
    expect(placesIn(verdict)).toContain(index)
  })

  test.each(times(10))('a character of the checkpoint flipped (%i): caught', (seed) => {
    const chance = chanceOf(seed)
    const note = Buffer.from(honest.get('checkpoint')!)
    note[chance.below(note.length)]! ^= 1
    const { exitCode, verdict } = statedOf(() => verdictOn(new Map(honest).set('checkpoint', note), log))
    expect([exitCode, verdict]).not.toContain('whole')
    expect([1, 2]).toContain(exitCode)
  })

  test.each(times(6))('an older checkpoint exchanged for another log’s (%i): caught', async (seed) => {
    const edit = blindEdits['deletes an entry']!(log.texts.slice(0, -40), chanceOf(seed))!
    const oldSize = [...log.checkpoints.keys()].findLast((size) => size > edit.index && size <= edit.texts.length)!
    const forked = await rewritten(log, edit.texts.slice(0, oldSize))
    const verdict = verdictOn(new Map(honest).set(`checkpoints/${oldSize}`, forked.get('checkpoint')!), log)
    expect(verdict).toMatchObject({ exitCode: 1 })
    expect(verdict.findings.some(({ code, size }) => code === 'another_log' && size === oldSize)).toBe(true)
  })

  test.each(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])('%s taken out: incomplete, and named', (name) => {
    const files = new Map(honest)
    const [there] = [...files.keys()].filter((each) => each.startsWith(name.replace(/\.p.*/, '')))
    files.delete(there!)
    const verdict = verdictOn(files, log)
    expect(verdict.findings.some(({ code, message }) => code === 'missing_file' && message.includes(there!))).toBe(true)
    expect([1, 3]).toContain(verdict.exitCode)
  })

  test('a file put in: not checked, and named', () => {
    const verdict = verdictOn(new Map(honest).set('tile/0/999', Buffer.alloc(8192)).set('notes.txt', Buffer.from('x')), log)
    expect(verdict.findings.map(({ message }) => message).join(' ')).toMatch(/tile\/0\/999.*notes\.txt/)
    expect(verdict.exitCode).toBe(2)
  })
})

describe('a log that was written anew', () => {
  test.each(times(12))('with the old signature (%i): caught, and the range that the older checkpoints leave is named', async (seed) => {
    const name = ['flips a character', 'swaps two neighbours', 'dates an entry back'][seed % 3]!
    const { texts } = made(blindEdits, name, 50 + seed)
    const files = new Map([...(await rewritten(log, texts)), ['checkpoint', honest.get('checkpoint')!]])
    const verdict = verdictOn(files, log)
    expect(verdict.exitCode).toBe(1)
    expect(verdict.findings.map(({ code }) => code)).toContain('wrong_root')
  })

  test.each(times(4))('and signed with another key (%i): not believed', async (seed) => {
    const edit = blindEdits['deletes an entry']!(log.texts, chanceOf(seed))!
    const stranger = createNoteSigner(log.origin, chanceOf(seed).bytes(32))
    const files = await rewritten(log, edit.texts, stranger)
    expect(() => verdictOn(files, log)).toThrow(expect.objectContaining({ code: 'unknown_key' }) as Error)
  })

  // 9 kinds × 4 = 36 edits
  test.each(Object.keys(blindEdits).flatMap((name) => times(4).map((seed) => [name, seed] as const)))(
    'by somebody with the log’s own key: %s (%i): caught by one older checkpoint, and the range named',
    async (name, seed) => {
      const edit = made(blindEdits, name, 9000 + seed)
      const verdict = verdictOn(await rewritten(log, edit.texts), log, { kept: [...log.checkpoints.values()] })
      expect([1, 3]).toContain(verdict.exitCode)
      const told = verdict.findings.filter(({ code }) => code === 'another_log' || code === 'behind')
      const [first] = told.toSorted((a, b) => a.size! - b.size!)
      const earlier = [...log.checkpoints.keys()].filter((size) => size <= edit.index)
      expect(first).toBeDefined()
      expect(first!.size).toBeGreaterThan(edit.index)
      if (first!.code === 'another_log') expect(first!.index).toBe(Math.max(0, ...earlier))
    },
  )

  // 27 kinds × 3 = 81 edits
  test.each(Object.keys(insideEdits).flatMap((name) => times(3).map((seed) => [name, seed] as const)))(
    'by somebody with the log’s own key who %s (%i): caught by what the entries say, and the entry named',
    async (name, seed) => {
      const edit = made(insideEdits, name, 300 + seed)
      const verdict = verdictOn(await rewritten(log, edit.texts), log)
      expect(verdict.exitCode).toBe(1)
      expect(verdict.findings).toContainEqual(expect.objectContaining({ severity: 'tampered', index: edit.index }))
    },
  )
})

describe('a sample, in a log of which every checkpoint was signed anew by somebody with its own key,', () => {
  test('is there to be changed: fixed, drawn, lapsed, shown, refused, read', () => {
    const { neverDrawn, samples, exitCode } = verifySamples({ file: place('s.zip', zipOf(honest)), keys: log.keys.map(readVerifierKey) })
    expect([exitCode, neverDrawn.map(({ state }) => state)]).toEqual([0, expect.arrayContaining(['lapsed'])])
    const sum = (of: 'unlocked' | 'refused' | 'viewed') => samples.reduce((total, sample) => total + sample[of], 0)
    expect(samples.every(({ holds, fixed }) => holds && fixed !== null)).toBe(true)
    expect([samples.length, sum('unlocked'), sum('refused'), sum('viewed')].every((number) => number > 0)).toBe(true)
  })

  // 28 kinds × 2 = 56 edits
  test.each(Object.entries(sampleEdits).flatMap(([name, [code, make]]) => times(2).map((seed) => [name, seed, code, make] as const)))(
    'that %s (%i): caught as %s, and the entry named',
    async (name, seed, code, make) => {
      const edit = madeBy(name, 600 + seed, (chance) => make(log, chance))
      const verdict = verdictOn(await signedAnew(log, edit.texts), log)
      expect(verdict.exitCode).toBe(1)
      expect(verdict.findings).toContainEqual(expect.objectContaining({ severity: 'tampered', code, index: edit.index }))
    },
  )
})

describe('what was opened', () => {
  test.each(times(8))('and exchanged for another entry’s (%i): caught, and the entry named', async (seed) => {
    const chance = chanceOf(seed)
    const openings = log.openings.map((line) => JSON.parse(line) as Record<string, string>)
    const a = chance.below(openings.length)
    const b = openings.findIndex(({ content }) => content !== openings[a]!['content'])
    const swapped = openings.map((opening, at) => (at === a ? { ...opening, content: openings[b]!['content'] } : opening))
    const files = await filesOf({ ...log, openings: swapped.map((opening) => JSON.stringify(opening)) })
    const verdict = verdictOn(files, log)
    const index = readAll(log.texts).find(({ id }) => id === openings[a]!['entry'])!.index
    expect(verdict.exitCode).toBe(1)
    expect(placesIn(verdict)).toEqual([index])
  })

  test.each(['another person’s entry', 'another name'])('a name that opens %s: caught, and the entry named', async (what) => {
    const lines = log.openings.map((line) => JSON.parse(line) as Record<string, string>)
    const [one, other] = lines.filter(({ field }) => field === 'who')
    const false_ = what === 'another name' ? { ...one, content: 'Somebody Else' } : { ...other, entry: one!['entry'] }
    const openings = [...lines.filter((line) => line !== one), false_].map((line) => JSON.stringify(line))
    const verdict = verdictOn(await filesOf({ ...log, openings }), log)
    expect(verdict.exitCode).toBe(1)
    expect(placesIn(verdict)).toEqual([readAll(log.texts).find(({ id }) => id === one!['entry'])!.index])
  })

  test('says who is meant where something does not fit, and counts who is named', () => {
    const at = log.texts.findIndex((text) => text.includes('"kind":"person_added"') && text.includes('"who"'))
    const texts = log.texts.map((text, index) => (index === at ? text.replace('AAAA-BBBB', 'AAAA-CCCC') : text))
    const verdict = verdictOn(withTexts(texts), log)
    expect(placesIn(verdict)).toContain(at)
    const named = verdict.findings.flatMap(({ people: found = [] }) => found.map(({ name }) => name))
    expect(named).toContainEqual(expect.stringMatching(/^Siân [0-9a-f]{4} O’Neill$/))
    const check = verdictOn(honest, log).checks.find(({ name }) => name === 'openings')
    expect(check?.notes.join()).toMatch(/\d+ opened; \d+ people are named, and \d+ entries commit to a name/)
  })

  test.each([
    ['no salt', { salt: undefined }],
    ['a short salt', { salt: 'AAAA' }],
    ['a salt written in another way', { salt: Buffer.alloc(32).toString('base64') }],
    ['a field that nothing commits to', { field: 'roles' }],
    ['something beside it', { more: 'x' }],
    ['no entry', { entry: 'x' }],
    ['a number', { content: 1 }],
  ])('with %s: refused, and the line named', async (_what, change) => {
    const [first, ...rest] = log.openings
    const openings = [JSON.stringify({ ...(JSON.parse(first!) as object), ...change }), ...rest]
    const files = await filesOf({ ...log, openings })
    expect(() => verdictOn(files, log)).toThrow(/Line 1 of openings\.jsonl cannot be read/)
  })

  test('twice: refused', async () => {
    const openings = [...log.openings, log.openings[0]!]
    const files = await filesOf({ ...log, openings })
    expect(() => verdictOn(files, log)).toThrow(/openings\.jsonl cannot be read/)
  })

  test('and destroyed after its time leaves the log whole', () => {
    const files = new Map(honest)
    files.delete('openings.jsonl')
    expect(verdictOn(files, log)).toMatchObject({ exitCode: 0 })
  })
})

/** The verdict, or the refusal in its place. */
function statedOf(work: () => unknown): { exitCode: unknown; verdict: unknown } {
  try {
    return work() as { exitCode: unknown; verdict: unknown }
  } catch (error) {
    return { exitCode: 2, verdict: (error as { code?: string }).code }
  }
}
