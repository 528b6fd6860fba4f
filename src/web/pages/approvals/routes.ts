import type { Request, Response } from 'express'
import type { StaffContext } from '../../../accounts/index.ts'
import type { ApprovalSummary } from '../../../concerns/index.ts'
import { factsOf, formFields, pathText, queryFields, redirect, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import { approvers, type StaffPageDeps } from '../../staff/deps.ts'
import { codeOptions } from '../../staff/options.ts'
import { nothingTyped, type Typed } from '../../staff/typed.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { readDecision } from './form.ts'
import { approvalView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

/** What waits for one's approval, and the act itself: a decision in one's own session, with a fresh code. */
export function approvalRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const path = '/approvals/:approvalId'
  const visit = (request: Request, response: Response): Visit => ({
    pages,
    concerns: deps.concerns,
    ctx: deps.staffContext(response),
    request,
    response,
  })
  return [
    { method: 'get', path: '/approvals', policy: approvers, handle: (request, response) => list(visit(request, response)) },
    { method: 'get', path, policy: approvers, handle: (request, response) => show(visit(request, response), nothingTyped) },
    { method: 'post', path, policy: approvers, body: 'form', handle: (request, response) => answer(visit(request, response)) },
  ]
}

interface Visit {
  readonly pages: Pages
  readonly concerns: Deps['concerns']
  readonly ctx: StaffContext
  readonly request: Request
  readonly response: Response
}

async function list({ pages, concerns, ctx, request, response }: Visit): Promise<void> {
  const approvals = (await concerns.viewApprovals(ctx)).map(approvalView)
  const words = wordsIn(factsOf(response).language)
  const done = queryFields(request).one('done')
  const notice = done === 'approve' || done === 'refuse' ? words.notices[done] : undefined
  const page = { template: 'approvals/approvals.njk', title: words.title, words, view: { approvals } }
  pages.send(response, { ...page, ...(notice !== undefined && { notice }) })
}

async function find({ concerns, ctx, request }: Visit): Promise<ApprovalSummary | null> {
  const waiting = await concerns.viewApprovals(ctx)
  return waiting.find(({ id }) => id === pathText(request, 'approvalId')) ?? null
}

async function show(visit: Visit, typed: Typed, faults: readonly ShownFault[] = []): Promise<void> {
  const { pages, response } = visit
  const approval = await find(visit)
  const words = wordsIn(factsOf(response).language)
  if (approval === null) return pages.send(response, { template: 'approvals/gone.njk', title: words.gone.title, words, status: 404 })
  const options = { approve: words.decide.approve, refuse: words.decide.refuse }
  pages.send(response, {
    template: 'approvals/decide.njk',
    title: `${approval.reference}: ${words.decide.title}`,
    words,
    view: {
      approval: approvalView(approval),
      decisions: codeOptions(options, typed.many('decision')),
      note: typed.one('note'),
      staffWords,
    },
    back: '/approvals',
    faults,
  })
}

async function answer(visit: Visit): Promise<void> {
  const form = formFields(visit.request)
  if (form.has('change')) return show(visit, form)
  try {
    await decide(visit)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'approval_not_pending') return show(visit, form)
    const { errors } = wordsIn(factsOf(visit.response).language)
    const missing = missingCode(form.one('otp'), visit.ctx, errors.otp)
    await show(visit, form, codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: errors }), ...missing])
  }
}

async function decide(visit: Visit): Promise<void> {
  const input = readDecision(formFields(visit.request))
  const approval = await find(visit)
  if (approval === null) throw new Refusal('approval_not_pending')
  const { decision } = await visit.concerns.decideApproval(visit.ctx, approval.concernId, approval.id, input)
  redirect(visit.response, `/approvals?done=${decision}`)
}
