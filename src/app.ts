import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import type { StaffContext } from './accounts/index.ts'
import { apiRoutes } from './api/index.ts'
import type { Service } from './composition.ts'
import {
  answerOnTick,
  createErrorHandler,
  createFairness,
  csrfGuard,
  factsOf,
  hardenExpress,
  identifyRequests,
  mountRoutes,
  notFound,
  readBody,
  readCookie,
  redirect,
  securityHeaders,
  type FairnessOptions,
  type Route,
  type Timer,
} from './http/index.ts'
import { hasRole, Refusal } from './kernel/index.ts'
import { createWeb, writtenIn } from './web/index.ts'

export interface AppOptions {
  readonly publicOrigin: string
  readonly trustProxy: false | number | readonly string[]
  readonly demonstration: boolean
  /** False until the organisation has been set up: then only health and static files answer. */
  readonly open: boolean
  readonly timer: Timer
  readonly fairness?: Partial<Omit<FairnessOptions, 'clock' | 'random'>>
  readonly onUnexpected?: (error: unknown) => void
}

/** The service over HTTP. The only place that knows in which order things happen to a request. */
export function createApp(service: Service, options: AppOptions): { app: Express; routes: readonly Route[] } {
  const contexts = new WeakMap<Response, StaffContext>()
  const staffContext = (response: Response): StaffContext => {
    const context = contexts.get(response)
    if (context === undefined) throw new Refusal('session_required')
    return context
  }
  const edge = { ...service, staffContext }
  const web = createWeb({ demonstration: options.demonstration, publicOrigin: options.publicOrigin }, edge)
  const routes = [...web.routes, ...apiRoutes(edge)]

  const app = express()
  hardenExpress(app, typeof options.trustProxy === 'object' ? options.trustProxy.join(',') : options.trustProxy)
  app.use(identifyRequests(service.random))
  app.use(...securityHeaders(options.publicOrigin))

  const letIn = createFairness({ clock: service.clock, random: service.random, ...options.fairness })
  const onTick = answerOnTick(options.timer)
  const guard = sessionGuard(service, contexts)
  const refuseForgery = csrfGuard(options.publicOrigin)
  mountRoutes(app, routes, (route) => [
    ...(options.open || answersWhileClosed(route) ? [] : [refuseClosed]),
    ...(route.onTick ? [onTick] : []),
    // The body first: who sends it slowly must not hold a place that others wait for.
    readBody(route),
    letIn,
    guard(route),
    refuseForgery,
  ])

  app.use(notFound)
  app.use(
    createErrorHandler({
      log: service.log,
      sendErrorPage: (response, page) => web.pages.sendError(response, page),
      ...(options.onUnexpected && { onUnexpected: options.onUnexpected }),
    }),
  )
  return { app, routes }
}

const refuseClosed: RequestHandler = (_request, _response, next) => next(new Refusal('not_set_up'))

function answersWhileClosed({ path }: Route): boolean {
  return path === '/healthz' || path === '/readyz' || path.startsWith('/static/')
}

/**
 * Opens the session of a staff route and checks the route's roles; the use case decides again. The API takes a bearer token only, pages the
 * cookie only, so that neither can be used to get at the other. A refusal for want of a role leaves an entry.
 */
function sessionGuard(service: Service, contexts: WeakMap<Response, StaffContext>) {
  return (route: Route): RequestHandler => {
    const { policy } = route
    if (policy.kind !== 'staff') return (_request, _response, next) => next()
    return async (request, response, next) => {
      const facts = factsOf(response)
      const context = await openOrKeep(service, route, request, facts.requestId)
      if (context === null) return redirect(response, '/sign-in?kept=yes')
      contexts.set(response, context)
      facts.staff = context.person
      facts.csrfToken = context.csrf
      if (policy.roles.length > 0 && !hasRole(context.person, ...policy.roles)) {
        await service.recordRefusal(context, `${route.method} ${route.path}`, 'permission_denied')
        throw new Refusal('permission_denied')
      }
      next()
    }
  }
}

/**
 * The session, or null where it is over and the form that was sent has been put into safekeeping until its writer signs in again
 * (`security.md` 5).
 */
async function openOrKeep({ accounts }: Service, route: Route, request: Request, requestId: string): Promise<StaffContext | null> {
  try {
    return await accounts.openSession(bearerOf(request), requestId)
  } catch (error) {
    const text = error instanceof Refusal && route.body !== 'json' ? writtenIn(request) : null
    if (text !== null && (await accounts.keepText(readCookie(request, 'staff') ?? '', text))) return null
    throw error
  }
}

function bearerOf(request: Request): string {
  const token = request.path.startsWith('/api/')
    ? /^Bearer ([\w.-]+)$/.exec(request.get('authorization') ?? '')?.[1]
    : readCookie(request, 'staff')
  if (token === undefined || token === null || token === '') throw new Refusal('session_required')
  return token
}
