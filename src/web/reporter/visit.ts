import type { Request, Response } from 'express'
import type { DraftAnswers, RaisedAnswer, VisitorContext } from '../../concerns/index.ts'
import { factsOf, queryFields, redirect, type Route } from '../../http/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { Pages } from '../layout/index.ts'
import { sendDeadEnd, type DeadEnd } from '../pages/dead-end/send.ts'
import type { ReporterDeps } from './deps.ts'
import { holdKeys, readHeldKeys, type Progress } from './held-keys.ts'
import { steps } from './steps.ts'

type Handler = Route['handle']

/** One request of a person who is writing. */
export interface DraftVisit {
  readonly request: Request
  readonly response: Response
  readonly language: string
  readonly ctx: VisitorContext
  readonly key: string
  readonly answers: DraftAnswers
  /** True where the page was opened from "Change" on the check page and leads back there. */
  readonly fromCheck: boolean
}

/** One request of a person who has sent and still holds the receipt. */
export interface SentVisit {
  readonly request: Request
  readonly response: Response
  readonly language: string
  readonly key: string
  readonly progress: Progress
  readonly answer: RaisedAnswer
}

export function visitorOf(deps: Pick<ReporterDeps, 'clock'>, response: Response): VisitorContext {
  return { requestId: factsOf(response).requestId, now: deps.clock.now() }
}

const pageOf = { open: steps.code, written_down: steps.codeCheck, checked: steps.next } as const satisfies Record<Progress, string>

/** Where a person belongs whose concern is sent. */
export const afterSend = (progress: Progress): string => pageOf[progress]

/** Refusals that end the journey, each with a page that says what to do now and never blames. */
const deadEnds: Readonly<Partial<Record<string, DeadEnd>>> = {
  draft_gone: 'gone',
  intake_closed: 'closed',
  no_reader_left: 'nobodyLeft',
}

/** Runs a handler; where the journey can't go on, the person gets the other ways to speak up on the same page. */
export function kindly(pages: Pages, deps: ReporterDeps, handle: Handler): Handler {
  return async (request, response) => {
    try {
      await handle(request, response)
    } catch (error) {
      const end = error instanceof Refusal ? deadEnds[error.code] : undefined
      if (end === undefined) throw error
      await sendDeadEnd(pages, deps, response, end)
    }
  }
}

/** A handler for pages of a draft: without one the kind page, and after Send the page with the code, so that Back never sends twice. */
export function whileWriting(pages: Pages, deps: ReporterDeps, handle: (visit: DraftVisit) => void | Promise<void>): Handler {
  return kindly(pages, deps, async (request, response) => {
    const { draft } = readHeldKeys(request)
    const ctx = visitorOf(deps, response)
    const state = draft === null ? null : await deps.concerns.drafts.open(ctx, draft.key)
    if (draft === null || state === null) throw new Refusal('draft_gone')
    if (state.kind === 'sent') return redirect(response, afterSend(draft.progress))
    const { language } = factsOf(response)
    const fromCheck = queryFields(request).one('from') === 'check'
    await handle({ request, response, language, ctx, key: draft.key, answers: state.answers, fromCheck })
  })
}

/** A handler for pages that show the receipt. Before Send it leads to the check page; with the receipt gone it says so. */
export function onceSent(pages: Pages, deps: ReporterDeps, handle: (visit: SentVisit) => void | Promise<void>): Handler {
  return kindly(pages, deps, async (request, response) => {
    const { draft } = readHeldKeys(request)
    const state = draft === null ? null : await deps.concerns.drafts.open(visitorOf(deps, response), draft.key)
    if (draft === null || state === null) return sendDeadEnd(pages, deps, response, 'receiptGone')
    if (state.kind === 'draft') return redirect(response, steps.check)
    const { language } = factsOf(response)
    await handle({ request, response, language, key: draft.key, progress: draft.progress, answer: state.answer })
  })
}

/** Deletes draft or receipt and lets go of its key; an open inbox stays open. */
export async function forgetDraft(deps: ReporterDeps, request: Request, response: Response, key: string): Promise<void> {
  await deps.concerns.drafts.forget(key)
  holdKeys(response, { ...readHeldKeys(request), draft: null })
}
