import { beforeAll, describe, expect, test } from 'vitest'
import { commitNumbers, main, verifyBundle, verifySamples, type SampleVerdict } from '../../../scripts/verify-log.mjs'
import { sampleCommitmentOf, sampleSeedOf } from '../../../src/audit/index.ts'
import { newId } from '../../../src/kernel/index.ts'
import { zipOf } from '../../support/honest-log/bundle.ts'
import {
  actorIn,
  actText,
  chance,
  drawnBy,
  filesWith,
  freeText,
  from,
  index,
  keys,
  log,
  population,
  rootWith,
  shortly,
  size,
  sumOf,
  tampered,
  to,
} from './sample-stage.ts'
import { place } from './stage.ts'

const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'
const day = 86_400
const sample = newId(chance) as string
const auditor = actorIn('auditor')
const fixing = { sample, from, to, count: 3, commitment: sampleCommitmentOf(numbers) }
const fixedText = (more: object = {}, seconds = 0, actor = auditor) => freeText('sample_fixed', { ...fixing, ...more }, actor, seconds)
const idOf = (text: string): string => (JSON.parse(text) as { id: string }).id
const tick = (seconds: number) => freeText('signed_in', {}, actorIn('guardian'), seconds)

interface Base {
  readonly before: readonly string[]
  readonly fixed: string
}

/** What an honest service writes of a draw that was fixed in `before`, its own checkpoint included. */
async function drawnFields({ before, fixed }: Base, more: object = {}) {
  const base = { size: size + before.length, root: await rootWith(before) }
  const seed = sampleSeedOf({ ...base, period: { from, to }, fixed: idOf(fixed), numbers })
  const drawn = drawnBy(seed, population, 3)
  return { ...base, sample, fixed: idOf(fixed), from, to, numbers, count: 3, population: population.length, drawn, ...more }
}

const verdictOf = async (batches: readonly (readonly string[])[], unpublished: readonly number[] = []): Promise<SampleVerdict> =>
  verifySamples({ file: place('fixed.zip', zipOf(await filesWith(batches, unpublished))), keys })

describe('a draw that was fixed before anybody could know what it gives', () => {
  const fixed = fixedText()
  const before = [fixed, tick(1)]
  let fields: Awaited<ReturnType<typeof drawnFields>>
  beforeAll(async () => {
    fields = await drawnFields({ before, fixed })
  })
  const drawnText = (more: object = {}, seconds = day) => freeText('sample_drawn', { ...fields, ...more }, auditor, seconds)
  const found = async (drawn: string, unpublished: readonly number[] = []) => shortly(await verdictOf([before, [drawn]], unpublished))
  const at = index + 2

  test('holds, and names the entry that fixed it', async () => {
    const verdict = await verdictOf([before, [drawnText()]])
    expect([verdict.exitCode, verdict.findings, verdict.neverDrawn]).toEqual([0, [], []])
    expect(verdict.samples).toMatchObject([{ index: at, holds: true, fixed: { index, id: idOf(fixed) }, drawn: fields.drawn }])
    expect(verdict.notes.join()).not.toContain('weaker')
    expect(verdict.notes.join()).toContain('as far as the checkpoints here show')
  })

  test('is part of the check of the whole log too', async () => {
    const file = place('fixed.zip', zipOf(await filesWith([before, [drawnText({ drawn: fields.drawn.toReversed() })]])))
    const verdict = verifyBundle({ file, keys })
    expect([verdict.exitCode, shortly(verdict)]).toEqual([1, tampered('wrong_draw', at)])
    expect(verdict.checks.find(({ name }) => name === 'samples')).toMatchObject({ result: 'tampered' })
    const none = verifyBundle({ file: place('none.zip', zipOf(await filesWith([[tick(1)]]))), keys })
    expect(none.checks.map(({ name }) => name)).not.toContain('samples')
  })

  test('is another with other numbers than were committed to, whatever they draw', async () => {
    const other = `${numbers} 1`
    const seed = sampleSeedOf({ size: fields.size, root: fields.root, period: { from, to }, fixed: idOf(fixed), numbers: other })
    const chosen = drawnText({ numbers: other, drawn: drawnBy(seed, population, 3) })
    expect(await found(chosen)).toEqual(tampered('other_numbers', at))
  })

  test('is drawn from the first checkpoint after it, and from no later one that suits better', async () => {
    const between = [...before, tick(2)]
    const later = await drawnFields({ before: between, fixed })
    const drawn = freeText('sample_drawn', later, auditor, day)
    expect(shortly(await verdictOf([before, between.slice(2), [drawn]]))).toEqual(tampered('later_checkpoint', index + 3))
    // Where the first was taken out of the bundle nobody can tell, unless somebody kept it
    const [published, hidden] = [
      await filesWith([before, between.slice(2), [drawn]]),
      await filesWith([before, between.slice(2), [drawn]], [0]),
    ]
    const file = place('hidden.zip', zipOf(hidden))
    expect(shortly(verifySamples({ file, keys }))).toEqual([])
    const kept = place('kept', Buffer.from(published.get(`checkpoints/${size + 2}`)!))
    expect(shortly(verifySamples({ file, keys, checkpoints: [kept] }))).toEqual(tampered('later_checkpoint', index + 3))
  })

  test('is not drawn from a checkpoint that was known before', async () => {
    const known = { size, root: await rootWith([]) }
    const seed = sampleSeedOf({ ...known, period: { from, to }, fixed: idOf(fixed), numbers })
    expect(await found(drawnText({ ...known, drawn: drawnBy(seed, population, 3) }))).toEqual(tampered('known_checkpoint', at))
  })

  test('cannot be held against a checkpoint that is not there, and says so', async () => {
    expect(await found(drawnText(), [0])).toEqual([{ severity: 'incomplete', code: 'checkpoint_missing', index: at }])
  })

  test('draws what was fixed: by the same auditor, of the same days and as many', async () => {
    expect(await found(freeText('sample_drawn', fields, actorIn('guardian'), day))).toContainEqual(tampered('fixed_otherwise', at)[0])
    expect(await found(drawnText({ count: 2, drawn: fields.drawn.slice(0, 2) }))).toContainEqual(tampered('fixed_otherwise', at)[0])
    expect(await found(drawnText({ fixed: newId(chance) }))).toContainEqual(tampered('not_fixed', at)[0])
  })

  test('is drawn once, and fixed once', async () => {
    const twice = shortly(await verdictOf([before, [drawnText(), drawnText({}, day + 1)]]))
    expect(twice).toEqual(tampered('drawn_twice', at + 1))
    const again = fixedText({ sample: newId(chance) }, 5)
    expect(shortly(await verdictOf([[fixed, again]]))).toEqual(tampered('fixed_twice', index + 1))
  })

  test('lapses when its numbers are not given in fourteen days', async () => {
    expect(await found(drawnText({}, 14 * day))).toEqual([])
    expect(await found(drawnText({}, 15 * day))).toEqual(tampered('lapsed', at))
  })

  test('that nobody drew is told, so that dropping what does not suit shows', async () => {
    const dropped = fixedText({ sample: newId(chance), commitment: sumOf('dropped') }, 3)
    const waiting = await verdictOf([[dropped]])
    expect(waiting).toMatchObject({ exitCode: 0, neverDrawn: [{ index, state: 'waiting', count: 3 }] })
    const late = await verdictOf([[dropped], [tick(20 * day)]])
    expect(late).toMatchObject({ exitCode: 0, neverDrawn: [{ index, state: 'lapsed' }] })
    expect(late.notes.join()).toContain(`1 fixed and never drawn: entry ${index}`)
    const file = place('late.zip', zipOf(await filesWith([[dropped], [tick(20 * day)]])))
    let said = ''
    expect(main(['sample', file, '--key', log.keys[0]!], (text) => (said += text))).toBe(0)
    expect(said).toContain('and never drawn: ask why')
  })

  test('wants thirty digits or more', async () => {
    const few = '1 2 3 4 5 6'
    const weak = fixedText({ commitment: sampleCommitmentOf(few) })
    const base = { size: size + 1, root: await rootWith([weak]) }
    const seed = sampleSeedOf({ ...base, period: { from, to }, fixed: idOf(weak), numbers: few })
    const drawn = { ...fields, ...base, fixed: idOf(weak), numbers: few, drawn: drawnBy(seed, population, 3) }
    const verdict = await verdictOf([[weak], [freeText('sample_drawn', drawn, auditor, day)]])
    expect(shortly(verdict)).toEqual(tampered('few_numbers', index + 1))
  })

  test('is answered within sixty days', async () => {
    const alias = fields.drawn[0]!
    const drawn = drawnText()
    const answered = (seconds: number) =>
      actText('sample_refused', alias, actorIn('guardian'), { sample, reasonCode: 'proceedings' }, seconds)
    expect(shortly(await verdictOf([before, [drawn, answered(61 * day)]]))).toEqual([])
    expect(shortly(await verdictOf([before, [drawn, answered(62 * day)]]))).toEqual(tampered('answered_late', at + 1))
  })

  test('can be drawn by hand with what its page says', async () => {
    const file = place('hand.zip', zipOf(await filesWith([before, [drawnText()]])))
    const given = ['--size', String(fields.size), '--from', from, '--to', to, '--numbers', numbers, '--count', '3', '--fixed', idOf(fixed)]
    let said = ''
    expect(main(['sample', file, '--key', log.keys[0]!, ...given, '--json'], (text) => (said += text))).toBe(0)
    expect((JSON.parse(said) as SampleVerdict).byHand!.drawn.map(({ alias }) => alias)).toEqual(fields.drawn)
  })
})

describe('the commitment', () => {
  test('is what sha256sum prints, and what the service compares with', () => {
    expect(commitNumbers(` ${numbers.replaceAll(' ', '  ')} `)).toEqual({
      exitCode: 0,
      numbers,
      commitment: sumOf('forthright-sample-numbers/1', numbers),
    })
    expect(sampleCommitmentOf(numbers)).toBe(sumOf('forthright-sample-numbers/1', numbers))
  })

  test('is worked out by the program without a key, and not for few numbers or words', () => {
    const run = (...args: string[]) => {
      let said = ''
      return { exitCode: main(['commit', ...args], (text) => (said += text)), said }
    }
    expect(run(numbers).said).toContain(sampleCommitmentOf(numbers))
    expect(run('1 2 3').exitCode).toBe(2)
    expect(run('1 2 3').said).toContain('fewer can be found out by trying')
    expect(run('ward twelve').exitCode).toBe(2)
  })
})
