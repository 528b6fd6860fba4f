import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { WitnessFault } from './folder.ts'
import { largestRequest } from './request.ts'
import type { WitnessAnswer } from './witness.ts'

const plain = { 'content-type': 'text/plain; charset=utf-8' } as const

/**
 * The witness over HTTP: `POST /add-checkpoint`, and nothing else. It writes down nothing about who asks. `onFault` hears of what keeps
 * it from working, once each time; with a WitnessFault it should end.
 */
export function createWitnessServer(witness: (body: Uint8Array) => WitnessAnswer, onFault: (error: unknown) => void): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 }, (request, response) => {
    if (request.url !== '/add-checkpoint') return refuse(request, response, 404, 'no such address')
    if (request.method !== 'POST') return refuse(request, response, 405, 'POST only')
    readBody(request).then(
      (body) => (body === null ? refuse(request, response, 413, 'too large') : answer(response, body)),
      () => response.destroy(),
    )
  })
  const answer = (response: ServerResponse, body: Uint8Array): void => {
    try {
      const { status, type, body: text } = witness(body)
      response.writeHead(status, { 'content-type': type }).end(text)
    } catch (error) {
      response.writeHead(500, plain).end('this witness cannot work now\n')
      onFault(error instanceof WitnessFault ? error : new Error('the witness failed', { cause: error }))
    }
  }
  server.maxConnections = 64
  return server
}

/** Answers without having read what may still come, so the connection ends. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
  request.resume()
  response.writeHead(status, { ...plain, connection: 'close', ...(status === 405 ? { allow: 'POST' } : {}) }).end(`${why}\n`)
}

/** Null where there is more than any request has. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > largestRequest) return null
  const chunks: Uint8Array[] = []
  let length = 0
  // not destroyed on the way out: there is an answer still to be sent
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > largestRequest) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
