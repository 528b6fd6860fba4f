import { describe, expect, test } from 'vitest'
import { verifierKeyText } from '../../../src/audit/notes/index.ts'
import { canonicalJson, composeEntry, leafHash } from '../../../src/audit/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import { createNoteSigner, formatCheckpoint, signNote } from '../../../src/audit/notes/index.ts'
import { newId } from '../../../src/kernel/index.ts'
import { filesOf } from '../../support/honest-log/bundle.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { verdictOn } from './stage.ts'

const chance = createChance(77)
const signer = createNoteSigner('forthright/restored', chance.bytes(32))
const log = { keys: [verifierKeyText(signer.key)] }
const covers = (count: number): string[] =>
  Array.from({ length: count }, () => canonicalJson({ format: 'forthright-entry/1', id: newId(chance), kind: 'cover', lane: 'cover' }))
const at = Temporal.Instant.from('2026-11-22T10:00:00Z')

interface Known {
  readonly size: number
  readonly root: string
}

/** As `npm run restore` writes it; nothing known outside where nothing is given. */
function declared(restore: number, kept: number, outside: Known | null): string {
  const missing = outside === null ? null : Math.max(0, outside.size - kept)
  const fields = { restore, kept, outsideSize: outside?.size ?? null, outsideRoot: outside?.root ?? null, missing }
  return composeEntry(chance, { kind: 'restore_declared', actor: { role: 'system' }, at, fields }, null).text
}

async function noteOf(texts: readonly string[], restored: number): Promise<Known & { readonly note: string }> {
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  edge.append(texts.map(leafHash))
  const extensions = restored === 0 ? [] : [`restored ${restored}`]
  const text = formatCheckpoint({ origin: signer.key.name, size: texts.length, root: edge.root(), extensions })
  return { size: texts.length, root: Buffer.from(edge.root()).toString('base64'), note: signNote(text, [signer]) }
}

async function verdictWith(texts: readonly string[], restored: number, ...kept: readonly { readonly note: string }[]) {
  const { note } = await noteOf(texts, restored)
  const files = await filesOf({ texts, checkpoints: new Map([[texts.length, note]]) })
  return verdictOn(files, log, { kept: kept.map((each) => each.note) })
}

const first = covers(40)

describe('whoever kept a checkpoint of a past that was given up', () => {
  test('is told so when a newer copy, which knows nothing of the first restore, took the place of the older', async () => {
    const lost = await noteOf(first, 0)
    const other = [...first.slice(0, 10), declared(1, 10, lost), ...covers(5)]
    const otherNote = await noteOf(other, 1)
    const kept = first.slice(0, 30)
    const now = [...kept, declared(1, 30, otherNote), declared(2, 30, otherNote), ...covers(8)]
    for (const notes of [[otherNote], [otherNote, lost], [otherNote, await noteOf(kept.slice(0, 20), 0)]]) {
      const verdict = await verdictWith(now, 2, ...notes)
      expect([verdict.exitCode, verdict.findings.filter(({ severity }) => severity !== 'restored')]).toEqual([4, []])
    }
    const { findings } = await verdictWith(now, 2, otherNote)
    expect(findings[0]!.message).toContain('is of another past, after a restore 1 that this log gave up')
    expect((await verdictWith(now, 2, await noteOf(kept, 0))).exitCode).toBe(0)
  })

  test('is still told of tampering where the entries that a restore kept are others', async () => {
    const forged = [...covers(1), ...first.slice(1, 30)]
    const now = [...forged, declared(1, 30, null), ...covers(8)]
    expect(await verdictWith(now, 1, await noteOf(first.slice(0, 20), 0))).toMatchObject({ exitCode: 1 })
    // Nor does a second restore hide what was changed in the line that it went on with
    const grown = [...first.slice(0, 30), declared(1, 30, null), ...covers(8)]
    const again = [...grown.with(34, covers(1)[0]!), declared(2, grown.length, null)]
    expect(await verdictWith(again, 2, await noteOf(grown, 1))).toMatchObject({ exitCode: 1 })
  })
})

describe('a restore of which nobody knew what was known outside', () => {
  const kept = first.slice(0, 30)
  const now = [...kept, declared(1, 30, null), ...covers(8)]

  test('is whole, and the verifier does not say that nothing is missing', async () => {
    const verdict = await verdictWith(now, 1)
    expect(verdict).toMatchObject({ exitCode: 0, findings: [] })
    const { notes } = verdict.checks.find(({ name }) => name === 'restores')!
    expect(notes).toEqual(['restore 1: the first 30 entries were kept, and nobody could say how many are missing (entry 30)'])
  })

  test('tells whoever kept a checkpoint of the lost days how many are missing by that, and never of tampering', async () => {
    const verdict = await verdictWith(now, 1, await noteOf(first, 0))
    expect(verdict).toMatchObject({ exitCode: 4, verdict: 'restored' })
    expect(verdict.findings.map(({ code, message }) => [code, message])).toEqual([
      ['before_restore', expect.stringContaining('By this checkpoint 10 entries were lost, or more')],
    ])
  })

  test('once more over a restore that it did not know: the other past is told, since that checkpoint was given', async () => {
    const other = await noteOf(now, 1)
    const again = [...kept.slice(0, 20), declared(1, 20, other), declared(2, 20, other), ...covers(3)]
    expect((await verdictWith(again, 2, other)).exitCode).toBe(4)
  })
})
