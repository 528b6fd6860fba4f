import { beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../../scripts/verify-log.mjs'
import { leafHash } from '../../../src/audit/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import { formatCheckpoint, signNote } from '../../../src/audit/notes/index.ts'
import { filesOf, zipOf, type Files } from '../../support/honest-log/bundle.ts'
import { growHonestLog, type HonestLog } from '../../support/honest-log/grow.ts'
import { readAll, written, type Read } from './edits.ts'
import { place, rewritten, verdictOn } from './stage.ts'

let log: HonestLog
let files: Files
beforeAll(async () => {
  log = await growHonestLog({ seed: 4707, acts: 500, measure: 16, waits: true, rotates: false, restores: 0 })
  files = await filesOf(log)
})

describe('whoever holds the log’s key', () => {
  test.each(['9007199254740991', '1000000'])('counts %s restores: they are missed at once, in one line', async (count) => {
    const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
    edge.append(log.texts.map(leafHash))
    const size = log.texts.length
    const text = formatCheckpoint({ origin: log.origin, size, root: edge.root(), extensions: [`restored ${count}`] })
    const note = Buffer.from(signNote(text, [log.signers[0]!]))
    const verdict = verdictOn(new Map(files).set('checkpoint', note).set(`checkpoints/${size}`, note), log)
    expect([verdict.exitCode, verdict.findings.filter(({ code }) => code === 'not_declared_yet').length]).toEqual([3, 1])
  })

  /** The first decision by a second person, and the log with entries put in before it. */
  async function decided(change: (given: { asked: Read; given: Read; added: Read }) => Read[]) {
    const entries = readAll(log.texts)
    const given = entries.find(({ kind }) => kind === 'approval_given' || kind === 'approval_refused')!
    const asked = entries.find(({ kind, fields }) => kind === 'approval_requested' && fields['approval'] === given.fields['approval'])!
    const added = entries.find(({ kind, fields }) => kind === 'person_added' && fields['person'] === given.actor!.alias)!
    const changed = new Map(change({ asked, given, added }).map((entry) => [entry.index, written(entry)]))
    const texts = log.texts.map((text, index) => changed.get(index) ?? text)
    return { given, added, asked, verdict: verdictOn(await rewritten(log, texts), log) }
  }

  test('lets one person approve their own request under an earlier name of theirs: caught, and the entry named', async () => {
    const { asked, given, verdict } = await decided(({ asked: { actor }, added }) => [
      {
        ...added,
        kind: 'person_enrolled',
        actor: { role: 'guardian', alias: added.fields['person'] as string },
        fields: { ...added.fields, replaces: actor!.alias! },
      },
    ])
    const found = verdict.findings.filter(({ code }) => code === 'one_person').map(({ index }) => index)
    expect([verdict.exitCode, found]).toEqual([1, expect.arrayContaining([asked.index, given.index])])
  })

  test('gives two people one key: caught, and the entry named', async () => {
    const other = readAll(log.texts).find(({ kind }) => kind === 'person_added')!
    const { added, verdict } = await decided(({ added: each }) => [
      { ...each, fields: { ...each.fields, signKey: other.fields['signKey']! } },
    ])
    expect(verdict.findings).toContainEqual(expect.objectContaining({ check: 'people', code: 'shared_key', index: added.index }))
  })
})

describe('a bundle', () => {
  test.each(['tile/0/999.p/0', 'tile/63/000.p/0', 'tile/entries/x001/000.p/0', 'tile/0/000.p/256', 'checkpoints/007', 'tile/00/000'])(
    'with %s, which no log of its size has: named, and not checked',
    (name) => {
      const verdict = verdictOn(new Map(files).set(name, name.startsWith('checkpoints') ? files.get('checkpoint')! : Buffer.alloc(0)), log)
      expect([1, 2]).toContain(verdict.exitCode)
      expect(verdict.findings.map(({ message }) => message).join()).toContain(`"${name}"`)
    },
  )
})

describe('a checkpoint that an auditor kept', () => {
  const refusedAs = (note: string) => {
    let said = ''
    const bundle = place('kept.zip', zipOf(files))
    const exit = main([bundle, '--key', log.keys[0]!, '--checkpoint', place('kept.txt', note)], (text) => (said += text))
    return { exit, said }
  }
  const note = () => files.get('checkpoint')!.toString()

  test.each([
    ['with Windows line ends', () => note().replaceAll('\n', '\r\n'), 'its line ends'],
    ['with a byte order mark', () => `\uFEFF${note()}`, 'a mark at its beginning'],
    ['without its last line end', () => note().trimEnd(), 'no signed note'],
  ])('and an editor saved %s is refused in words that help, and never called another log’s or tampered with', (_what, spoilt, words) => {
    const { exit, said } = refusedAs(spoilt())
    expect([exit, said]).toEqual([2, expect.stringContaining(words)])
    expect(said).not.toMatch(/another log|TAMPERED/)
  })
})
