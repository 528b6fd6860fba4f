import { describe, expect, test } from 'vitest'
import {
  consistencyProof,
  createTreeEdge,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  widthOfTile,
  type ReadTile,
} from '../../../src/audit/merkle/index.ts'
import {
  checkCosignature,
  createNoteSigner,
  FormatFault,
  fromBase64,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseProof,
  parseTilePath,
  parseVerifierKey,
  signNote,
  splitNote,
  tilePath,
  entriesPath,
  verifierKeyText,
} from '../../../src/audit/notes/index.ts'
import vectors from '../../vectors/tlog.json' with { type: 'json' }

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

describe('the tree of Certificate Transparency', () => {
  const { hashes, leaves, roots, inclusion, consistency } = vectors.merkle
  const leafHashes = leaves.map((leaf) => leafHash(unhex(leaf)))
  const readTile: ReadTile = async (_level, _number, width) => new Uint8Array(Buffer.concat(leafHashes.slice(0, width)))

  test('has the published hashes of nothing, of a leaf and of a node', () => {
    expect(hex(emptyRoot)).toBe(hashes.empty)
    expect(hex(leafHash(''))).toBe(hashes.emptyLeaf)
    expect(hex(leafHash(hashes.leaf.text))).toBe(hashes.leaf.hash)
    expect(hex(nodeHash(Buffer.from(hashes.node.left), Buffer.from(hashes.node.right)))).toBe(hashes.node.hash)
  })

  test('has the published root at each of its eight sizes, read from tiles and grown', async () => {
    const edge = await createTreeEdge(0, readTile)
    for (const [at, root] of roots.entries()) {
      edge.append([leafHashes[at]!])
      expect([hex(edge.root()), hex(await rootOf(at + 1, readTile))]).toEqual([root, root])
    }
  })

  test.each(inclusion)('has the published proof that leaf $index is among $size', async ({ index, size, proof }) => {
    expect((await inclusionProof(index, size, readTile)).map(hex)).toEqual(proof)
    expect(verifyInclusion({ index, size, leaf: leafHashes[index]!, proof: proof.map(unhex), root: unhex(roots[size - 1]!) })).toBe(true)
  })

  test.each(consistency)('has the published proof that $from leaves are the beginning of $to', async ({ from, to, proof }) => {
    expect((await consistencyProof(from, to, readTile)).map(hex)).toEqual(proof)
    const [fromRoot, toRoot] = [unhex(roots[from - 1]!), unhex(roots[to - 1]!)]
    expect(verifyConsistency({ from, to, fromRoot, toRoot, proof: proof.map(unhex) })).toBe(true)
  })
})

describe("the notes of Go's note package", () => {
  const { text, peter, enoch, badKeys } = vectors.notes

  test('are signed to the same byte from the same key', () => {
    const seed = fromBase64(peter.seed)!.slice(1)
    const signer = createNoteSigner('PeterNeumann', seed)
    expect(verifierKeyText(signer.key)).toBe(peter.key)
    expect(signNote(text, [signer])).toBe(`${text}\n${peter.line}`)
  })

  test('open for whoever trusts one of the two signers, and tell whose signature held', () => {
    const [peterKey, enochKey] = [parseVerifierKey(peter.key), parseVerifierKey(enoch.key)]
    const note = `${text}\n${peter.line}${enoch.line}`
    expect(openNote(note, [peterKey])).toEqual({ text, signatures: [{ key: peterKey, line: peter.line, time: null }] })
    expect(openNote(note, [enochKey, peterKey]).signatures.map(({ key }) => key.name)).toEqual(['PeterNeumann', 'EnochRoot'])
    expect(() => openNote(note, [])).toThrow(new FormatFault('no_trusted_signature'))
  })

  test('are refused as Go refuses them', () => {
    const trusted = [parseVerifierKey(peter.key)]
    const spoilt = `${peter.line.slice(0, 60)}ABCD${peter.line.slice(60)}`
    expect(() => openNote(`${text}\n${spoilt}`, trusted)).toThrow(new FormatFault('wrong_signature'))
    for (const [bad, code] of [
      [text, 'malformed_note'],
      [`${text}\n`, 'malformed_note'],
      [`${text}\n${peter.line.slice(0, -1)}`, 'malformed_note'],
      [`\u0001${text}\n${peter.line}`, 'control_character'],
      [Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${peter.line}`)]), 'not_utf8'],
      [`${text}\n${peter.line.replace('PeterNeumann', 'Bad Name')}`, 'malformed_note'],
      [`${text}\n${peter.line}Unexpected line.\n`, 'malformed_note'],
      [`${text}\n${peter.line.repeat(101)}`, 'too_many_signatures'],
    ] as const) {
      expect(() => openNote(bad, trusted)).toThrow(new FormatFault(code))
    }
  })

  test('have keys of which no part and no mangled letter is a key', () => {
    const refused = (key: string): void => expect(() => parseVerifierKey(key)).toThrow(new FormatFault('malformed_key'))
    badKeys.forEach(refused)
    for (let start = 0; start <= peter.key.length; start += 1) {
      for (let end = start + 1; end <= peter.key.length; end += 7) {
        if (start !== 0 || end !== peter.key.length) refused(peter.key.slice(start, end))
      }
      const code = peter.key.charCodeAt(start)
      if (start < peter.key.length) refused(peter.key.slice(0, start) + String.fromCharCode(code + 1) + peter.key.slice(start + 1))
    }
  })
})

describe('a checkpoint that a public log published with cosignatures', () => {
  const { note, logKey, witnessKey, origin, size, root } = vectors.cosigned

  test("opens with the witness's key, at the time it says", () => {
    const { signatures, text } = openNote(note, [parseVerifierKey(witnessKey)])
    expect(signatures.map(({ key, time }) => [key.name, key.type, time])).toEqual([['remora.n621.de', 'witness', 1_779_573_024]])
    expect(parseCheckpoint(text)).toMatchObject({ origin, size, root: fromBase64(root), extensions: [] })
    expect(checkCosignature(text, signatures[0]!.line, parseVerifierKey(witnessKey)).time).toBe(1_779_573_024)
  })

  test('opens as the checkpoint of its log, and passes over three witnesses and a signature of a type it does not know', () => {
    const opened = openCheckpoint(note, [parseVerifierKey(logKey), parseVerifierKey(witnessKey)])
    expect(opened.checkpoint).toMatchObject({ origin, size })
    expect(opened.signatures.map(({ key }) => `${key.name} ${key.type}`)).toEqual([`${origin} log`, 'remora.n621.de witness'])
    expect(splitNote(note).lines).toHaveLength(6)
  })

  test("is not taken as a checkpoint on a witness's word alone", () => {
    expect(() => openCheckpoint(note, [parseVerifierKey(witnessKey)])).toThrow(new FormatFault('no_trusted_signature'))
  })

  test('is refused with another size, root or time', () => {
    const trusted = [parseVerifierKey(witnessKey)]
    for (const bent of [
      note.replace('1432088532', '1432088533'),
      note.replace('U7WM', 'U7WN'),
      note.replace('2net5wAAAABqEiEg', '2net5wAAAABqEiEh'),
    ]) {
      expect(() => openNote(bent, trusted)).toThrow(new FormatFault('wrong_signature'))
    }
  })
})

describe('the worked examples of C2SP', () => {
  const { examples, tiles, proofs } = vectors

  test('come apart as the texts say', () => {
    expect(splitNote(examples.note)).toMatchObject({
      text: examples.noteText,
      lines: [{ name: 'quasimodo.example/salvatore', id: '367ba04b' }],
    })
    const { text, lines } = splitNote(examples.checkpoint)
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
    expect(lines.map(({ name, id }) => `${name} ${id}`)).toEqual([
      'example.com/behind-the-sofa 033de0ae',
      'witness.example.com/w1 8d66cf3f',
    ])
  })

  test.each(tiles.paths)('has the path $path', (at) => {
    const { path, ...place } = at
    expect(parseTilePath(path)).toEqual(at.level === undefined ? { kind: 'entries', ...place } : { kind: 'tile', ...place })
    expect(at.level === undefined ? entriesPath(at.number, at.width) : tilePath(at.level, at.number, at.width)).toBe(path)
  })

  test('cut a tree of 70,000 leaves into the tiles that tlog-tiles names', () => {
    const { size, full, partial } = tiles.layout
    full.forEach((count, level) =>
      expect([widthOfTile(size, level, count - 1), widthOfTile(size, level, count)]).toEqual([256, partial[level]]),
    )
    expect([widthOfTile(size, 2, 0), widthOfTile(size, 2, 1), widthOfTile(size, 3, 0)]).toEqual([partial[2], 0, 0])
  })

  test('are refused where they are malformed', () => {
    for (const path of tiles.refused) expect(() => parseTilePath(path)).toThrow(new FormatFault('malformed_path'))
    for (const file of proofs.refused) expect(() => parseProof(file + examples.checkpoint)).toThrow(new FormatFault('malformed_proof'))
    const hashes = examples.proofHashes.map((hash) => `${hash}\n`).join('')
    const sound = `c2sp.org/tlog-proof@v1\nindex ${examples.proofIndex}\n${hashes}\n${examples.checkpoint}`
    expect(parseProof(sound)).toMatchObject({ index: examples.proofIndex, note: examples.checkpoint })
    expect(parseProof(sound).hashes).toHaveLength(5)
  })
})
