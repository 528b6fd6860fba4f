import type { Request, Response } from 'express'
import { copiedGroups, type EnrolmentState } from '../../../accounts/index.ts'
import { anyone, factsOf, formFields, readInput, redirect, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { qrCodeOf } from '../print/qr-code.ts'
import { draftOf, enrolledAs, keepDraft, putAway, secretOf, type EnrolDeps } from './visit.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const factorPath = '/enrol/second-factor'
const codePath = '/enrol/recovery-code'

type Handle = (request: Request, response: Response) => Promise<void>

/** The second factor, the recovery code, and the end. */
export function enrolStepRoutes(pages: Pages, deps: EnrolDeps): readonly Route[] {
  return [
    { method: 'get', path: factorPath, policy: anyone, handle: orAgain((request, response) => showFactor(pages, deps, request, response)) },
    {
      method: 'post',
      path: factorPath,
      policy: anyone,
      body: 'form',
      handle: orAgain((request, response) => confirmFactor(pages, deps, request, response)),
    },
    { method: 'get', path: codePath, policy: anyone, handle: orAgain((request, response) => showCode(pages, deps, request, response)) },
    {
      method: 'post',
      path: codePath,
      policy: anyone,
      body: 'form',
      handle: orAgain((request, response) => finish(pages, deps, request, response)),
    },
    {
      method: 'get',
      path: '/enrol/done',
      policy: anyone,
      handle: (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const fingerprint = enrolledAs(request)
        const title = fingerprint === '' ? words.done.factorTitle : words.done.title
        pages.send(response, { template: 'enrol/done.njk', title, words, view: { title, fingerprint }, leave: false })
      },
    },
  ]
}

/** Where the place was lost it begins again with the password; the link is as good as before. */
function orAgain(handle: Handle): Handle {
  return async (request, response) => {
    try {
      await handle(request, response)
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'draft_gone')) throw error
      redirect(response, '/enrol/password?again')
    }
  }
}

const stateOf = ({ people }: EnrolDeps, request: Request): Promise<EnrolmentState> =>
  people.enrolment.state(secretOf(request), draftOf(request))

async function showFactor(
  pages: Pages,
  deps: EnrolDeps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const { factor } = await stateOf(deps, request)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'enrol/second-factor.njk',
    title: words.factor.title,
    words,
    view: { ...factor, qr: qrCodeOf(factor.uri) },
    back: '/enrol/password',
    leave: false,
    faults,
  })
}

async function confirmFactor(pages: Pages, deps: EnrolDeps, request: Request, response: Response): Promise<void> {
  const otp = formFields(request).one('otp').replaceAll(/\s/g, '')
  const { errors } = wordsIn(factsOf(response).language)
  if (otp === '') return showFactor(pages, deps, request, response, [{ field: 'otp', text: errors.otpRequired }])
  try {
    const { draft } = await deps.people.enrolment.confirmFactor(secretOf(request), draftOf(request), { otp })
    if (draft === null) putAway(response, '')
    else keepDraft(response, draft)
    redirect(response, draft === null ? '/enrol/done' : codePath)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'sign_in_failed')) throw error
    await showFactor(pages, deps, request, response, [{ field: 'otp', text: errors.otp }])
  }
}

async function showCode(
  pages: Pages,
  deps: EnrolDeps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const { recoveryCode } = await stateOf(deps, request)
  if (recoveryCode === null) return redirect(response, factorPath)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'enrol/recovery-code.njk',
    title: words.code.title,
    words,
    view: { groups: recoveryCode, action: codePath },
    back: factorPath,
    leave: false,
    faults,
  })
}

async function finish(pages: Pages, deps: EnrolDeps, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  const { fingerprint } = await stateOf(deps, request)
  try {
    const copied = readInput(copiedGroups, { third: form.one('third'), last: form.one('last') })
    await deps.people.enrolment.finish(secretOf(request), draftOf(request), copied)
    putAway(response, fingerprint ?? '')
    redirect(response, '/enrol/done')
  } catch (error) {
    await showCode(pages, deps, request, response, shownFaults(error))
  }
}
