import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { Refusal } from '../kernel/index.ts'
import { factsOf, type RequestFacts } from './facts.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that another site caused (`security.md` 5). Runs after the session guard and the body.
 *
 * 1. `Sec-Fetch-Site` decides where the browser sends it: `same-origin` passes, also with `Origin: null`, which is what browsers send with every
 *    form POST under `Referrer-Policy: no-referrer`. `cross-site` and `same-site` are refused. `none` (typed or restored by the person, which no
 *    page can cause) goes on to 2.
 * 2. Without it (Safari before 16.4): another origin is refused, ours passes, and `null` or none needs the synchroniser token.
 * 3. No session yet and still no answer: a reporter's route passes, because there is nothing to ride on. Such a call can only raise a concern as
 *    anybody may anyway, and turning it down would shut out old phones. Everything else is refused: at the sign-in page it would let
 *    another site sign a visitor in as somebody else.
 *
 * Under `/api` nothing rides along: no cookie is read there, only a bearer or a token in the body. A browser's cross-site call is refused
 * all the same, since no client of ours makes one.
 */
export function csrfGuard(publicOrigin: string): RequestHandler {
  return (request, response, next) => {
    const allowed = safeMethods.has(request.method) || isOwn(request, factsOf(response), publicOrigin)
    next(allowed ? undefined : new Refusal('csrf_refused'))
  }
}

function isOwn(request: Request, facts: RequestFacts, publicOrigin: string): boolean {
  const site = request.get('sec-fetch-site')
  if (site === 'same-origin') return true
  if (site !== undefined && site !== 'none') return false
  if (request.path.startsWith('/api/')) return true
  const origin = request.get('origin')
  if (origin !== undefined && origin !== 'null') return origin === publicOrigin
  if (facts.csrfToken !== null) return sameToken(request, facts.csrfToken)
  return facts.policy?.kind === 'reporter'
}

/** The field every form of ours carries. */
export const csrfField = '_csrf'

function sameToken(request: Request, expected: string): boolean {
  const body: unknown = request.body
  const given = typeof body === 'object' && body !== null ? Reflect.get(body, csrfField) : undefined
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
