import type { Request, Response } from 'express'
import { factsOf, formFields, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { holdKeys, readHeldKeys } from '../../reporter/held-keys.ts'
import { resumeInbox, whileOpen, type InboxVisit } from '../../reporter/inbox-visit.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { sendFormAgain } from '../inbox-again/send.ts'
import { openInbox } from '../inbox-code/open.ts'
import { newSecret } from '../inbox-reply/form.ts'
import { showCode } from '../sent/view.ts'
import { words as codeWords } from '../sent/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * A new code. The page that offers it hands out the key of its receipt first: whatever is cut off after the button is pressed, reloading shows the
 * same code, until it is written down. Whoever got their code from somebody else is led here before anything.
 */
export function inboxNewCodeRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const { inboxSessions } = deps.concerns

  const offer = ({ request, response, language, ctx }: InboxVisit): void => {
    const held = readHeldKeys(request)
    const renewal = held.renewal ?? newSecret(deps.random)
    holdKeys(response, { ...held, renewal })
    const words = wordsIn(language)
    const first = ctx.handedOver
    pages.send(response, {
      template: 'inbox-new-code/inbox-new-code.njk',
      title: words.title,
      words,
      view: { action: inboxSteps.newCode, first },
      ...(!first && { back: inboxSteps.thread }),
    })
  }

  const take = async (request: Request, response: Response): Promise<void> => {
    const { inbox, renewal } = readHeldKeys(request)
    const ctx = visitorOf(deps, response)
    if (renewal === null) return redirect(response, inboxSteps.newCode)
    if (inbox === null && (await inboxSessions.recallToken(ctx, renewal)) === null) return askForCode(request, response)
    try {
      if (inbox !== null) await inboxSessions.replaceToken(ctx, inbox, renewal)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'inbox_closed') return askForCode(request, response)
      throw error
    }
    redirect(response, inboxSteps.newCodeShown)
  }

  const askForCode = (request: Request, response: Response, refused?: Parameters<typeof sendFormAgain>[2]['refused']): void =>
    sendFormAgain(pages, response, { action: inboxSteps.newCodeAgain, body: request.body, written: [], refused })

  const show = async (request: Request, response: Response): Promise<void> => {
    const { renewal } = readHeldKeys(request)
    const answer = renewal === null ? null : await inboxSessions.recallToken(visitorOf(deps, response), renewal)
    if (answer === null) return redirect(response, inboxSteps.thread)
    const words = wordsIn(factsOf(response).language)
    const view = { action: inboxSteps.newCodeShown, ...showCode(answer.token, codeWords), codeWords: codeWords.code }
    pages.send(response, { template: 'inbox-new-code/shown.njk', title: words.shown.title, words, view })
  }

  const writtenDown = async (request: Request, response: Response): Promise<void> => {
    const held = readHeldKeys(request)
    if (held.renewal !== null) await inboxSessions.forgetToken(held.renewal)
    holdKeys(response, { ...held, renewal: null })
    redirect(response, (await resumeInbox(deps, request, response)) === null ? inboxSteps.code : doneHref('newCode'))
  }

  const { newCode, newCodeAgain, newCodeShown } = inboxSteps
  return [
    { method: 'get', path: newCode, policy: reporterOnly, handle: whileOpen(pages, deps, offer, { handedOver: true }) },
    { method: 'post', path: newCode, policy: reporterOnly, body: 'form', handle: take },
    { method: 'get', path: newCodeAgain, policy: reporterOnly, handle: (_request, response) => redirect(response, newCode) },
    {
      method: 'post',
      path: newCodeAgain,
      policy: reporterOnly,
      body: 'form',
      onTick: true,
      handle: async (request, response) => {
        // A code that was replaced by this very page opens nothing any more, and its heir is shown.
        const { renewal } = readHeldKeys(request)
        const given = renewal === null ? null : await inboxSessions.recallToken(visitorOf(deps, response), renewal)
        if (given !== null) return redirect(response, newCodeShown)
        const opened = await openInbox(deps, request, response, formFields(request))
        if ('fault' in opened) return askForCode(request, response, opened)
        redirect(response, newCode)
      },
    },
    { method: 'get', path: newCodeShown, policy: reporterOnly, handle: show },
    { method: 'post', path: newCodeShown, policy: reporterOnly, body: 'form', handle: writtenDown },
  ]
}
