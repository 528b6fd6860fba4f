import type { Request, Response } from 'express'
import { resetDecision } from '../../../accounts/index.ts'
import { factsOf, formFields, pathText, readInput, redirect, type Policy, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import { codeOptions } from '../../staff/options.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { showLink } from '../people/show-link.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The second person's decision on a new second factor. */
export function resetRoutes(pages: Pages, deps: PeopleDeps, policy: Policy): readonly Route[] {
  const path = '/countersign/resets/:resetId'
  return [
    { method: 'get', path, policy, handle: (request, response) => show(pages, deps, request, response) },
    { method: 'post', path, policy, body: 'form', handle: (request, response) => decide(pages, deps, request, response) },
  ]
}

async function show(
  pages: Pages,
  { people, staffContext }: PeopleDeps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const ctx = staffContext(response)
  const words = wordsIn(factsOf(response).language)
  const reset = (await people.viewResets(ctx)).find(({ id }) => id === pathText(request, 'resetId'))
  if (reset === undefined)
    return pages.send(response, {
      template: 'countersign/gone.njk',
      title: words.reset.gone.title,
      words,
      status: 404,
      back: '/countersign',
    })
  const { decision, confirm, refuse } = { ...words.reset }
  pages.send(response, {
    template: 'countersign/reset.njk',
    title: words.reset.title,
    words,
    view: {
      name: reset.name,
      askedBy: reset.askedBy,
      action: `/countersign/resets/${reset.id}`,
      decision,
      decisions: codeOptions({ confirm, refuse }, formFields(request).many('decision')),
      needsCode: !ctx.steppedUp,
    },
    back: '/countersign',
    faults,
  })
}

async function decide(pages: Pages, deps: PeopleDeps, request: Request, response: Response): Promise<void> {
  const ctx = deps.staffContext(response)
  const form = formFields(request)
  try {
    const reset = (await deps.people.viewResets(ctx)).find(({ id }) => id === pathText(request, 'resetId'))
    if (reset === undefined) return await show(pages, deps, request, response)
    const input = readInput(resetDecision, { decision: form.one('decision'), otp: form.one('otp').replaceAll(/\s/g, '') })
    const link = await deps.people.decideReset(ctx, reset.id, input)
    if (link === null) return redirect(response, '/countersign?done=refused')
    showLink(pages, response, deps.publicOrigin, link, { name: reset.name, from: 'countersign' })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'approval_not_pending') return show(pages, deps, request, response)
    const { errors } = wordsIn(factsOf(response).language)
    const missing = missingCode(form.one('otp'), ctx, errors.otp)
    await show(
      pages,
      deps,
      request,
      response,
      codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: { decision: errors.decision } }), ...missing],
    )
  }
}
