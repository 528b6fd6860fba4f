import type { Request, Response } from 'express'
import type { ReporterContext } from '../../concerns/index.ts'
import { factsOf, formFields, redirect, reporterOnly, type FormFields, type Route } from '../../http/index.ts'
import { Refusal } from '../../kernel/index.ts'
import { shownFaults, type FaultWords, type Pages, type ShownFault } from '../layout/index.ts'
import { sendFormAgain } from '../pages/inbox-again/send.ts'
import { openInbox } from '../pages/inbox-code/open.ts'
import { newSecret, secretOf } from '../pages/inbox-reply/form.ts'
import { nothingTyped } from '../staff/typed.ts'
import type { ReporterDeps } from './deps.ts'
import { resumeInbox, whileOpen, type InboxVisit } from './inbox-visit.ts'
import { inboxSteps } from './steps.ts'

interface FormWords {
  readonly title: string
  /** Said where the same page was sent before with other words. */
  readonly again: string
}

/** One form of an open inbox: a page that shows it, what it does, and where it leads. */
export interface InboxForm<Words extends FormWords> {
  readonly path: string
  /** Where the form is sent with the code once the inbox has run out. */
  readonly again: string
  /** Where the person is led afterwards; by what they said, where that matters. */
  readonly done: string | ((form: FormFields) => string)
  readonly template: string
  readonly wordsIn: (language: string) => Words
  /** The template's values: what was typed, and what the page has to know of the inbox. Null: there is nothing to fill in now. */
  readonly show: (visit: InboxVisit, typed: FormFields, words: Words) => Promise<object | null>
  /** Free text, shown while the code is asked for again; everything else is kept unseen. */
  readonly written: readonly string[]
  /** Reads the form and does it. Throws Refusal `invalid_input`. */
  readonly act: (ctx: ReporterContext, form: FormFields, secret: string) => Promise<unknown>
  /** Shown between form and act, where what is done cannot be undone. Gives false where the person has confirmed already. */
  readonly confirm?: (visit: InboxVisit, form: FormFields, secret: string) => Promise<boolean>
  readonly faultWords?: (words: Words) => FaultWords
}

/** A form with what its handlers need. */
interface Served<Words extends FormWords> {
  readonly pages: Pages
  readonly deps: ReporterDeps
  readonly form: InboxForm<Words>
}

/**
 * The routes of a form. Where the person's time ran out while they typed, the code is asked for with everything kept on the page itself, and it is
 * sent once (acceptance test 12): without an open inbox nothing of it may lie with us.
 */
export function inboxFormRoutes<Words extends FormWords>(pages: Pages, deps: ReporterDeps, form: InboxForm<Words>): readonly Route[] {
  const served: Served<Words> = { pages, deps, form }
  const { path, again } = form
  const askForCode = (request: Request, response: Response, refused?: { readonly fault: ShownFault; readonly status: number }): void =>
    sendFormAgain(pages, response, { action: again, body: request.body, written: form.written, refused })

  return [
    { method: 'get', path, policy: reporterOnly, handle: whileOpen(pages, deps, (visit) => send(served, visit, nothingTyped)) },
    {
      method: 'post',
      path,
      policy: reporterOnly,
      body: 'form',
      handle: async (request, response) => {
        const ctx = await resumeInbox(deps, request, response)
        return ctx === null ? askForCode(request, response) : take(served, request, response, ctx)
      },
    },
    // Reload or Back lands here without the form: the inbox or the code page takes over.
    { method: 'get', path: again, policy: reporterOnly, handle: (_request, response) => redirect(response, inboxSteps.thread) },
    {
      method: 'post',
      path: again,
      policy: reporterOnly,
      body: 'form',
      onTick: true,
      handle: async (request, response) => {
        const opened = await openInbox(deps, request, response, formFields(request))
        return 'fault' in opened ? askForCode(request, response, opened) : take(served, request, response, await opened.resume())
      },
    },
  ]
}

interface Shown<Words> {
  readonly secret?: string
  readonly faults?: (words: Words) => readonly ShownFault[]
}

async function send<Words extends FormWords>(
  { pages, deps, form }: Served<Words>,
  visit: InboxVisit,
  typed: FormFields,
  more: Shown<Words> = {},
): Promise<void> {
  const words = form.wordsIn(visit.language)
  const shown = await form.show(visit, typed, words)
  if (shown === null) return redirect(visit.response, inboxSteps.thread)
  const view = { action: form.path, secret: more.secret ?? newSecret(deps.random), ...shown }
  const faults = more.faults?.(words) ?? []
  pages.send(visit.response, { template: form.template, title: words.title, words, view, back: inboxSteps.thread, faults })
}

async function take<Words extends FormWords>(
  served: Served<Words>,
  request: Request,
  response: Response,
  ctx: ReporterContext,
): Promise<void> {
  const { deps, form } = served
  const visit = { request, response, language: factsOf(response).language, ctx }
  if (ctx.handedOver) return redirect(response, inboxSteps.newCode)
  const typed = formFields(request)
  const secret = secretOf(typed) ?? newSecret(deps.random)
  if (typed.has('change')) return send(served, visit, typed, { secret })
  try {
    if (await form.confirm?.(visit, typed, secret)) return
    await form.act(ctx, typed, secret)
  } catch (error) {
    return answerRefusal(served, visit, typed, secret, error)
  }
  redirect(response, typeof form.done === 'string' ? form.done : form.done(typed))
}

function answerRefusal<Words extends FormWords>(
  served: Served<Words>,
  visit: InboxVisit,
  typed: FormFields,
  secret: string,
  error: unknown,
): Promise<void> | void {
  const { form } = served
  const code = error instanceof Refusal ? error.code : null
  // Done before, perhaps on another page: the inbox shows how it stands.
  if (code === 'transition_not_allowed') return redirect(visit.response, inboxSteps.thread)
  // The same page, sent before with other words: a new secret, so that pressing again sends these too.
  if (code === 'idempotency_key_reused') {
    return send(served, visit, typed, { faults: (words) => [{ field: form.written[0] ?? '', text: words.again }] })
  }
  return send(served, visit, typed, { secret, faults: (words) => shownFaults(error, form.faultWords?.(words)) })
}
