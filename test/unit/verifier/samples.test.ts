import { describe, expect, test } from 'vitest'
import { main, readVerifierKey, verifySamples, type SampleVerdict } from '../../../scripts/verify-log.mjs'
import { newId } from '../../../src/kernel/index.ts'
import { growHonestLog } from '../../support/honest-log/grow.ts'
import {
  actorIn,
  actText,
  bundleWith,
  chance,
  drawnBy,
  earlierSeed,
  end,
  freeText,
  from,
  index,
  log,
  population,
  populationOf,
  rootAt,
  shortly,
  size,
  tampered,
  to,
  verified,
} from './sample-stage.ts'

const numbers = '4 2 6 6 1 3 5 2 2 6 1 4'
const root = await rootAt(size)
const sample = newId(chance) as string
const fieldsOf = (count = 3) => ({
  ...{ sample, size, root, from, to, numbers, count, population: population.length },
  drawn: drawnBy(earlierSeed({ size, root, numbers }), population, count),
})

type Drawn = ReturnType<typeof fieldsOf>
const drawnText = (fields: Partial<Drawn> = {}, actor = actorIn('auditor'), later = 0) =>
  freeText('sample_drawn', { ...fieldsOf(), ...fields }, actor, later)
const found = async (more: readonly string[]) => shortly(await verified(more))

describe('samples of an earlier release, in which the numbers came last', () => {
  test('the stage has enough to draw from', () => {
    expect(population.length).toBeGreaterThanOrEqual(100)
    expect(population.length).toBeLessThan(300)
    expect(index).toBe(size)
  })

  test('an honest one is drawn again and holds', async () => {
    const verdict = await verified([drawnText()])
    expect(verdict).toMatchObject({
      verdict: 'whole',
      exitCode: 0,
      findings: [],
      samples: [{ index, holds: true, fixed: null, unlocked: 0, numbers }],
    })
    expect(verdict.notes.join()).toContain(`1 of the earlier, weaker kind, by numbers that were not fixed before: entry ${index}`)
    expect(verdict.samples[0]!.drawn).toEqual(fieldsOf().drawn)
  })

  test('a log without any is whole too', async () => {
    expect(await verified([])).toMatchObject({ exitCode: 0, samples: [] })
  })

  test('one in which somebody chose is tampered with, and its entry is named', async () => {
    const { drawn } = fieldsOf()
    const other = population.find((alias) => !drawn.includes(alias))!
    expect(await found([drawnText({ drawn: [other, ...drawn.slice(1)] })])).toEqual(tampered('wrong_draw'))
    expect(await found([drawnText({ drawn: drawn.toReversed() })])).toEqual(tampered('wrong_draw'))
    expect(await found([drawnText({ numbers: '4 2 6 6 1 3 5 2 2 6 1 5' })])).toEqual(tampered('wrong_draw'))
    const verdict = await verified([drawnText({ drawn: [other, ...drawn.slice(1)] })])
    expect(verdict).toMatchObject({ exitCode: 1, verdict: 'tampered', samples: [{ holds: false }] })
    expect(verdict.findings[0]!.message).toContain(`Entry ${index} names other concerns`)
  })

  test('one from a population that was made smaller', async () => {
    expect(await found([drawnText({ population: population.length - 1 })])).toEqual(tampered('wrong_population'))
  })

  test('one from a root that was never signed, or that was not published', async () => {
    expect(await found([drawnText({ root: Buffer.alloc(32, 7).toString('base64') })])).toContainEqual(tampered('wrong_checkpoint')[0])
    const between = size - 3
    const unpublished = { size: between, root: await rootAt(between) }
    const among = populationOf(between)
    const drawn = drawnBy(earlierSeed({ ...unpublished, numbers }), among, 3)
    expect(await found([drawnText({ ...unpublished, drawn, population: among.length })])).toEqual([
      { severity: 'incomplete', code: 'checkpoint_missing', index },
    ])
  })

  test('one beyond the limits: too large, too short a period, too few numbers, not by an auditor', async () => {
    const large = fieldsOf(21)
    expect(await found([drawnText(large)])).toEqual(tampered('large_share'))
    expect(await found([drawnText({}, actorIn('guardian'))])).toContainEqual(tampered('wrong_role')[0])
    const few = { numbers: '1 2', drawn: drawnBy(earlierSeed({ size, root, numbers: '1 2' }), population, 3) }
    expect(await found([drawnText(few)])).toEqual(tampered('few_numbers'))
    expect((await found([drawnText({ to: from })])).map(({ code }) => code)).toContain('short_period')
  })

  test('several that together drew more than half of the same concerns', async () => {
    const count = 20
    const texts = Array.from({ length: 12 }, (_, at) => at + 1).map((at) => {
      const again = `${numbers} ${at}`
      const drawn = drawnBy(earlierSeed({ size, root, numbers: again }), population, count)
      return drawnText({ sample: newId(chance), numbers: again, count, drawn }, actorIn('auditor'), at)
    })
    expect((await found(texts)).map(({ code }) => code)).toContain('half_drawn')
    expect(await found(texts.slice(0, 2))).toEqual([])
  })

  test('what became of a drawn concern: unlocked by another person, read by who drew it, and nothing else', async () => {
    const alias = fieldsOf().drawn[0]!
    const [auditor, guardian] = [actorIn('auditor'), actorIn('guardian')]
    const until = end
      .add({ hours: 24 * 30 })
      .toString()
      .slice(0, 10)
    const drawn = drawnText()
    const unlocked = actText('sample_unlocked', alias, guardian, { sample, signature: 'x', until }, 60)
    const viewed = actText('sample_viewed', alias, auditor, { sample }, 120, [unlocked])
    expect(await verified([drawn, unlocked, viewed])).toMatchObject({ exitCode: 0, samples: [{ unlocked: 1, viewed: 1 }] })

    const other = population.find((each) => !fieldsOf().drawn.includes(each))!
    const undrawn = actText('sample_unlocked', other, guardian, { sample, signature: 'x', until }, 60)
    expect(await found([drawn, undrawn])).toEqual(tampered('not_drawn', index + 1))
    const alone = actText('sample_unlocked', alias, auditor, { sample, signature: 'x', until }, 60)
    expect(await found([drawn, alone])).toContainEqual(tampered('one_person', index + 1)[0])
    const byAnother = actText('sample_viewed', alias, guardian, { sample }, 120, [unlocked])
    expect(await found([drawn, unlocked, byAnother])).toContainEqual(tampered('another_reader', index + 2)[0])
    const early = actText('sample_viewed', alias, auditor, { sample }, 30, [unlocked])
    expect(await found([drawn, unlocked, early])).toContainEqual(tampered('not_unlocked', index + 2)[0])
    const late = actText('sample_viewed', alias, auditor, { sample }, 31 * 86_400, [unlocked])
    expect(await found([drawn, unlocked, late])).toContainEqual(tampered('too_late', index + 2)[0])
    const twice = actText('sample_refused', alias, guardian, { sample, reasonCode: 'proceedings' }, 90, [unlocked])
    expect(await found([drawn, unlocked, twice])).toContainEqual(tampered('answered_twice', index + 2)[0])
  })

  test('a changed entry is found as in every bundle', async () => {
    const file = await bundleWith([drawnText()])
    const other = await growHonestLog({ seed: 3, acts: 20, measure: 16, waits: true, rotates: false, restores: 0 })
    expect(() => verifySamples({ file, keys: other.keys.map(readVerifierKey) })).toThrow('none of the keys')
  })
})

describe('drawing by hand', () => {
  const say = async (args: readonly string[], more: readonly string[] = []) => {
    let said = ''
    const exitCode = main(['sample', await bundleWith(more), '--key', log.keys[0]!, ...args], (text) => (said += text))
    return { exitCode, said }
  }
  const given = ['--size', String(size), '--from', from, '--to', to, '--numbers', numbers, '--count', '3']

  test('gives the same concerns, with the seed and each score', async () => {
    const { exitCode, said } = await say([...given, '--json'])
    expect(exitCode).toBe(0)
    const { byHand } = JSON.parse(said) as SampleVerdict
    expect(byHand).toMatchObject({ root, published: true, population: population.length })
    expect(byHand!.drawn.map(({ alias }) => alias)).toEqual(fieldsOf().drawn)
    expect(byHand!.seed).toBe(earlierSeed({ size, root, numbers }))
  })

  test('says in plain words what holds', async () => {
    const { exitCode, said } = await say(given, [drawnText()])
    expect(exitCode).toBe(0)
    expect(said).toContain(`ok   Entry ${index}`)
    expect(said).toContain(`1  ${fieldsOf().drawn[0]!}`)
    expect(said).toContain('Verdict: WHOLE')
  })

  test('wants everything it needs, and refuses a size that is not there', async () => {
    expect(await say(given.slice(0, -2))).toMatchObject({ exitCode: 2 })
    expect(await say(['--size', '9'.repeat(12), ...given.slice(2)])).toMatchObject({ exitCode: 2 })
    expect(await say([...given.slice(0, -4), '--numbers', 'one two', '--count', '3'])).toMatchObject({ exitCode: 2 })
  })
})
