import type { ErrorRequestHandler, Response } from 'express'
import type { ErrorCode, Log, Refusal } from '../kernel/index.ts'
import { factsOf } from './facts.ts'
import { problemOf, refusalOf, type Problem } from './problem.ts'
import { problemTable, type PageKind } from './problem-table.ts'
import { createReporterFailures } from './reporter-failures.ts'

/** What an error page is made from. It holds no word that a person wrote. */
export interface ErrorPage extends Problem {
  readonly kind: PageKind
  readonly retryAfterSeconds: number | null
}

export interface ErrorHandling {
  readonly log: Log
  /** Draws the page and sends it with the status of the problem. */
  readonly sendErrorPage: (response: Response, page: ErrorPage) => void
  /** Tests look at unexpected errors through this; the log never holds their text. */
  readonly onUnexpected?: (error: unknown) => void
}

const defaultRetrySeconds = 10

/** The last step of all: problem+json under `/api`, a page elsewhere. Only faults of ours (5xx) are logged, by code and request id. */
export function createErrorHandler(handling: ErrorHandling): ErrorRequestHandler {
  const noteReporters = createReporterFailures(handling.log)
  return (error: unknown, request, response, _next) => {
    const refusal = refusalOf(error)
    const { requestId, answered, policy } = factsOf(response)
    report(handling, refusal, policy?.kind === 'reporter' ? noteReporters : (code) => handling.log('request_failed', { code, requestId }))
    if (answered) return
    if (response.headersSent) return void request.socket.destroy()
    const retryAfterSeconds = retryAfter(refusal)
    if (retryAfterSeconds !== null) response.setHeader('Retry-After', String(retryAfterSeconds))
    const problem = problemOf(refusal, requestId)
    if (request.path === '/api' || request.path.startsWith('/api/')) return sendProblem(response, problem)
    const page = { ...problem, kind: problemTable[refusal.code].page, retryAfterSeconds }
    try {
      handling.sendErrorPage(response, page)
    } catch (second) {
      // A page that can't be drawn must not end in Express's own handler, which prints the stack
      handling.onUnexpected?.(second)
      response.status(500).type('text/plain').send(page.title)
    }
  }
}

function report({ onUnexpected }: ErrorHandling, refusal: Refusal, note: (code: ErrorCode) => void): void {
  if (problemTable[refusal.code].status < 500) return
  note(refusal.code)
  if (refusal.code === 'internal_error') onUnexpected?.(refusal.cause ?? refusal)
}

function retryAfter(refusal: Refusal): number | null {
  const { page } = problemTable[refusal.code]
  if (page !== 'wait') return refusal.retryAfterSeconds ?? null
  return Math.max(1, Math.ceil(refusal.retryAfterSeconds ?? defaultRetrySeconds))
}

function sendProblem(response: Response, problem: Problem): void {
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}
