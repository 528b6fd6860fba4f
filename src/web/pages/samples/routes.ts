import type { Request, Response } from 'express'
import type { StaffContext } from '../../../accounts/index.ts'
import { sampleRefusalInput, sampleUnlockInput } from '../../../concerns/index.ts'
import { factsOf, formFields, pathText, queryFields, readInput, redirect, type FormFields, type Route } from '../../../http/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import { insiders, type StaffPageDeps } from '../../staff/deps.ts'
import { showAsked, showPrepared } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

type Deps = Pick<StaffPageDeps, 'staffContext' | 'concerns'>

/** Concerns that an auditor drew, for those who handle them: unlock a masked text, or say no. */
export function sampleRoutes(pages: Pages, { staffContext, concerns }: Deps): readonly Route[] {
  const { samples } = concerns
  const path = '/samples/:sampleId'
  const wordsFor = (response: Response) => wordsIn(factsOf(response).language)
  return [
    {
      method: 'get',
      path: '/samples',
      policy: insiders,
      handle: (request, response) => sendList(pages, concerns, staffContext(response), request, response),
    },
    { method: 'get', path, policy: insiders, handle: (request, response) => show(request, response) },
    { method: 'post', path, policy: insiders, body: 'form', handle: (request, response) => unlock(request, response) },
    { method: 'post', path: `${path}/refusal`, policy: insiders, body: 'form', handle: (request, response) => refuse(request, response) },
  ]

  async function show(request: Request, response: Response, again: Again | null = null): Promise<void> {
    const words = wordsFor(response)
    const prepared = await samples.prepare(staffContext(response), pathText(request, 'sampleId'))
    pages.send(response, {
      template: 'samples/answer.njk',
      title: `${prepared.reference}: ${words.prepare.title}`,
      words,
      view: showPrepared(prepared, again?.typed ?? null, again?.left ?? []),
      back: '/samples',
      faults: again?.faults ?? [],
    })
  }

  async function unlock(request: Request, response: Response): Promise<void> {
    const typed = formFields(request)
    const ctx = staffContext(response)
    const { errors } = wordsFor(response)
    try {
      const { until, left } = await samples.unlock(ctx, pathText(request, 'sampleId'), readInput(sampleUnlockInput, typedUnlock(typed)))
      if (until !== null) return redirect(response, '/samples?done=unlocked')
      return await show(request, response, { typed, left, faults: [{ field: 'harmless', text: errors.harmless }] })
    } catch (error) {
      const missing = missingCode(typed.one('otp'), ctx, errors.otp)
      const { text, reason } = errors
      const faults = codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: { text, reason } }), ...missing]
      return show(request, response, { typed, faults })
    }
  }

  async function refuse(request: Request, response: Response): Promise<void> {
    const typed = formFields(request)
    try {
      const { reason } = readInput(sampleRefusalInput, { reason: typed.one('reason') })
      await samples.refuse(staffContext(response), pathText(request, 'sampleId'), reason)
      redirect(response, '/samples?done=refused')
    } catch (error) {
      await show(request, response, { typed, faults: shownFaults(error, { words: { reason: wordsFor(response).errors.reason } }) })
    }
  }
}

/** The same page again, with what was typed and what is wrong with it. */
interface Again {
  readonly typed: FormFields
  readonly faults: readonly ShownFault[]
  readonly left?: readonly string[]
}

async function sendList(
  pages: Pages,
  { samples }: Deps['concerns'],
  ctx: StaffContext,
  request: Request,
  response: Response,
): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const done = queryFields(request).one('done')
  const notice = done === 'unlocked' || done === 'refused' ? words.notices[done] : undefined
  const view = { asked: (await samples.listAsked(ctx)).map(showAsked) }
  pages.send(response, { template: 'samples/samples.njk', title: words.title, words, view, ...(notice !== undefined && { notice }) })
}

const typedUnlock = (typed: FormFields) => ({
  text: typed.one('text'),
  showSite: typed.many('show').includes('site'),
  showProfession: typed.many('show').includes('profession'),
  harmless: typed.many('harmless').includes('yes'),
  otp: typed.one('otp').trim(),
})
