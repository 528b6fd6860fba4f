import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Method, Policy } from '../http/index.ts'
import type { ErrorCode } from '../kernel/index.ts'
import type { Call, FileType } from './call.ts'
import type { Tag } from './tags.ts'

interface Parts {
  readonly name: string
  readonly path: string
  readonly policy: Policy
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  /** What the answer holds, in words. */
  readonly gives: string
  readonly type: FileType
  readonly query?: z.ZodType
  readonly refusals?: readonly ErrorCode[]
  /** The whole body, or null where the handler has sent it. Express's own parts, since a file can be larger than memory. */
  readonly handle: (request: Request, response: Response) => Promise<string | Uint8Array | null>
}

const method: Method = 'get'

/** A call that answers with something else than JSON. It takes no body, and a query only where it reads it itself. */
export function fileCall({ name, path, policy, tag, summary, description, gives, type, query, refusals = [], handle }: Parts): Call {
  return {
    method,
    path,
    policy,
    contract: { name, tag, summary, description, query, takesKey: false, answers: { 200: { description: gives, type } }, refusals },
    handle: async (request, response) => {
      const body = await handle(request, response)
      if (body === null) return
      response.type(type === 'text/plain' ? 'text/plain; charset=utf-8' : type)
      response.send(typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    },
  }
}

/** The rest of the address where the path ends in `*path`, as it was asked for, each part decoded. */
export function restOfPath(request: Request): string {
  const rest: unknown = request.params['path']
  return Array.isArray(rest) ? rest.join('/') : ''
}
