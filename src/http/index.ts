/**
 * Http: everything between the socket and a page or API handler that is the same for both.
 * Owns the problem table, headers, body limits, CSRF, cookies, the route table, fairness, ticks and padding; knows nothing of concerns or people.
 * Promises: a route without a policy stops start-up; every error code has an answer; no address is kept; no answer is stored by a browser.
 */
export { readBody, bodyLimit, formFields, queryFields, type FormFields } from './bodies.ts'
export { clearCookie, readCookie, setCookie } from './cookies.ts'
export { csrfField, csrfGuard } from './csrf.ts'
export { createErrorHandler, type ErrorHandling, type ErrorPage } from './error-handler.ts'
export { factsOf, type RequestFacts } from './facts.ts'
export { createFairness, type FairnessOptions } from './fairness.ts'
export { createGate, type Gate } from './gate.ts'
export { hardenExpress, securityHeaders } from './headers.ts'
export { readInput } from './input.ts'
export { padPage } from './padding.ts'
export { problemTable, type PageKind } from './problem-table.ts'
export { identifyRequests } from './request-id.ts'
export { anyone, reporterOnly, staffOnly, type Lane, type Policy } from './policy.ts'
export { checkRoutes, laneOf, mountRoutes, notFound, pathText, redirect, type Method, type Route } from './routes.ts'
export { createStaticFiles, type StaticFile, type StaticFiles } from './static-files.ts'
export { answerOnTick, systemTimer, type Timer } from './ticks.ts'
