import type { Request, Response } from 'express'
import type { StaffContext } from '../../../accounts/index.ts'
import { onBehalfInput, type OnBehalfInput } from '../../../concerns/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { londonDate, newId, readId } from '../../../kernel/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import type { Typed } from '../../staff/typed.ts'
import { holdCodes, handOverHref } from '../token-cards/held-codes.ts'
import { recordingFaults, savedBefore } from './faults.ts'
import { controls, readRecording, recordNames, startOf } from './form.ts'
import { formView, readBackView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export const recordHref = '/concerns/new'
export const concludedHref = '/concerns/new/concluded'
const saveHref = '/concerns/new/save'
/** Who writes down what others say. */
export const recorders = staffOnly('guardian')

export type RecordDeps = Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random' | 'settings'>

interface RecordVisit {
  readonly pages: Pages
  readonly deps: RecordDeps
  readonly ctx: StaffContext
  readonly request: Request
  readonly response: Response
  readonly typed: Typed
}

/** A concern that somebody tells a guardian: written down, read back, saved. */
export function recordConcernRoutes(pages: Pages, deps: RecordDeps): readonly Route[] {
  const visiting = (handle: (visit: RecordVisit) => Promise<void>) => async (request: Request, response: Response) =>
    handle({ pages, deps, ctx: deps.staffContext(response), request, response, typed: formFields(request) })
  return [
    {
      method: 'get',
      path: recordHref,
      policy: recorders,
      handle: visiting((visit) => draw(visit, startOf(londonDate(visit.ctx.now)), 'fresh')),
    },
    { method: 'post', path: recordHref, policy: recorders, body: 'form', handle: visiting((visit) => withFaultsShown(visit, readBack)) },
    { method: 'post', path: saveHref, policy: recorders, body: 'form', handle: visiting((visit) => withFaultsShown(visit, save)) },
  ]
}

/** What is wrong is shown where it was written; so is what its writer wants to change. */
async function withFaultsShown(visit: RecordVisit, go: (visit: RecordVisit) => Promise<void>): Promise<void> {
  const { typed, response } = visit
  if (typed.has('change')) return draw(visit, typed, 'same')
  try {
    await go(visit)
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    await draw(
      visit,
      typed,
      savedBefore(error) ? 'fresh' : 'same',
      recordingFaults(error, { order: recordNames, fields: controls, words: errors }),
    )
  }
}

/** The form's key makes all savings of it one concern, however they come about; a fresh one begins another. */
async function draw(
  { pages, deps, ctx, request, response }: RecordVisit,
  typed: Typed,
  key: 'fresh' | 'same',
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const saved = queryFields(request).one('done') === 'recorded'
  pages.send(response, {
    template: 'record-concern/record-concern.njk',
    title: words.title,
    words,
    view: {
      ...formView(typed, await deps.settings.current(), londonDate(ctx.now), words),
      key: keyOf(key === 'same' ? typed.one('key') : '', deps),
      action: recordHref,
      lightHref: concludedHref,
    },
    back: '/concerns',
    faults,
    ...(saved && { notice: words.saved }),
  })
}

async function readBack({ pages, deps, ctx, response, typed }: RecordVisit): Promise<void> {
  const input: OnBehalfInput = readInput(onBehalfInput, readRecording(typed, false))
  const back = await deps.concerns.onBehalf.readBack(ctx, input)
  const { language } = factsOf(response)
  const words = wordsIn(language)
  pages.send(response, {
    template: 'record-concern/read-back.njk',
    title: words.readBack.title,
    words,
    view: {
      ...readBackView(back, input, typed, { settings: await deps.settings.current(), today: londonDate(ctx.now) }, words, language),
      key: keyOf(typed.one('key'), deps),
      action: saveHref,
      changeHref: recordHref,
    },
  })
}

async function save({ deps, ctx, request, response, typed }: RecordVisit): Promise<void> {
  const input: OnBehalfInput = readInput(onBehalfInput, readRecording(typed, true))
  const key = keyOf(typed.one('key'), deps)
  const { token, concern } = await deps.concerns.onBehalf.record(ctx, input, key)
  if (token !== null) {
    holdCodes(request, response, key)
    return redirect(response, handOverHref)
  }
  redirect(response, concern === null ? `${recordHref}?done=recorded` : `/concerns/${concern.id}?done=recorded`)
}

/** The key that a form came with, or a new one where somebody changed it. */
export function keyOf(typed: string, { random }: Pick<RecordDeps, 'random'>): string {
  return readId(typed) ?? newId(random)
}
