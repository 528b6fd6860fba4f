import express, { type Request, type RequestHandler } from 'express'
import { Refusal } from '../kernel/index.ts'
import { readMultipart } from './multipart.ts'
import type { Route } from './routes.ts'

/** 20,000 characters pass 180 kB once url-encoded; 512 KiB leaves room for four-byte scripts (`security.md` 7). */
export const bodyLimit = 512 * 1024
const fieldLimit = 400

// An attacker's `{"__proto__": …}` becomes an own property that a later merge would turn into a prototype: refuse it at the door.
function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is not a field')
  return value
}

// `inflate: false`: a compressed body is 415, so a small request can't unfold into a large one.
const json = express.json({ limit: bodyLimit, strict: true, inflate: false, type: 'application/json', reviver: refusePrototypes })
// The simple parser gives a flat object without a prototype: no nesting, no `__proto__`.
const form = express.urlencoded({ limit: bodyLimit, extended: false, inflate: false, parameterLimit: fieldLimit })

const parts = express.raw({ limit: bodyLimit, inflate: false, type: 'multipart/form-data' })
const upload: RequestHandler = (request, response, next) => {
  if (request.is('multipart/form-data') === false) return form(request, response, next)
  parts(request, response, (error?: unknown) => {
    if (error !== undefined) return next(error)
    try {
      request.body = readMultipart(request.body as Buffer, request.get('content-type') ?? '')
    } catch (fault) {
      return next(fault)
    }
    next()
  })
}

const readers = {
  json: { media: ['application/json'], read: json },
  form: { media: ['application/x-www-form-urlencoded'], read: form },
  upload: { media: ['application/x-www-form-urlencoded', 'multipart/form-data'], read: upload },
} satisfies Record<string, { media: string[]; read: RequestHandler }>

/** Reads the one kind of body a route takes. Another type is 415, over 512 KiB 413, JSON that does not parse 400; no body at all is `{}`. */
export function readBody(route: Route): RequestHandler {
  if (route.body === undefined) return (_request, _response, next) => next()
  const { media, read } = readers[route.body]
  return (request, response, next) => {
    if (!hasBody(request)) {
      request.body = {}
      return next()
    }
    // `is` answers false both for another type and for none
    if (request.is(media) === false) return next(new Refusal('unsupported_media_type'))
    read(request, response, next)
  }
}

function hasBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

/** The fields of a posted form. Every value is text: whoever repeats a field or leaves it out gets no surprise types through. */
export interface FormFields {
  /** The value, `''` where the field is absent; the first where it was repeated. */
  one(name: string): string
  /** All values of a field, `[]` where absent: checkboxes. */
  many(name: string): readonly string[]
  has(name: string): boolean
}

export function formFields(request: Request): FormFields {
  return fieldsOf(request.body)
}

/** The query of a GET form, read the same way. */
export function queryFields(request: Request): FormFields {
  return fieldsOf(request.query)
}

function fieldsOf(source: unknown): FormFields {
  const held: Record<string, unknown> = typeof source === 'object' && source !== null ? { ...source } : {}
  const many = (name: string): readonly string[] =>
    [Object.hasOwn(held, name) ? held[name] : undefined].flat().filter((value) => typeof value === 'string')
  return { one: (name) => many(name)[0] ?? '', many, has: (name) => many(name).length > 0 }
}
