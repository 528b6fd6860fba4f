import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'

/**
 * Every cookie of ours is `__Host-`: bound to this host over TLS, unreadable by scripts, never sent with a request another site caused.
 * Browsers treat http on localhost and 127.0.0.1 as secure for them, and nothing else.
 */
const attributes = { secure: true, httpOnly: true, sameSite: 'strict', path: '/' } as const

const fullName = (name: string): string => `__Host-${name}`

/** The cookie's value, undefined where the browser sent none. */
export function readCookie(request: Request, name: string): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[fullName(name)]
}

/** Without `maxAgeSeconds` the cookie dies with the browser: the default for everything a reporter holds. */
export function setCookie(response: Response, name: string, value: string, options: { readonly maxAgeSeconds?: number } = {}): void {
  const age = options.maxAgeSeconds === undefined ? {} : { maxAge: options.maxAgeSeconds }
  response.append('Set-Cookie', stringifySetCookie({ name: fullName(name), value, ...attributes, ...age }))
}

export function clearCookie(response: Response, name: string): void {
  setCookie(response, name, '', { maxAgeSeconds: 0 })
}
