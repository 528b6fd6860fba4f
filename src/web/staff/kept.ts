import type { Request } from 'express'
import type { WrittenText } from '../../accounts/index.ts'
import { csrfField } from '../../http/index.ts'

/** Fields that are no writing: codes that work once, and what only steers a page. */
const notWriting: ReadonlySet<string> = new Set([
  ...[csrfField, 'otp', 'password', 'confirmed', 'change', 'add', 'remove', 'insert', 'phrase'],
  ...['current', 'again', 'third', 'last', 'digest', 'agree', 'end', 'username'],
])

/** A field sent several times (ticked boxes) is kept under numbered names. No form of ours has a `#` in a name. */
const numbered = (name: string, index: number): string => (index === 0 ? name : `${name}#${index}`)

/** What a form that came too late held; null where there was nothing worth keeping. Called by the session guard, body read. */
export function writtenIn(request: Request): WrittenText | null {
  const body: unknown = request.body
  const held: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const fields = held
    .filter(([name]) => !notWriting.has(name))
    .flatMap(([name, value]) =>
      [value].flat().flatMap((one, index) => (typeof one === 'string' ? [[numbered(name, index), one] as const] : [])),
    )
  const keptAlready = request.path === '/kept'
  return keptAlready || fields.length === 0 ? null : { place: request.path, fields: Object.fromEntries(fields) }
}

/** The fields under the names they were typed in. */
export function byName(fields: WrittenText['fields']): Readonly<Record<string, readonly string[]>> {
  const lists: Record<string, string[]> = {}
  for (const [key, value] of Object.entries(fields)) (lists[key.split('#')[0] ?? key] ??= []).push(value)
  return lists
}
