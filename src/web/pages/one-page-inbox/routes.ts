import type { Request, Response } from 'express'
import type { ReporterContext } from '../../../concerns/index.ts'
import { factsOf, formFields, reporterOnly, type FormFields, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxSteps, onePageSteps, steps } from '../../reporter/steps.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { showInbox } from '../inbox/view.ts'
import { words as inboxWords } from '../inbox/words.en.ts'
import { codeFault } from '../inbox-code/form.ts'
import { codeWordsIn } from '../inbox-code/send.ts'
import { newSecret, readReply, secretOf } from '../inbox-reply/form.ts'
import { followUpOptions } from '../inbox-follow-up/form.ts'
import { words as followUpWords } from '../inbox-follow-up/words.en.ts'
import { answerIfChosen } from './follow-up.ts'
import { sendOnIfTicked } from './send-on.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

interface Shown {
  readonly code?: string
  readonly body?: string
  readonly secret?: string
  /** Chosen on a page that was not taken: carried along unseen, since that page does not know the concern. */
  readonly carried?: readonly { readonly name: string; readonly value: string }[]
  readonly fault?: ShownFault
  readonly status?: number
  readonly inbox?: object
  /** Which check is asked for; null for none. */
  readonly followUp?: number | null
  /** True where somebody else has seen the code: it came on a card, or was read out. */
  readonly newCodeFirst?: boolean
  readonly notice?: string
}

/**
 * Reading and answering on one page, for browsers that keep no cookie: the code is typed with each act and stands on no later page. Where it was
 * wrong, code and message stay in their boxes; a message sent twice from one page is one message.
 */
export function onePageInboxRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show = async (response: Response, { fault, status, notice, ...shown }: Shown): Promise<void> => {
    const { language } = factsOf(response)
    const words = wordsIn(language)
    const { contacts } = await deps.settings.current()
    const view = {
      action: onePageSteps.inbox,
      withCookie: inboxSteps.code,
      secret: newSecret(deps.random),
      contacts,
      inboxWords,
      codeWords: codeWordsIn(language),
      followUpWords,
      answers: followUpOptions(followUpWords),
      ...shown,
    }
    pages.send(response, {
      template: 'one-page-inbox/one-page-inbox.njk',
      title: words.title,
      words,
      view,
      back: steps.start,
      faults: fault === undefined ? [] : [fault],
      ...(status !== undefined && { status }),
      ...(notice !== undefined && { notice }),
    })
  }

  const act = async (request: Request, response: Response): Promise<void> => {
    const form = formFields(request)
    const { language } = factsOf(response)
    const code = form.one('code')
    const body = form.one('body')
    const carried = ['months', 'answer'].flatMap((name) => (form.has(name) ? [{ name, value: form.one(name) }] : []))
    const kept = { code, body, carried, secret: secretOf(form) ?? newSecret(deps.random) }
    const opened = await openWith(deps, response, code)
    if ('fault' in opened) return show(response, { ...kept, ...opened })
    const written = body.trim() === '' ? null : await write(deps, opened.ctx, form, wordsIn(language))
    if (written !== null && 'fault' in written) return show(response, { ...kept, ...written, status: 422 })
    const sentOn = await sendOnIfTicked(deps, opened.ctx, form, kept.secret)
    const answered = await answerIfChosen(deps, opened.ctx, form, kept.secret)
    const read = await deps.concerns.readInbox(opened.ctx)
    const inbox = showInbox(read, inboxWords, language)
    const notice = noticeOf({ sentOn, answered, written: written !== null }, wordsIn(language))
    await show(response, { inbox, followUp: read.followUp, newCodeFirst: read.newCodeFirst, ...(notice !== null && { notice }) })
  }

  return [
    { method: 'get', path: onePageSteps.inbox, policy: reporterOnly, handle: (_request, response) => show(response, {}) },
    { method: 'post', path: onePageSteps.inbox, policy: reporterOnly, body: 'form', onTick: true, handle: act },
  ]
}

interface Done {
  readonly sentOn: boolean
  readonly answered: string | null
  readonly written: boolean
}

/** All that was done, in one notice. That it is worse leads on to what has happened. */
function noticeOf({ sentOn, answered, written }: Done, words: typeof english): string | null {
  const done = [
    ...(written ? [inboxWords.sent] : []),
    ...(sentOn ? [inboxWords.done.sentOn] : []),
    ...(answered === null ? [] : [answered === 'worse' ? words.worse : inboxWords.done.followUp]),
  ]
  return done.length === 0 ? null : done.join(' ')
}

type Opened = { readonly ctx: ReporterContext } | { readonly fault: ShownFault; readonly status: 404 | 422 }

async function openWith(deps: ReporterDeps, response: Response, code: string): Promise<Opened> {
  try {
    return { ctx: await deps.concerns.openByToken(visitorOf(deps, response), code) }
  } catch (error) {
    const fault = codeFault(error, code, codeWordsIn(factsOf(response).language))
    return { fault, status: error instanceof Refusal && error.code === 'token_not_recognised' ? 404 : 422 }
  }
}

type Written = { readonly id: string } | { readonly fault: ShownFault; readonly secret?: string }

async function write(deps: ReporterDeps, ctx: ReporterContext, form: FormFields, words: typeof english): Promise<Written> {
  try {
    const { body, secret } = readReply(form, deps.random)
    return await deps.concerns.writeFromInbox(ctx, { body }, secret)
  } catch (error) {
    // The same page, sent before with another text: a new secret lets the next press send this one too.
    if (error instanceof Refusal && error.code === 'idempotency_key_reused') {
      return { fault: { field: 'body', text: words.errors.again }, secret: newSecret(deps.random) }
    }
    const [fault] = shownFaults(error)
    if (fault === undefined) throw error
    return { fault }
  }
}
