import type { Request, Response } from 'express'
import type { ReporterContext } from '../../concerns/index.ts'
import { factsOf, redirect, type Route } from '../../http/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { Pages } from '../layout/index.ts'
import { sendCodePage } from '../pages/inbox-code/send.ts'
import type { ReporterDeps } from './deps.ts'
import { holdKeys, readHeldKeys } from './held-keys.ts'
import { inboxSteps } from './steps.ts'
import { visitorOf } from './visit.ts'

/** One request of a person who came back with their code. */
export interface InboxVisit {
  readonly request: Request
  readonly response: Response
  readonly language: string
  readonly ctx: ReporterContext
}

/** The open inbox of this browser; null where there is none or its time is over. */
export async function resumeInbox(deps: ReporterDeps, request: Request, response: Response): Promise<ReporterContext | null> {
  const { inbox } = readHeldKeys(request)
  if (inbox === null) return null
  try {
    return await deps.concerns.inboxSessions.resume(visitorOf(deps, response), inbox)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'inbox_closed') return null
    throw error
  }
}

/** A handler for pages of an open inbox; where it has run out the code is asked for again, with the reason (WCAG 2.2 SC 2.2.1). */
export function whileOpen(
  pages: Pages,
  deps: ReporterDeps,
  handle: (visit: InboxVisit) => void | Promise<void>,
  also: { readonly handedOver?: boolean } = {},
): Route['handle'] {
  return async (request, response) => {
    const ctx = await resumeInbox(deps, request, response)
    // A code that somebody else held first: they take one of their own before they see or write anything.
    if (ctx?.handedOver === true && also.handedOver !== true) return redirect(response, inboxSteps.newCode)
    if (ctx !== null) return handle({ request, response, language: factsOf(response).language, ctx })
    const held = readHeldKeys(request)
    holdKeys(response, { ...held, inbox: null })
    sendCodePage(pages, response, { timeOver: held.inbox !== null, status: 401 })
  }
}
