import type { DraftAnswers } from '../../concerns/index.ts'
import { csrfField, formFields, queryFields, redirect, reporterOnly, type FormFields, type Route } from '../../http/index.ts'
import { typedFrom } from '../staff/typed.ts'
import { shownFaults, type FaultWords, type Pages, type ShownFault } from '../layout/index.ts'
import type { ReporterDeps } from './deps.ts'
import { changeHref, steps } from './steps.ts'
import { whileWriting, type DraftVisit } from './visit.ts'

/** One question: a page that shows what was answered, reads the form into the draft, and goes on. */
export interface Question<Words extends { readonly title: string }> {
  readonly path: string
  /** Where Back leads, and where Continue. */
  readonly back: string | ((answers: DraftAnswers) => string)
  readonly next: string | ((answers: DraftAnswers) => string)
  readonly template: string
  readonly wordsIn: (language: string) => Words
  /** What the page shows for the answers so far. */
  readonly show: (visit: DraftVisit, words: Words) => object | Promise<object>
  /** The form as answers; a field that is left empty is `undefined` and empties the answer. Throws Refusal `invalid_input`. */
  readonly read: (form: FormFields, visit: DraftVisit) => DraftAnswers | Promise<DraftAnswers>
  /** The view's values as they were typed, where the form could not be read. */
  readonly retyped: (form: FormFields) => object
  readonly faultWords?: (words: Words) => FaultWords
  /** Questions that come right after this one stay on the way back to the check page too. */
  readonly alwaysNext?: true
  /** Answers without which the question makes no sense; it then leads to `otherwise`. */
  readonly onlyIf?: (answers: DraftAnswers) => boolean
  readonly otherwise?: string
}

export function questionRoutes<Words extends { readonly title: string }>(
  pages: Pages,
  deps: ReporterDeps,
  question: Question<Words>,
): readonly Route[] {
  const { path } = question

  const send = async (visit: DraftVisit, typed: object = {}, faults: readonly ShownFault[] = []): Promise<void> => {
    const words = question.wordsIn(visit.language)
    const action = visit.fromCheck ? changeHref(path) : path
    const view = { action, ...(await question.show(visit, words)), ...typed }
    const back = visit.fromCheck ? steps.check : resolve(question.back, visit.answers)
    pages.send(visit.response, { template: question.template, title: words.title, words, view, back, faults })
  }

  const answer = async (visit: DraftVisit): Promise<void> => {
    const form = formFields(visit.request)
    const read = await readForm(question, form, visit)
    if ('faults' in read) {
      await deps.concerns.drafts.save(visit.ctx, visit.key, { refused: { path, fields: fieldsIn(visit.request.body) } })
      return redirect(visit.response, `${path}?again=yes${visit.fromCheck ? '&from=check' : ''}`)
    }
    await deps.concerns.drafts.save(visit.ctx, visit.key, { ...read.answers, refused: undefined })
    redirect(visit.response, nextOf(question, { ...visit.answers, ...read.answers }, visit.fromCheck))
  }

  /**
   * A form that could not be read is kept and shown by a GET, with its faults and status 422: a page that answers a POST under `no-store` makes
   * Back ask to send the form again (acceptance test 7).
   */
  const show = async (visit: DraftVisit): Promise<void> => {
    const { refused } = visit.answers
    if (refused?.path !== path || !queryFields(visit.request).has('again')) return send(visit)
    const form = typedFrom(refused.fields)
    const read = await readForm(question, form, visit)
    return 'faults' in read ? send(visit, question.retyped(form), read.faults) : send(visit)
  }

  const sensible = (handle: (visit: DraftVisit) => Promise<void>) =>
    whileWriting(pages, deps, (visit) =>
      (question.onlyIf?.(visit.answers) ?? true) ? handle(visit) : redirect(visit.response, question.otherwise ?? steps.start),
    )

  return [
    { method: 'get', path, policy: reporterOnly, handle: sensible(show) },
    { method: 'post', path, policy: reporterOnly, body: 'form', handle: sensible(answer) },
  ]
}

function fieldsIn(body: unknown): Record<string, readonly string[]> {
  const held: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const texts = (value: unknown) => [value].flat().filter((each) => typeof each === 'string')
  return Object.fromEntries(Object.entries(held).flatMap(([name, value]) => (name === csrfField ? [] : [[name, texts(value)]])))
}

type Read = { readonly answers: DraftAnswers } | { readonly faults: readonly ShownFault[] }

async function readForm<Words extends { readonly title: string }>(
  question: Question<Words>,
  form: FormFields,
  visit: DraftVisit,
): Promise<Read> {
  try {
    return { answers: await question.read(form, visit) }
  } catch (error) {
    return { faults: shownFaults(error, question.faultWords?.(question.wordsIn(visit.language))) }
  }
}

function nextOf<Words extends { readonly title: string }>(question: Question<Words>, answers: DraftAnswers, fromCheck: boolean): string {
  const next = resolve(question.next, answers)
  if (!fromCheck || next === steps.check) return next
  return question.alwaysNext ? changeHref(next) : steps.check
}

const resolve = (to: string | ((answers: DraftAnswers) => string), answers: DraftAnswers): string =>
  typeof to === 'string' ? to : to(answers)
