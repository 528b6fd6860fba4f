import type { RequestHandler } from 'express'
import type { Random } from '../kernel/index.ts'
import { startFacts } from './facts.ts'

/**
 * The first middleware: gives the request a random name (16 base64url characters) that ties an answer to a log line. It says nothing
 * about who asked, and a caller's own request id is ignored: it could carry anything into the log.
 */
export function identifyRequests(random: Random): RequestHandler {
  return (_request, response, next) => {
    startFacts(response, Buffer.from(random.bytes(12)).toString('base64url'))
    next()
  }
}
