import type { Response } from 'express'
import { factsOf, type FormFields } from '../../../http/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { codeWordsIn } from '../inbox-code/send.ts'
import { newSecret, secretOf } from './form.ts'
import { words as english } from './words.en.ts'

export const replyWordsIn = pageWords({ en: english })

export interface TypedReply {
  readonly body?: string
  readonly secret?: string
}

export function sendReplyPage(
  pages: Pages,
  deps: Pick<ReporterDeps, 'random'>,
  response: Response,
  typed: TypedReply = {},
  faults: readonly ShownFault[] = [],
): void {
  const words = replyWordsIn(factsOf(response).language)
  const view = { action: inboxSteps.reply, secret: newSecret(deps.random), ...typed }
  pages.send(response, { template: 'inbox-reply/inbox-reply.njk', title: words.title, words, view, back: inboxSteps.thread, faults })
}

/** Asks for the code again. The text and its secret wait on the page itself: without an inbox nothing of them may be kept. */
export function sendCodeAgain(
  pages: Pages,
  deps: Pick<ReporterDeps, 'random'>,
  response: Response,
  form: FormFields,
  refused?: { readonly fault: ShownFault; readonly status: number },
): void {
  const words = codeWordsIn(factsOf(response).language)
  const kept = { body: form.one('body'), secret: secretOf(form) ?? newSecret(deps.random), code: form.one('code') }
  pages.send(response, {
    template: 'inbox-code/code-again.njk',
    title: words.title,
    words,
    view: { action: inboxSteps.codeAgain, ...kept },
    faults: refused === undefined ? [] : [refused.fault],
    status: refused?.status ?? 401,
  })
}
