import { Router, type Express, type Request, type RequestHandler, type Response } from 'express'
import { Refusal } from '../kernel/index.ts'
import { factsOf } from './facts.ts'
import type { Lane, Policy } from './policy.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface Route {
  readonly method: Method
  readonly path: string
  readonly policy: Policy
  readonly handle: (request: Request, response: Response) => void | Promise<void>
  /** The only body type the route reads; absent means that it reads none. `upload` is a form that may have a small text file in it. */
  readonly body?: 'form' | 'json' | 'upload'
  /** The fairness lane, where it is not the policy's own. */
  readonly lane?: Lane
  /** True for calls that bear a token: answered on a tick, so that a hit takes as long as a miss. */
  readonly onTick?: true
  /** Takes only calls that carry an Authorization header; the same address without one is another route's, which comes after it in the table. */
  readonly forBearer?: true
}

const laneOfPolicy = { public: 'public', reporter: 'reporter', staff: 'staff' } as const satisfies Record<Policy['kind'], Lane>

export const laneOf = (route: Route): Lane => route.lane ?? laneOfPolicy[route.policy.kind]

/** Two paths that differ only in a parameter's name are one. */
const shapeOf = (path: string): string => path.replaceAll(/:[A-Za-z]+/g, ':')

/**
 * Checks the table before anything listens: throws where a route has no policy (deny by default, `security.md` 5), where two routes share a
 * method and path, where a path begins with a parameter, or where a GET would read a body.
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>()
  for (const route of routes) {
    const name = `${route.method.toUpperCase()} ${route.path}`
    checkRoute(route, name)
    const shape = `${route.method} ${shapeOf(route.path)}${route.forBearer ? ' with a bearer' : ''}`
    if (route.forBearer && seen.has(`${route.method} ${shapeOf(route.path)}`)) throw new Error(`route hidden by the one before it: ${name}`)
    if (seen.has(shape)) throw new Error(`route defined twice: ${name}`)
    seen.add(shape)
  }
}

/** What is wrong with a route whatever else is in the table. */
function checkRoute(route: Route, name: string): void {
  const kind: string | undefined = (route as Partial<Route>).policy?.kind
  if (kind !== 'public' && kind !== 'reporter' && kind !== 'staff') throw new Error(`route without a policy: ${name}`)
  if (/[:*{]/.test(sectionOf(route.path))) throw new Error(`route without a word to find it by: ${name}`)
  if (route.method === 'get' && route.body !== undefined) throw new Error(`a GET reads no body: ${name}`)
}

/**
 * Mounts the table. `steps` gives the middleware of a route in the order they run before its handler (fairness, body, guard, CSRF): app.ts
 * decides it in one place. Every path also answers other methods with 405 and `Allow`.
 */
export function mountRoutes(app: Express, routes: readonly Route[], steps: (route: Route) => readonly RequestHandler[]): void {
  checkRoutes(routes)
  const methods = new Map<string, Method[]>()
  const tables = new Map<string, Router>()
  const tableOf = (path: string): Router => {
    const table = tables.get(sectionOf(path)) ?? Router()
    tables.set(sectionOf(path), table)
    return table
  }
  for (const route of routes) {
    tableOf(route.path)[route.method](
      route.path,
      ...(route.forBearer ? [onlyWithBearer] : []),
      matched(route),
      ...steps(route),
      route.handle,
    )
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method])
  }
  for (const [path, allowed] of methods) tableOf(path).route(path).all(methodNotAllowed(allowed))
  app.use((request, response, next) => {
    const table = tables.get(sectionOf(request.path))
    if (table === undefined) next()
    else table(request, response, next)
  })
}

/**
 * The words that a path begins with, by which its table is found: else each request would be compared with some three hundred paths, which was a
 * tenth of what a refusal costs. A path that began with a parameter would be found by no address, so `checkRoutes` lets none.
 */
function sectionOf(path: string): string {
  const words = path.toLowerCase().split('/', 4)
  return words[1] === 'api' ? words.join('/') : `/${words[1] ?? ''}`
}

function matched(route: Route): RequestHandler {
  return (_request, response, next) => {
    const facts = factsOf(response)
    facts.policy = route.policy
    facts.lane = laneOf(route)
    next()
  }
}

const onlyWithBearer: RequestHandler = (request, _response, next) => {
  if (request.get('authorization') === undefined) next('route')
  else next()
}

function methodNotAllowed(allowed: readonly Method[]): RequestHandler {
  const names = allowed.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
  return (_request, response, next) => {
    response.setHeader('Allow', names.join(', '))
    next(new Refusal('method_not_allowed'))
  }
}

/** The last middleware: whatever no route took. */
export const notFound: RequestHandler = (_request, _response, next) => {
  next(new Refusal('not_found'))
}

/** A path parameter as text, `''` where the path has none of that name. */
export function pathText(request: Request, name: string): string {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}

/** A redirect after a form (303), so that reload and Back never send it again. The target is always a path of our own. */
export function redirect(response: Response, path: string): void {
  if (!path.startsWith('/') || path.startsWith('//')) throw new Error('redirects stay on our own host')
  response.redirect(303, path)
}
