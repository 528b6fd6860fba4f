import type { Request, Response } from 'express'
import { concludedInput, concludedOutcomes } from '../../../concerns/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { labels } from '../../../workflow/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeOptions } from '../../staff/options.ts'
import { asksForPhrase, phraseView, withPhrase, type PhrasePlace } from '../../staff/phrases.ts'
import { valuesOf, type Typed } from '../../staff/typed.ts'
import { startOf } from '../record-concern/form.ts'
import { recordingFaults, savedBefore } from '../record-concern/faults.ts'
import { concludedHref, keyOf, recorders, recordHref, type RecordDeps } from '../record-concern/routes.ts'
import { sharedOptions } from '../record-concern/view.ts'
import { words as recordWords } from '../record-concern/words.en.ts'
import { handOverHref, holdCodes } from '../token-cards/held-codes.ts'
import { controls, lightNames, readConcluded } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const recordWordsIn = pageWords({ en: recordWords })

/** Boxes behind "More about it": a fault in one of them opens it. */
const behind = ['receivedOn-day', 'backDatedReason', 'name', 'contact', 'site', 'professionalGroup', 'about', 'learning', 'intakeGroup']

/** The controls as they stand on the page. */
const fromTheTop = ['title', 'text', 'message', 'outcome', 'settled', 'elements', 'channel', 'openness', 'wantsCode', ...behind]

/** What was agreed is sent as a message, which the person reads with their code. */
const phrases: PhrasePlace = { use: 'outcome', field: 'message' }

/** A short talk that settled it, on one page and in one step. */
export function lightPathRoutes(pages: Pages, deps: RecordDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: concludedHref,
      policy: recorders,
      handle: async (request, response) => {
        const { learning } = wordsIn(factsOf(response).language)
        const usual = { channel: 'in_person', openness: 'confidential', outcome: 'advice_given', wantsCode: 'no', learning: learning.start }
        await draw(pages, deps, request, response, startOf(londonDate(deps.staffContext(response).now), usual))
      },
    },
    {
      method: 'post',
      path: concludedHref,
      policy: recorders,
      body: 'form',
      handle: async (request, response) => {
        const typed: Typed = formFields(request)
        if (asksForPhrase(typed)) {
          const put = withPhrase(typed, (await deps.settings.current()).values.snippets, phrases)
          return draw(pages, deps, request, response, put.typed, put.faults)
        }
        if (typed.has('change')) return draw(pages, deps, request, response, typed)
        try {
          await conclude(deps, request, response, typed)
        } catch (error) {
          const { errors } = wordsIn(factsOf(response).language)
          const shared = recordWordsIn(factsOf(response).language).errors
          const faults = recordingFaults(error, { order: fromTheTop, fields: controls, words: { ...shared, ...errors } })
          await draw(pages, deps, request, response, typed, faults, savedBefore(error))
        }
      },
    },
  ]
}

async function conclude(deps: RecordDeps, request: Request, response: Response, typed: Typed): Promise<void> {
  const input = readInput(concludedInput, readConcluded(typed))
  const key = keyOf(typed.one('key'), deps)
  const { token, concern } = await deps.concerns.onBehalf.recordConcluded(deps.staffContext(response), input, key)
  if (token !== null) {
    holdCodes(request, response, key)
    return redirect(response, handOverHref)
  }
  redirect(response, `${concludedHref}?done=${concern?.reference ?? 'yes'}`)
}

async function draw(
  pages: Pages,
  deps: RecordDeps,
  request: Request,
  response: Response,
  typed: Typed,
  faults: readonly ShownFault[] = [],
  fresh = false,
): Promise<void> {
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const say = recordWordsIn(language)
  const notice = noticeOf(queryFields(request).one('done'), words)
  const settings = await deps.settings.current()
  pages.send(response, {
    template: 'light-path/light-path.njk',
    title: words.title,
    words,
    view: {
      values: valuesOf(typed, lightNames),
      ...sharedOptions(typed, settings, londonDate(deps.staffContext(response).now), say),
      outcomes: codeOptions(Object.fromEntries(concludedOutcomes.map((code) => [code, labels.outcomes[code]])), typed.many('outcome')),
      settled: codeOptions(words.settled.options, typed.many('settled')),
      wantsCode: codeOptions(words.wantsCode.options, typed.many('wantsCode')),
      open: faults.some(({ field }) => behind.includes(field)),
      say,
      phrases: phraseView(settings.values.snippets, phrases),
      key: keyOf(fresh ? '' : typed.one('key'), deps),
      action: concludedHref,
      fullHref: recordHref,
    },
    back: '/concerns',
    faults,
    ...(notice !== undefined && { notice }),
  })
}

/** A reference is a random name and says nothing of anybody; whatever else stands in the address is not shown. */
function noticeOf(done: string, words: typeof english): string | undefined {
  if (done === 'yes') return words.doneUnread
  return /^F-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(done) ? words.done(done) : undefined
}
