import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkCosignature, splitNote } from '../../../src/audit/notes/index.ts'
import {
  collectCosignatures,
  createWitnessServer,
  type Fetch,
  type KnownWitness,
  type WitnessReply,
} from '../../../src/audit/witness/index.ts'
import { createSmallLog, type SmallLog } from '../../support/small-log.ts'
import { watch, type Watching } from '../../support/watching.ts'

const origin = 'forthright/one'
let log: SmallLog
let fork: SmallLog
let other: SmallLog

beforeAll(async () => {
  log = await createSmallLog(origin, 700)
  fork = await createSmallLog(origin, 700, 300)
  other = await createSmallLog('forthright/two', 50)
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Served extends KnownWitness {
  readonly faults: readonly unknown[]
}

async function serve(watching: Watching = watch([log, other])): Promise<Served> {
  const faults: unknown[] = []
  const url = await listen(createWitnessServer(watching.answer, (fault) => faults.push(fault)))
  return { url, key: watching.cosigner.key, seenSize: 0, faults }
}

/** Something that answers every request the same, as a broken or hostile witness may. */
async function serveAnswer(status: number, body: string, type = 'text/plain'): Promise<KnownWitness> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, { 'content-type': type }).end(body))
  })
  return { url: await listen(server), key: watch([log]).cosigner.key, seenSize: 0 }
}

async function ask(from: SmallLog, size: number, witnesses: readonly KnownWitness[], patience = 5_000): Promise<WitnessReply[]> {
  const reports = await collectCosignatures({
    fetch,
    witnesses,
    note: await from.note(size),
    consistencyProof: from.consistencyProof,
    patience,
  })
  return reports.map(({ reply }) => reply)
}

describe('asking witnesses over HTTP', () => {
  test('brings back a line of each that can be appended to the note', async () => {
    const [first, second] = [await serve(), await serve()]
    expect((await ask(log, 300, [first, second])).map(({ outcome }) => outcome)).toEqual(['cosigned', 'cosigned'])
    const replies = await ask(log, 500, [
      { ...first, seenSize: 300 },
      { ...second, url: `${second.url}/` },
    ])
    for (const [at, reply] of replies.entries()) {
      if (reply.outcome !== 'cosigned') throw new Error(`not cosigned: ${reply.outcome}`)
      checkCosignature(splitNote(await log.note(500)).text, reply.line, [first, second][at]!.key)
      expect(splitNote(`${await log.note(500)}${reply.line}`).lines).toHaveLength(2)
    }
  })

  test('learns from a refused size what the witness has, and asks once more', async () => {
    const witness = await serve()
    await ask(log, 300, [witness])
    for (const seenSize of [0, 299, 9999]) expect(await ask(log, 400, [{ ...witness, seenSize }])).toMatchObject([{ outcome: 'cosigned' }])
  })

  test('tells when a witness has seen more of the log than there is: somebody put it back', async () => {
    const witness = await serve()
    await ask(log, 500, [witness])
    expect(await ask(log, 400, [witness])).toEqual([{ outcome: 'knows_more', size: 500 }])
  })

  test('shows a fork to whoever asks the same witness', async () => {
    const witness = await serve()
    await ask(log, 400, [witness])
    expect(await ask(fork, 500, [witness])).toEqual([{ outcome: 'refused', status: 422 }])
    expect(await ask(fork, 400, [witness])).toEqual([{ outcome: 'refused', status: 409 }])
    expect(await ask(log, 500, [witness])).toMatchObject([{ outcome: 'cosigned' }])
  })

  test('is told a log is not watched', async () => {
    expect(await ask(other, 50, [await serve(watch([log]))])).toEqual([{ outcome: 'refused', status: 404 }])
  })

  test('takes no line that the witness it knows has not signed', async () => {
    const note = await log.note(300)
    const [mine, another] = [watch([log, other]), watch([log, other])]
    const impostor = { ...(await serve(another)), key: mine.cosigner.key }
    expect(await ask(log, 300, [impostor])).toEqual([{ outcome: 'wrong_answer' }])
    const line = another.cosigner.cosign(splitNote(await log.note(299)).text, 1_763_800_000)
    for (const body of ['', 'yes\n', line, note, '— a b\n', 'a'.repeat(20_000), log.signer.sign(splitNote(note).text)]) {
      const lying = { ...(await serveAnswer(200, body)), key: another.cosigner.key }
      expect([body.slice(0, 9), ...(await ask(log, 300, [lying]))]).toEqual([body.slice(0, 9), { outcome: 'wrong_answer' }])
    }
  })

  test('does not ask again where it is told the size that it named', async () => {
    const witness = await serveAnswer(409, '0\n', 'text/x.tlog.size')
    let asked = 0
    const counting: Fetch = (url, init) => {
      asked += 1
      return fetch(url, init)
    }
    const round = { fetch: counting, witnesses: [witness], note: await log.note(300), consistencyProof: log.consistencyProof }
    expect(await collectCosignatures(round)).toMatchObject([{ reply: { outcome: 'other_size', size: 0 } }])
    expect(asked).toBe(1)
  })

  test('is not led in circles, elsewhere, or to wait for ever', async () => {
    const silent = await listen(createServer(() => {}))
    const key = watch([log, other]).cosigner.key
    expect(
      await ask(
        log,
        300,
        [
          await serveAnswer(409, '7\n', 'text/x.tlog.size'),
          await serveAnswer(409, 'seven\n', 'text/x.tlog.size'),
          await serveAnswer(500, ''),
          await serveAnswer(307, ''),
          { url: silent, key, seenSize: 0 },
          { url: 'http://127.0.0.1:9', key, seenSize: 0 },
          { url: 'no address', key, seenSize: 0 },
        ],
        400,
      ),
    ).toEqual([
      { outcome: 'other_size', size: 7 },
      { outcome: 'wrong_answer' },
      { outcome: 'refused', status: 500 },
      { outcome: 'unreachable' },
      { outcome: 'unreachable' },
      { outcome: 'unreachable' },
      { outcome: 'unreachable' },
    ])
  })

  test('has one address and one method, and no room for more than a request', async () => {
    const { url, faults } = await serve()
    expect((await fetch(`${url}/`)).status).toBe(404)
    const get = await fetch(`${url}/add-checkpoint`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await fetch(`${url}/add-checkpoint?x`, { method: 'POST', body: 'old 0' })).status).toBe(404)
    expect((await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'a'.repeat(130 * 1024) })).status).toBe(413)
    const chunked = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${url}/add-checkpoint`, { method: 'POST' }, ({ statusCode }) => resolve(statusCode ?? 0))
      request.on('error', reject)
      request.write('a'.repeat(100 * 1024))
      request.write('a'.repeat(100 * 1024))
    })
    expect(chunked).toBe(413)
    expect(faults).toEqual([])
  })

  test('answers that it cannot work, and why goes to whoever runs it', async () => {
    const first = watch([log, other])
    const witness = await serve(first)
    watch([log, other], first.folder)
    expect(await ask(log, 300, [witness])).toEqual([{ outcome: 'refused', status: 500 }])
    expect(witness.faults).toMatchObject([{ message: `another witness has taken ${first.folder}` }])
  })

  test('two logs at once, and one log many times at once, end with one line of history', async () => {
    const watching = watch([log, other])
    const witness = await serve(watching)
    const sizes = Array.from({ length: 20 }, (_, at) => 100 + at * 10)
    await Promise.all([...sizes.map((size) => ask(log, size, [witness])), ask(other, 50, [witness])])
    const reached = watching.memory.latest(origin)!.checkpoint.size
    expect(sizes).toContain(reached)
    expect(await ask(log, 700, [{ ...witness, seenSize: reached }])).toMatchObject([{ outcome: 'cosigned' }])
    expect(watching.memory.latest('forthright/two')?.checkpoint.size).toBe(50)
  })
})
