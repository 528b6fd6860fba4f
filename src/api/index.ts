/**
 * Api: the JSON edge. Everything a page can do, a program can do, through the same use cases and the same schemas.
 * Owns the calls, what they are published as (OpenAPI), how their answers are written, and the judgement of the Idempotency-Key.
 * Promises: no call without a published contract; answers list their fields by hand, so nothing leaves because somebody added a column;
 * unknown fields and query parameters are refused; a reporter's call refuses to know who is signed in.
 */
export { apiRoutes, type ApiDeps } from './routes.ts'
export type { Health } from './service/health.ts'
export type { SessionUseCases } from './sessions/routes.ts'
