import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { emptyRoot } from '../../../src/audit/merkle/index.ts'
import { checkCosignature, createNoteSigner, formatCheckpoint, signNote, splitNote, toBase64 } from '../../../src/audit/notes/index.ts'
import { formatRequest, openWitnessFolder, parseRequest, WitnessFault, type WitnessAnswer } from '../../../src/audit/witness/index.ts'
import { systemRandom } from '../../../src/kernel/index.ts'
import { createSmallLog, type SmallLog } from '../../support/small-log.ts'
import { newWitnessFolder, watch, witnessNow } from '../../support/watching.ts'
import vectors from '../../vectors/tlog.json' with { type: 'json' }

const origin = 'forthright/one'
let log: SmallLog
let fork: SmallLog
let other: SmallLog

beforeAll(async () => {
  log = await createSmallLog(origin, 700)
  fork = await createSmallLog(origin, 700, 300)
  other = await createSmallLog('forthright/two', 50)
})

describe('a witness', () => {
  test('cosigns the first checkpoint it sees of a log, and each later one that continues it', async () => {
    const { add, cosigner } = watch([log, other])
    for (const [oldSize, size] of [
      [0, 3],
      [3, 256],
      [256, 257],
      [257, 257],
      [257, 700],
    ] as const) {
      const { status, body } = await add(log, oldSize, size)
      expect(status).toBe(200)
      const { time } = checkCosignature(splitNote(await log.note(size)).text, body, cosigner.key)
      expect(time).toBe(witnessNow.epochMilliseconds / 1000)
    }
  })

  test('says at which size it stands, to whoever is wrong about it', async () => {
    const { add } = watch([log, other])
    expect(await add(log, 5, 10)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '0\n' })
    await add(log, 0, 100)
    for (const oldSize of [0, 99, 101])
      expect(await add(log, oldSize, 200)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '100\n' })
  })

  test('never cosigns a log that was forked, whatever the proof', async () => {
    const { add, answer } = watch([log, other])
    await add(log, 0, 400)
    expect(await add(fork, 400, 700)).toMatchObject({ status: 422 })
    const [note, honest] = [await fork.note(700), await log.consistencyProof(400, 700)]
    for (const proof of [honest, [], [...honest, emptyRoot], honest.slice(1)]) {
      expect(answer(Buffer.from(formatRequest({ oldSize: 400, proof, note })))).toMatchObject({ status: 422 })
    }
    expect((await add(log, 400, 700)).status).toBe(200)
  })

  test('keeps both notes where a log signed two roots at one size: that is proof', async () => {
    const { add, folder } = watch([log, other])
    await add(log, 0, 400)
    expect(await add(fork, 400, 400)).toEqual({
      status: 409,
      type: 'text/plain; charset=utf-8',
      body: 'another root at this size was cosigned before\n',
    })
    const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('fork-'))
    expect(readFileSync(join(folder, file), 'utf8')).toBe(`${await log.note(400)}\n${await fork.note(400)}`)
    await add(fork, 0, 400)
    expect(readdirSync(folder).filter((name) => name.startsWith('fork-'))).toHaveLength(1)
  })

  test('does not go back, though the log signed the smaller tree too', async () => {
    const { add } = watch([log, other])
    await add(log, 0, 400)
    expect((await add(log, 0, 300)).body).toBe('400\n')
    expect((await add(log, 400, 400)).status).toBe(200)
    expect(await add(log, 300, 300)).toMatchObject({ status: 409, body: '400\n' })
    const backwards = formatRequest({ oldSize: 400, proof: [], note: await log.note(300) })
    expect(watch([log, other]).answer(Buffer.from(backwards))).toMatchObject({ status: 400 })
  })

  test('keeps the logs apart that it watches', async () => {
    const { add } = watch([log, other])
    await add(log, 0, 400)
    expect((await add(other, 0, 50)).status).toBe(200)
    expect((await add(log, 400, 401)).status).toBe(200)
  })

  test('knows neither a log nor a key that it was not told of', async () => {
    const { add, answer } = watch([log])
    expect(await add(other, 0, 50)).toMatchObject({ status: 404 })
    const { text } = splitNote(await log.note(50))
    const send = (note: string): WitnessAnswer => answer(Buffer.from(formatRequest({ oldSize: 0, proof: [], note })))
    const thief = createNoteSigner(origin, new Uint8Array(32))
    expect(send(signNote(text, [thief]))).toMatchObject({ status: 403, body: 'no_trusted_signature\n' })
    expect(send(signNote(text, [other.signer]))).toMatchObject({ status: 403 })
    expect(send(`${signNote(text, [thief])}${other.signer.sign(text)}`)).toMatchObject({ status: 403 })
    expect(send((await log.note(50)).replace('\n50\n', '\n51\n'))).toMatchObject({ status: 403, body: 'wrong_signature\n' })
    expect(send(signNote(text, [thief, log.signer])).status).toBe(200)
  })

  test('takes the sizes that a log can have, and no others', async () => {
    const { answer } = watch([log, other])
    const send = (size: string, old = '0', root = emptyRoot): WitnessAnswer =>
      answer(Buffer.from(`old ${old}\n\n${signNote(`${origin}\n${size}\n${toBase64(root)}\n`, [log.signer])}`))
    for (const size of ['9007199254740992', '18446744073709551616', '1e3', '-1', '01', '1'.repeat(400)]) expect(send(size).status).toBe(400)
    for (const old of ['9007199254740992', '00', '-1', ' 1', '', '2']) expect(send('1', old).status).toBe(400)
    expect(send('0').status).toBe(200)
    expect(send(String(Number.MAX_SAFE_INTEGER)).status).toBe(200)
  })

  test('does not cosign an empty tree with the root of another', () => {
    const note = signNote(formatCheckpoint({ origin, size: 0, root: log.leaves[0]!, extensions: [] }), [log.signer])
    expect(watch([log, other]).answer(Buffer.from(formatRequest({ oldSize: 0, proof: [], note })))).toMatchObject({ status: 422 })
  })

  test('wants no proof where there is nothing to prove', async () => {
    const { answer } = watch([log, other])
    expect(answer(Buffer.from(formatRequest({ oldSize: 0, proof: [emptyRoot], note: await log.note(5) })))).toMatchObject({ status: 422 })
  })

  test('covers the line that counts restores', async () => {
    const { answer, cosigner } = watch([log, other])
    const note = await log.note(5, ['restored 1'])
    const { body } = answer(Buffer.from(formatRequest({ oldSize: 0, proof: [], note })))
    expect(checkCosignature(splitNote(note).text, body, cosigner.key).key).toEqual(cosigner.key)
    expect(() => checkCosignature(splitNote(note).text.replace('restored 1', 'restored 2'), body, cosigner.key)).toThrow('wrong_signature')
  })

  test('reads a request as C2SP shows one', () => {
    const { oldSize, proof, note } = parseRequest(Buffer.from(vectors.examples.addCheckpoint))
    expect([oldSize, proof.length, note.startsWith('example.com/behind-the-sofa\n20852163\n')]).toEqual([20852014, 4, true])
    expect(formatRequest({ oldSize, proof, note })).toBe(vectors.examples.addCheckpoint)
  })

  test('refuses whatever is not a request, remembers nothing of it, and goes on', async () => {
    const { add, answer, memory } = watch([log, other])
    const sound = formatRequest({ oldSize: 2, proof: await log.consistencyProof(2, 9), note: await log.note(9) })
    const pieces = fc.constantFrom(
      'old 0',
      'old ',
      '\n',
      '\n\n',
      toBase64(emptyRoot),
      '— a b',
      '\r',
      '\u0000',
      sound,
      sound.slice(5),
      '{"old":0}',
    )
    const made = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((each) => Buffer.from(each.join(''))),
      fc.uint8Array({ maxLength: 200 }),
    )
    fc.assert(
      fc.property(made, (body) => [400, 403, 404, 409, 422].includes(answer(body).status)),
      { numRuns: 300 },
    )
    const cut = Array.from({ length: sound.length }, (_, at) => answer(Buffer.from(sound.slice(0, at))).status)
    expect(new Set(cut)).toEqual(new Set([400]))
    for (const bad of [
      sound.replaceAll('\n', '\r\n'),
      `${sound}\n`,
      sound.replace('old 2\n', `old 2\n${`${toBase64(emptyRoot)}\n`.repeat(64)}`),
      'a'.repeat(200_000),
    ]) {
      expect(answer(Buffer.from(bad)).status).toBe(400)
    }
    expect(memory.latest(origin)).toBeNull()
    expect((await add(log, 0, 9)).status).toBe(200)
  })
})

describe("a witness's folder", () => {
  test('is for its owner alone, and gives back key and memory', async () => {
    const first = watch([log, other])
    await first.add(log, 0, 300)
    expect(statSync(join(first.folder, 'key')).mode & 0o077).toBe(0)
    const again = openWitnessFolder(first.folder, null, systemRandom)
    expect(again.cosigner.key).toEqual(first.cosigner.key)
    expect(again.memory.latest(origin)?.checkpoint.size).toBe(300)
    expect(readdirSync(first.folder).filter((name) => name.startsWith('.draft'))).toEqual([])
  })

  test('is not begun anew where its memory is lost or spoilt', async () => {
    const { folder, add } = watch([log, other])
    await add(log, 0, 300)
    const state = join(folder, 'checkpoints.json')
    const whole = readFileSync(state, 'utf8')
    for (const spoilt of [
      '',
      '{}',
      whole.slice(0, -20),
      whole.replace('forthright-witness/1', 'other/1'),
      whole.replace('"forthright/one":', '"forthright/two":'),
    ]) {
      writeFileSync(state, spoilt)
      expect(() => openWitnessFolder(folder, null, systemRandom)).toThrow(WitnessFault)
    }
    rmSync(state)
    expect(() => openWitnessFolder(folder, null, systemRandom)).toThrow('must not sign with this key again')
  })

  test('needs a name once, keeps it, and takes none that no key can have', () => {
    expect(() => openWitnessFolder(newWitnessFolder(), null, systemRandom)).toThrow('needs a name')
    expect(() => openWitnessFolder(newWitnessFolder(), 'two words', systemRandom)).toThrow('no spaces')
    const { folder } = watch([log, other])
    expect(() => openWitnessFolder(folder, 'another.name', systemRandom)).toThrow('keeps it')
  })

  test('has one writer: the one that opened it last', async () => {
    const first = watch([log, other])
    await first.add(log, 0, 300)
    const second = watch([log, other], first.folder)
    await expect(first.add(log, 300, 400)).rejects.toThrow(WitnessFault)
    expect((await second.add(log, 300, 301)).status).toBe(200)
    expect(first.memory.latest(origin)?.checkpoint.size).toBe(301)
  })
})
