import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalJson, composeEntry, entryKinds, leafHash, type AuditDraft, type CanonicalValue } from '../../../src/audit/index.ts'
import { newId, systemRandom, type Alias, type ConcernId, type UserId } from '../../../src/kernel/index.ts'

const at = Temporal.Instant.from('2026-11-22T03:07:09.123Z')
const concernId = newId<ConcernId>(systemRandom)
const place = { alias: newId<Alias>(systemRandom), number: 1, previous: null }

describe('an entry', () => {
  it('of a reporter carries the London date and no time of day', () => {
    const entry = composeEntry(
      systemRandom,
      { kind: 'reporter_wrote', actor: { role: 'reporter' }, at, concernId, fields: { item: 'x' } },
      place,
    )
    expect(JSON.parse(entry.text)).toMatchObject({
      on: '2026-11-22',
      lane: 'reporter',
      actor: { role: 'reporter' },
      number: 1,
      previous: null,
    })
    expect(entry.text).not.toMatch(/03:07|07:09|"at"/)
  })

  it('of staff carries the second, the role and the alias, and never the id the tables use', () => {
    const userId = newId<UserId>(systemRandom)
    const alias = newId<Alias>(systemRandom)
    const draft: AuditDraft = { kind: 'signed_in', actor: { role: 'guardian', alias, userId }, at, fields: {} }
    const { text } = composeEntry(systemRandom, draft, null)
    expect(JSON.parse(text)).toMatchObject({ at: '2026-11-22T03:07:09Z', actor: { role: 'guardian', alias } })
    expect(text).not.toContain(userId)
  })

  it('names its concern by alias only', () => {
    const { text } = composeEntry(systemRandom, { kind: 'concern_viewed', actor: { role: 'system' }, at, concernId, fields: {} }, place)
    expect(text).toContain(place.alias)
    expect(text).not.toContain(concernId)
  })

  it('has its one canonical text wherever it stands, whatever it says', () => {
    const drafts: AuditDraft[] = [
      { kind: 'reporter_wrote', actor: { role: 'reporter' }, at, concernId, fields: { item: '","number":7,"previous":"' } },
      { kind: 'concern_viewed', actor: { role: 'system' }, at, concernId, fields: {} },
    ]
    for (const draft of drafts) {
      for (const previous of [null, leafHash('before')]) {
        const { text } = composeEntry(systemRandom, draft, { ...place, number: 12, previous })
        const said = JSON.parse(text) as Record<string, CanonicalValue>
        expect(text).toBe(canonicalJson(said))
        const before = previous && Buffer.from(previous).toString('hex')
        expect(said).toMatchObject({ concern: place.alias, number: 12, previous: before, fields: draft.fields })
      }
    }
  })

  it('hashes as a leaf of RFC 6962', () => {
    expect(Buffer.from(leafHash('abc')).toString('hex')).toBe(createHash('sha256').update(Buffer.from('\0abc')).digest('hex'))
    // RFC 6962's test vector of the empty leaf
    expect(Buffer.from(leafHash('')).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  })

  it('refuses a field its kind does not list', () => {
    const stray = { kind: 'signed_in', actor: { role: 'system' }, at, fields: { narrative: 'what was said' } } as unknown as AuditDraft
    expect(() => composeEntry(systemRandom, stray, null)).toThrow(/no field narrative/)
  })

  it('has no field in any kind that could hold an address, a device, a file name or a name', () => {
    const fields = new Set(Object.values(entryKinds).flatMap(({ fields: listed }) => listed as readonly string[]))
    expect(
      [...fields].filter((name) => /address|agent|ip|file|name|narrative|body|message|device|email/i.test(name) && name !== 'recipientSet'),
    ).toEqual([])
  })
})
