/** One request over a socket of its own choosing: fetch cannot pick the address it calls from, and hides what it sends of itself. */
import { Agent, request, type IncomingHttpHeaders } from 'node:http'

export interface PlainAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  json<T = unknown>(): T
}

export interface PlainRequest {
  readonly method?: string
  /** An object goes as JSON, text as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The address to call from: any of 127.0.0.0/8 on Linux. */
  readonly from?: string
  readonly agent?: Agent
}

/** Rejects where no whole answer came. */
export function send(origin: string, path: string, { method, body, headers = {}, from, agent }: PlainRequest = {}): Promise<PlainAnswer> {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  const sent = {
    ...(text === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, origin), {
      method: method ?? (text === null ? 'GET' : 'POST'),
      headers: sent,
      ...(from === undefined ? {} : { localAddress: from }),
      ...(agent === undefined ? {} : { agent }),
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.once('error', reject)
      incoming.once('aborted', () => reject(new Error('the answer was cut off')))
      incoming.once('end', () => {
        const answer = Buffer.concat(parts).toString('utf8')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: answer, json: <T>() => JSON.parse(answer) as T })
      })
    })
    outgoing.end(text ?? undefined)
  })
}

/** Connections that stay open, one for each request at a time. */
export function keptOpen(): Agent {
  return new Agent({ keepAlive: true, maxSockets: Infinity })
}
