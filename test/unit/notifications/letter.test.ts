import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rootInGroups } from '../../../src/audit/index.ts'
import { checkpointLetter, writeLetter, type CheckpointSaid, type Letter } from '../../../src/notifications/index.ts'

const at = (text: string) => Temporal.Instant.from(text)
const from = 'log@trust.example'
const id = '6f0c1b2a-0000-4000-8000-000000000001'
const origin = 'forthright/6f0c1b2a-1111-4111-8111-111111111111'
const noteOf = (size: number, extensions: string[] = [], signatures = 1) =>
  `${[origin, String(size), `${'A'.repeat(43)}=`, ...extensions].join('\n')}\n\n${`— ${origin} ${'B'.repeat(91)}=\n`.repeat(signatures)}`
const saidOf = (given: Partial<CheckpointSaid> = {}): CheckpointSaid => ({
  size: 18_432,
  fingerprint: rootInGroups(new Uint8Array(32).fill(7)),
  note: noteOf(18_432),
  publishedAt: at('2026-11-22T06:20:00Z'),
  ...given,
})
const letterOf = (said: CheckpointSaid, to: Letter['to'] = { name: 'Priya Nair', address: 'priya@trust.example' }): Letter => ({
  ...checkpointLetter(said),
  id,
  to,
  writtenAt: at('2026-11-22T07:00:00Z'),
})

/** The text of a letter as its reader sees it. */
function readQuotedPrintable(raw: string): string {
  const body = /quoted-printable\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw)?.[1] ?? ''
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
const fileIn = (raw: string) =>
  Buffer.from(/Content-Disposition: attachment[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? '', 'base64').toString()

describe('the letter with the checkpoint', () => {
  it('has one line for the minutes, the signed note byte for byte, and what to do if it ever differs', async () => {
    const raw = await writeLetter(letterOf(saidOf()), from)
    const text = readQuotedPrintable(raw)
    expect(text.split(/\r?\n/)).toContain(
      `Log ${origin}, signed on 22 November 2026 at 06:20: 18,432 entries, fingerprint 0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0W3G-E1R7, put back from a backup 0 times.`,
    )
    expect(text).toContain('WHAT TO DO IF IT EVER DIFFERS')
    expect(text).toContain('checkpoint-2026-11-22.txt')
    expect(fileIn(raw)).toBe(noteOf(18_432))
    expect(raw).toContain('Content-Disposition: attachment; filename=checkpoint-2026-11-22.txt')
  })

  it('says how often the log was put back from a backup, and the time in London', () => {
    const { text } = checkpointLetter(saidOf({ note: noteOf(18_432, ['restored 2']), publishedAt: at('2026-07-01T05:20:00Z') }))
    expect(text).toContain('signed on 1 July 2026 at 06:20')
    expect(text).toContain('put back from a backup 2 times.')
  })

  it('is of one size and one shape on every day, whatever the log says', async () => {
    const quiet = await writeLetter(letterOf(saidOf()), from)
    for (const said of [
      saidOf({ size: 1_234_567, note: noteOf(1_234_567) }),
      saidOf({ size: 256, note: noteOf(256, ['restored 12'], 4) }),
      saidOf({ fingerprint: rootInGroups(new Uint8Array(32).fill(255)), publishedAt: at('2026-05-01T05:20:00Z') }),
    ]) {
      const raw = await writeLetter(letterOf(said), from)
      expect(raw.length).toBe(quiet.length)
      const shapeOf = (text: string) =>
        text
          .replaceAll(/[0-9A-Z]{4}(-[0-9A-Z]{4}){7}/g, 'F')
          .replaceAll(/\d[\d,:]*/g, '0')
          .replaceAll(/November|May/g, 'M')
          .replaceAll(/~{3,}[\s~]*/g, '')
      expect(shapeOf(readQuotedPrintable(raw))).toBe(shapeOf(readQuotedPrintable(quiet)))
    }
  })

  it('is the same bytes however often it is made', async () => {
    expect(await writeLetter(letterOf(saidOf()), from)).toBe(await writeLetter(letterOf(saidOf()), from))
  })

  it('says nothing of the machine it comes from', async () => {
    const raw = await writeLetter(letterOf(saidOf()), from)
    const headers = raw
      .slice(0, raw.indexOf('\r\n\r\n'))
      .split(/\r\n(?!\s)/)
      .map((line) => line.split(':')[0])
    expect(headers.toSorted()).toEqual(['Auto-Submitted', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To'])
    expect(raw).toContain(`Message-ID: <${id}@trust.example>`)
  })
})

describe('a name, an address or a subject that means to be more', () => {
  const headersOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).split(/\r\n(?!\s)/)

  it('adds no header and no other reader', async () => {
    for (const name of [
      'X\r\nBcc: evil@elsewhere.example',
      'X <evil@elsewhere.example>, Y',
      '"X" <evil@elsewhere.example>',
      'X\nSubject: other',
      '=?utf-8?q?x?=',
    ]) {
      const raw = await writeLetter(letterOf(saidOf(), { name, address: 'priya@trust.example' }), from)
      const headers = headersOf(raw)
      expect(headers.filter((line) => /^(bcc|cc|subject):/i.test(line))).toHaveLength(1)
      const to = headers.find((line) => line.startsWith('To: '))!
      expect(to).toMatch(/<priya@trust\.example>$/)
    }
  })

  it('whatever the name: the same eight headers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (name) => {
        const raw = await writeLetter(letterOf(saidOf(), { name, address: 'priya@trust.example' }), from)
        expect(headersOf(raw)).toHaveLength(8)
        expect(raw.length % 8_192).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the fingerprint', () => {
  it('is the first 160 bits of the root in eight groups of four', () => {
    expect(rootInGroups(new Uint8Array(32))).toBe('0000-0000-0000-0000-0000-0000-0000-0000')
    expect(rootInGroups(Uint8Array.from({ length: 32 }, (_, n) => n))).toBe('000G-40R4-0M30-E209-185G-R38E-1W81-24GK')
    const root = Uint8Array.from({ length: 32 }, (_, n) => 255 - n)
    const changed = Uint8Array.from(root)
    changed[19]! ^= 1
    expect(rootInGroups(changed)).not.toBe(rootInGroups(root))
    expect(rootInGroups(root)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
  })
})
