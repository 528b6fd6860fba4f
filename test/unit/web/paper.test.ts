import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal, systemRandom, newId, type IntakeGroupId } from '../../../src/kernel/index.ts'
import { createTexts } from '../../../src/settings/index.ts'
import { words as leafletWords } from '../../../src/web/pages/leaflet/words.en.ts'
import { words as cardWords } from '../../../src/web/pages/pocket-card/words.en.ts'
import { words as posterWords } from '../../../src/web/pages/poster/words.en.ts'
import { paperOf, type PaperDeps } from '../../../src/web/pages/print/paper.ts'
import { qrCodeOf } from '../../../src/web/pages/print/qr-code.ts'
import { firstThatFit } from '../../../src/web/pages/print/room.ts'
import { createTestClock } from '../../support/clock.ts'
import { readQrCode } from './read-qr-code.ts'
import { readingOf } from './reading-grade.ts'
import { staff } from './reporter-fake.ts'

describe('the printed code', () => {
  test.each(['https://staff-form.example.nhs.uk/', 'http://127.0.0.1:3000/', 'https://a.uk/'])('is read by a phone as %s', (address) => {
    expect(readQrCode(qrCodeOf(address))).toBe(address)
  })

  test('is read back whatever the address is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{1,33}$/), (host) => {
        const address = `https://${host}/`
        expect(readQrCode(qrCodeOf(address))).toBe(address)
      }),
    )
  })

  test('keeps four light modules around it', () => {
    const { size, path } = qrCodeOf('https://a.uk/')
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
      for (const place of [Number(x), Number(y)]) expect(place >= 4 && place < size - 4).toBe(true)
    }
  })
})

describe('what stays on a page of paper', () => {
  test('is the first of the list, never more than there is room for, and all of it where it fits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 90 }), { maxLength: 20 }),
        fc.nat(20),
        fc.integer({ min: 10, max: 60 }),
        (texts, lines, width) => {
          const kept = firstThatFit(texts, (text) => [text], lines, width)
          const used = (some: readonly string[]) => some.reduce((sum, text) => sum + Math.ceil(text.length / width), 0)
          expect(kept).toEqual(texts.slice(0, kept.length))
          expect(used(kept)).toBeLessThanOrEqual(lines)
          if (kept.length < texts.length) expect(used(texts.slice(0, kept.length + 1))).toBeGreaterThan(lines)
        },
      ),
    )
  })
})

describe('paper', () => {
  const deps = (listReaders: PaperDeps['concerns']['listReaders'], groups = 1): PaperDeps =>
    ({
      concerns: { listReaders },
      settings: {
        current: async () => ({
          contacts: [],
          sites: [],
          rules: [],
          intakeGroups: Array.from({ length: groups }, () => ({ id: newId<IntakeGroupId>(systemRandom), name: 'One' })),
        }),
      },
      texts: createTexts(),
      clock: createTestClock(),
      publicOrigin: 'https://staff-form.example.nhs.uk',
    }) as unknown as PaperDeps
  const ctx = { requestId: 'test', now: Temporal.Instant.from('2026-11-24T09:00:00Z') }

  test('gives the address as people type it, and names each guardian once though two groups share one', async () => {
    const paper = await paperOf(
      deps(async () => [staff.grace, staff.daniel], 2),
      ctx,
    )
    expect([paper.address, paper.readers, paper.open]).toEqual([
      'staff-form.example.nhs.uk',
      ['Grace Okafor, guardian', 'Daniel Reid, deputy guardian'],
      true,
    ])
  })

  test.each(['intake_closed', 'no_reader_left'] as const)(
    'is not ready to be put up while nobody could read a concern: %s',
    async (code) => {
      const paper = await paperOf(
        deps(async () => Promise.reject(new Refusal(code))),
        ctx,
      )
      expect([paper.readers, paper.open]).toEqual([[], false])
    },
  )

  test('does not hide another failure', async () => {
    await expect(
      paperOf(
        deps(async () => Promise.reject(new Error('database'))),
        ctx,
      ),
    ).rejects.toThrow('database')
  })

  test.each([
    ['poster', posterWords],
    ['pocket cards', cardWords],
    ['leaflet', leafletWords],
  ])('of the %s reads at grade 5 or below, no sentence over 20 words', (_name, words) => {
    const reading = readingOf(textsIn(words))
    expect([reading.longest.words <= 20, reading.longest.sentence]).toEqual([true, reading.longest.sentence])
    expect(reading.grade).toBeLessThanOrEqual(5)
  })
})

function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return textsIn((words as (given: string) => unknown)('here'))
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : []
}
