import type { Request, Response } from 'express'
import type { StaffContext } from '../../accounts/index.ts'
import { formFields, type FormFields } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import type { Pages } from '../layout/index.ts'
import { concernIdOf, type StaffPageDeps } from './deps.ts'

/** One request of a member of staff at a page of one concern. */
export interface ConcernVisit {
  readonly pages: Pages
  readonly concerns: StaffPageDeps['concerns']
  readonly ctx: StaffContext
  readonly id: ConcernId
  readonly request: Request
  readonly response: Response
  /** What was posted; empty for a GET. */
  readonly form: FormFields
}

type Handle = (request: Request, response: Response) => Promise<void>

/** Makes a handler of what a page does with a visit. Refusal `not_found`, `session_required`. */
export function visiting(
  pages: Pages,
  { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>,
  handle: (visit: ConcernVisit) => Promise<void>,
): Handle {
  return async (request, response) =>
    handle({ pages, concerns, ctx: staffContext(response), id: concernIdOf(request), request, response, form: formFields(request) })
}
