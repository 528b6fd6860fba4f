import type { Request, Response } from 'express'
import type { ReporterContext } from '../../../concerns/index.ts'
import { factsOf, formFields, redirect, reporterOnly, type FormFields, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { shownFaults, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { resumeInbox, whileOpen } from '../../reporter/inbox-visit.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { openInbox } from '../inbox-code/open.ts'
import { newSecret, readReply, secretOf } from './form.ts'
import { replyWordsIn, sendCodeAgain, sendReplyPage } from './send.ts'

/** I3: a message from the person. Where their time ran out while they typed, the code is asked for with the text kept, and it is sent once. */
export function inboxReplyRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const reply = async (request: Request, response: Response): Promise<void> => {
    const form = formFields(request)
    const ctx = await resumeInbox(deps, request, response)
    if (ctx === null) return sendCodeAgain(pages, deps, response, form)
    await write(pages, deps, ctx, response, form)
  }

  const replyWithCode = async (request: Request, response: Response): Promise<void> => {
    const form = formFields(request)
    const opened = await openInbox(deps, request, response, form)
    if ('fault' in opened) return sendCodeAgain(pages, deps, response, form, opened)
    await write(pages, deps, await opened.resume(), response, form)
  }

  return [
    {
      method: 'get',
      path: inboxSteps.reply,
      policy: reporterOnly,
      handle: whileOpen(pages, deps, ({ response }) => sendReplyPage(pages, deps, response)),
    },
    { method: 'post', path: inboxSteps.reply, policy: reporterOnly, body: 'form', handle: reply },
    // Reload or Back lands here without the form: the inbox or the code page takes over.
    {
      method: 'get',
      path: inboxSteps.codeAgain,
      policy: reporterOnly,
      handle: (_request, response) => redirect(response, inboxSteps.thread),
    },
    { method: 'post', path: inboxSteps.codeAgain, policy: reporterOnly, body: 'form', onTick: true, handle: replyWithCode },
  ]
}

async function write(pages: Pages, deps: ReporterDeps, ctx: ReporterContext, response: Response, form: FormFields): Promise<void> {
  const { errors } = replyWordsIn(factsOf(response).language)
  const body = form.one('body')
  try {
    const reply = readReply(form, deps.random)
    await deps.concerns.writeFromInbox(ctx, { body: reply.body }, reply.secret)
  } catch (error) {
    // The same page, sent before with another text: it gets a new secret, so that pressing again sends this one too.
    if (error instanceof Refusal && error.code === 'idempotency_key_reused') {
      return sendReplyPage(pages, deps, response, { body }, [{ field: 'body', text: errors.again }])
    }
    const secret = secretOf(form) ?? newSecret(deps.random)
    return sendReplyPage(pages, deps, response, { body, secret }, shownFaults(error, { words: { body: errors.body } }))
  }
  redirect(response, inboxSteps.replied)
}
