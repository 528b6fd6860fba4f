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
  const { newCode, newCodeAgain, newCodeShown } = inboxSteps
  const form = { method: 'post', policy: reporterOnly, body: 'form' } as const
  return [
    {
      method: 'get',
      path: newCode,
      policy: reporterOnly,
      handle: whileOpen(pages, deps, (visit) => offer(pages, deps, visit), { handedOver: true }),
    },
    { ...form, path: newCode, handle: (request, response) => take(pages, deps, request, response) },
    { method: 'get', path: newCodeAgain, policy: reporterOnly, handle: (_request, response) => redirect(response, newCode) },
    { ...form, path: newCodeAgain, onTick: true, handle: (request, response) => openAgain(pages, deps, request, response) },
    { method: 'get', path: newCodeShown, policy: reporterOnly, handle: (request, response) => show(pages, deps, request, response) },
    { ...form, path: newCodeShown, handle: (request, response) => writtenDown(deps, request, response) },
  ]
}

function offer(pages: Pages, deps: ReporterDeps, { request, response, language, ctx }: InboxVisit): void {
  const held = readHeldKeys(request)
  holdKeys(response, { ...held, renewal: held.renewal ?? newSecret(deps.random) })
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

async function take(pages: Pages, deps: ReporterDeps, request: Request, response: Response): Promise<void> {
  const { inboxSessions } = deps.concerns
  const { inbox, renewal } = readHeldKeys(request)
  const ctx = visitorOf(deps, response)
  if (renewal === null) return redirect(response, inboxSteps.newCode)
  if (inbox === null && (await inboxSessions.recallToken(ctx, renewal)) === null) return askForCode(pages, request, response)
  try {
    if (inbox !== null) await inboxSessions.replaceToken(ctx, inbox, renewal)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'inbox_closed') return askForCode(pages, request, response)
    throw error
  }
  redirect(response, inboxSteps.newCodeShown)
}

type Refused = Parameters<typeof sendFormAgain>[2]['refused']

function askForCode(pages: Pages, request: Request, response: Response, refused?: Refused): void {
  sendFormAgain(pages, response, { action: inboxSteps.newCodeAgain, body: request.body, written: [], refused })
}

/** A code that was replaced by this very page opens nothing any more: its heir is shown. */
async function openAgain(pages: Pages, deps: ReporterDeps, request: Request, response: Response): Promise<void> {
  if ((await givenTo(deps, request, response)) !== null) return redirect(response, inboxSteps.newCodeShown)
  const opened = await openInbox(deps, request, response, formFields(request))
  if ('fault' in opened) return askForCode(pages, request, response, opened)
  redirect(response, inboxSteps.newCode)
}

/** The new code of this browser that was not written down yet. */
async function givenTo(deps: ReporterDeps, request: Request, response: Response): Promise<string | null> {
  const { renewal } = readHeldKeys(request)
  if (renewal === null) return null
  return (await deps.concerns.inboxSessions.recallToken(visitorOf(deps, response), renewal))?.token ?? null
}

async function show(pages: Pages, deps: ReporterDeps, request: Request, response: Response): Promise<void> {
  const token = await givenTo(deps, request, response)
  if (token === null) return redirect(response, inboxSteps.thread)
  const words = wordsIn(factsOf(response).language)
  const view = { action: inboxSteps.newCodeShown, ...showCode(token, codeWords), codeWords: codeWords.code }
  pages.send(response, { template: 'inbox-new-code/shown.njk', title: words.shown.title, words, view })
}

async function writtenDown(deps: ReporterDeps, request: Request, response: Response): Promise<void> {
  const held = readHeldKeys(request)
  if (held.renewal !== null) await deps.concerns.inboxSessions.forgetToken(held.renewal)
  holdKeys(response, { ...held, renewal: null })
  redirect(response, (await resumeInbox(deps, request, response)) === null ? inboxSteps.code : doneHref('newCode'))
}
