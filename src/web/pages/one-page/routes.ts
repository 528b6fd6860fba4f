import type { Request, Response } from 'express'
import { recipients, type RaisedAnswer, type VisitorContext } from '../../../concerns/index.ts'
import { factsOf, formFields, redirect, reporterOnly, type FormFields, type Route } from '../../../http/index.ts'
import { londonDate, Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { everyReader, openDoors, readersOf } from '../../reporter/readers.ts'
import { onePageSteps, steps } from '../../reporter/steps.ts'
import { kindly, visitorOf } from '../../reporter/visit.ts'
import { nothingTyped } from '../../staff/typed.ts'
import { readCodeCheck } from '../code-check/form.ts'
import { words as codeCheckWords } from '../code-check/words.en.ts'
import { onCallView } from '../danger/on-call-view.ts'
import { words as dangerWords } from '../danger/words.en.ts'
import { sendDeadEnd } from '../dead-end/send.ts'
import { newSecret, secretOf } from '../inbox-reply/form.ts'
import { sendNext } from '../next/send.ts'
import { showSent } from '../sent/view.ts'
import { words as sentWords } from '../sent/words.en.ts'
import { readOnePage } from './form.ts'
import { secondLook, showOnePage, type Around, type SecondLook } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

interface Shown {
  readonly form: FormFields
  readonly secret: string
  readonly faults?: readonly ShownFault[]
  readonly look?: SecondLook
}

/**
 * The whole form on one page, for browsers that keep no cookie: nothing is kept before Send. The hidden secret, made with the page, opens the
 * receipt (`security.md` 3), so a page sent twice, or reloaded, is one concern and the same code; the code is checked on the page that shows it.
 */
export function onePageRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show = (response: Response, around: Around, { form, secret, faults = [], look }: Shown): void => {
    const words = wordsIn(factsOf(response).language)
    const view = {
      action: onePageSteps.form,
      secret,
      ...showOnePage(form, around, words),
      onCall: onCallView(around.settings, deps, dangerWords.now.onCall),
      ...(look && { look }),
    }
    pages.send(response, { template: 'one-page/one-page.njk', title: words.title, words, view, back: steps.start, faults })
  }

  const open = async (_request: Request, response: Response): Promise<void> => {
    const around = await lookAround(deps, visitorOf(deps, response))
    show(response, around, { form: nothingTyped, secret: newSecret(deps.random) })
  }

  const send = async (request: Request, response: Response): Promise<void> => {
    const ctx = visitorOf(deps, response)
    const form = formFields(request)
    const secret = secretOf(form) ?? newSecret(deps.random)
    try {
      const around = await lookAround(deps, ctx)
      const shown = await sendOrAsk(deps, ctx, around, { form, secret }, wordsIn(factsOf(response).language))
      if ('answer' in shown) await sendCode(pages, deps, response, { ...shown, secret, danger: form.one('immediateDanger') === 'yes' })
      else show(response, around, { form, secret, ...shown })
    } catch (error) {
      // Sent before: with another text, or the door was closed since. What was answered then is answered again.
      if (!(error instanceof Refusal) || !['idempotency_key_reused', 'intake_closed'].includes(error.code)) throw error
      const state = await deps.concerns.drafts.open(ctx, secret)
      if (state?.kind !== 'sent') throw error
      await sendCode(pages, deps, response, { answer: state.answer, secret, changed: error.code === 'idempotency_key_reused' })
    }
  }

  const check = async (request: Request, response: Response): Promise<void> => {
    const ctx = visitorOf(deps, response)
    const form = formFields(request)
    const secret = secretOf(form) ?? ''
    const state = secret === '' ? null : await deps.concerns.drafts.open(ctx, secret)
    if (state?.kind !== 'sent') return sendDeadEnd(pages, deps, response, 'receiptGone')
    if (state.answer.token === '') return sendNext(pages, deps, response, null)
    const matches = readCodeCheck(form, state.answer.token)
    if (!form.has('skip') && !(matches.second && matches.fifth)) {
      const { mismatch } = codeCheckWords
      const faults = (['second', 'fifth'] as const).filter((field) => !matches[field]).map((field) => ({ field, text: mismatch[field] }))
      return sendCode(pages, deps, response, { answer: state.answer, secret, form, faults })
    }
    await deps.concerns.drafts.forgetCode(ctx, secret)
    await sendNext(pages, deps, response, state.answer)
  }

  return [
    { method: 'get', path: onePageSteps.form, policy: reporterOnly, handle: kindly(pages, deps, open) },
    { method: 'post', path: onePageSteps.form, policy: reporterOnly, body: 'form', handle: kindly(pages, deps, send) },
    { method: 'get', path: onePageSteps.checked, policy: reporterOnly, handle: (_request, response) => redirect(response, steps.next) },
    { method: 'post', path: onePageSteps.checked, policy: reporterOnly, body: 'form', handle: kindly(pages, deps, check) },
  ]
}

type Outcome = { readonly answer: RaisedAnswer } | { readonly faults: readonly ShownFault[] } | { readonly look: SecondLook }

/** Raises the concern, or says what is wrong or has to be looked at first. Refusal `idempotency_key_reused`, `intake_closed`. */
async function sendOrAsk(
  deps: ReporterDeps,
  ctx: VisitorContext,
  { everyone }: Around,
  { form, secret }: Shown,
  words: typeof english,
): Promise<Outcome> {
  const read = readOnePage(form, everyone, words)
  if ('faults' in read) return read
  try {
    const look = secondLook(read.answers, await readersOf(deps, ctx, read.answers), form)
    return look === null ? { answer: await deps.concerns.raise(ctx, read.input, secret) } : { look }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'no_reader_left') throw error
    return { faults: [{ field: 'about', text: words.nobodyLeft }] }
  }
}

/** Everybody who could read it, for every part of the organisation: on one page the part is chosen below their names. */
async function lookAround(deps: ReporterDeps, ctx: VisitorContext): Promise<Around> {
  const settings = await deps.settings.current()
  const groups = settings.intakeGroups.length < 2 ? [undefined] : settings.intakeGroups.map(({ id }) => id)
  const perGroup = await Promise.all(
    groups.map(async (intakeGroup) => ({
      everyone: await everyReader(deps, ctx, { intakeGroup }),
      doors: await openDoors(deps, ctx, { intakeGroup }),
    })),
  )
  const everyone = [...new Map(perGroup.flatMap((group) => group.everyone).map((reader) => [reader.id, reader])).values()]
  const doors = recipients.flatMap((recipient) => {
    const behind = perGroup.flatMap((group) => group.doors.filter((door) => door.recipient === recipient)).flatMap(({ readers }) => readers)
    const readers = [...new Map(behind.map((reader) => [reader.id, reader])).values()]
    return readers.length === 0 ? [] : [{ recipient, readers }]
  })
  if (doors.length === 0) throw new Refusal('intake_closed')
  return { settings, everyone, doors, on: londonDate(ctx.now), mail: deps.outbox }
}

interface Code {
  readonly answer: RaisedAnswer
  readonly secret: string
  /** True where the page had been sent before with another text. */
  readonly changed?: boolean
  /** True where somebody is in danger now: what to do comes before the code. */
  readonly danger?: boolean
  readonly form?: FormFields
  readonly faults?: readonly ShownFault[]
}

/** The page with the code and its check. With the code gone, after the check, it is never shown again. */
async function sendCode(
  pages: Pages,
  deps: ReporterDeps,
  response: Response,
  { answer, secret, changed = false, danger = false, form, faults = [] }: Code,
): Promise<void> {
  if (answer.token === '') return sendDeadEnd(pages, deps, response, 'receiptGone')
  const { rules } = await deps.settings.current()
  const view = {
    action: onePageSteps.checked,
    secret,
    changed,
    danger,
    dangerWords: dangerWords.now,
    ...showSent(answer, rules, sentWords),
    sentWords,
    codeWords: sentWords.code,
    checkWords: codeCheckWords,
    second: form?.one('second'),
    fifth: form?.one('fifth'),
  }
  pages.send(response, { template: 'one-page/sent.njk', title: sentWords.title, words: wordsIn(factsOf(response).language), view, faults })
}
