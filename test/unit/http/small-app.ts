/** A service of nothing but the http room and the routes of a test. Tests of the product use the real app instead. */
import express, { type Express } from 'express'
import {
  createErrorHandler,
  createFairness,
  csrfGuard,
  factsOf,
  hardenExpress,
  identifyRequests,
  mountRoutes,
  notFound,
  readBody,
  securityHeaders,
  type FairnessOptions,
  type Route,
} from '../../../src/http/index.ts'
import { systemClock, systemRandom, type LogEvent } from '../../../src/kernel/index.ts'

export interface SmallAppOptions {
  readonly routes: readonly Route[]
  readonly origin?: string
  /** Plays the session guard: the synchroniser token of a session that exists. */
  readonly csrfToken?: string
  readonly fairness?: Partial<FairnessOptions>
}

export interface SmallApp {
  readonly app: Express
  readonly logged: [LogEvent, object][]
  readonly unexpected: unknown[]
}

export const ourOrigin = 'https://speak.example.nhs.uk'

export function smallApp({ routes, origin = ourOrigin, csrfToken, fairness = {} }: SmallAppOptions): SmallApp {
  const logged: [LogEvent, object][] = []
  const unexpected: unknown[] = []
  const app = express()
  hardenExpress(app, false)
  app.use(identifyRequests(systemRandom), ...securityHeaders(origin))
  const letIn = createFairness({ clock: systemClock, random: systemRandom, ...fairness })
  mountRoutes(app, routes, (route) => [
    letIn,
    readBody(route),
    (_request, response, next) => {
      factsOf(response).csrfToken = csrfToken ?? null
      next()
    },
    csrfGuard(origin),
  ])
  app.use(
    notFound,
    createErrorHandler({
      log: (event, fields = {}) => void logged.push([event, fields]),
      sendErrorPage: (response, page) => void response.status(page.status).type('html').send(`<title>${page.title}</title>`),
      onUnexpected: (error) => void unexpected.push(error),
    }),
  )
  return { app, logged, unexpected }
}
