import type { Request, Response } from 'express'
import type { OpenedInvitation } from '../../../accounts/index.ts'
import { anyone, factsOf, formFields, pathText, queryFields, redirect, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, plural, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { groupsInWords, rolesInWords } from '../people/view.ts'
import { enrolStepRoutes } from './step-routes.ts'
import { keepDraft, keepSecret, secretOf, type EnrolDeps } from './visit.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * Where a one-time link leads. Its secret leaves the address at once: it goes into a cookie, and the browser is sent on to a path without it. A
 * browser that came from another site does not send that cookie with the redirect, so that page has a button of its own.
 */
export function enrolRoutes(pages: Pages, deps: EnrolDeps): readonly Route[] {
  const frame = { leave: false } as const
  return [
    {
      method: 'get',
      path: '/enrol/link/:secret',
      policy: anyone,
      handle: (request, response) => {
        keepSecret(response, pathText(request, 'secret'))
        redirect(response, '/enrol')
      },
    },
    {
      method: 'get',
      path: '/enrol',
      policy: anyone,
      handle: (request, response) => {
        if (secretOf(request) !== '') return redirect(response, '/enrol/password')
        const words = wordsIn(factsOf(response).language)
        pages.send(response, { template: 'enrol/landing.njk', title: words.landing.title, words, ...frame })
      },
    },
    { method: 'get', path: '/enrol/password', policy: anyone, handle: (request, response) => showStart(pages, deps, request, response) },
    {
      method: 'post',
      path: '/enrol/password',
      policy: anyone,
      body: 'form',
      lane: 'sign_in',
      handle: (request, response) => choose(pages, deps, request, response),
    },
    ...enrolStepRoutes(pages, deps),
  ]
}

async function showStart(
  pages: Pages,
  { people, settings }: EnrolDeps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const invitation = await people.enrolment.open(secretOf(request))
  const { intakeGroups } = await settings.current()
  const words = wordsIn(factsOf(response).language)
  const isNew = invitation.purpose === 'enrol'
  pages.send(response, {
    template: 'enrol/start.njk',
    title: isNew ? words.start.title : words.start.factorTitle,
    words,
    view: {
      isNew,
      name: invitation.name,
      email: invitation.email,
      roles: rolesInWords(invitation, words),
      groups: groupsInWords(invitation, intakeGroups, words.start.noGroups),
      isAgain: queryFields(request).has('again'),
    },
    leave: false,
    faults,
  })
}

async function choose(pages: Pages, deps: EnrolDeps, request: Request, response: Response): Promise<void> {
  const secret = secretOf(request)
  const invitation = await deps.people.enrolment.open(secret)
  const form = formFields(request)
  const password = form.one('password')
  const { language } = factsOf(response)
  const faults = typingFaults(invitation, password, form.one('again'), wordsIn(language).errors)
  if (faults.length > 0) return showStart(pages, deps, request, response, faults)
  try {
    const { draft } = await deps.people.enrolment.choosePassword(secret, { password })
    keepDraft(response, draft)
    redirect(response, '/enrol/second-factor')
  } catch (error) {
    await showStart(pages, deps, request, response, refusedPassword(error, language))
  }
}

function typingFaults(
  { purpose }: OpenedInvitation,
  password: string,
  again: string,
  say: (typeof english)['errors'],
): readonly ShownFault[] {
  if (password === '' || password.length > 1024) return [{ field: 'password', text: purpose === 'enrol' ? say.password : say.own }]
  return purpose === 'enrol' && password !== again ? [{ field: 'again', text: say.again }] : []
}

/** Anything but a password that will not do is rethrown. */
function refusedPassword(error: unknown, language: string): readonly ShownFault[] {
  const { errors } = wordsIn(language)
  if (!(error instanceof Refusal)) throw error
  if (error.code === 'sign_in_failed') return [{ field: 'password', text: errors.ownWrong }]
  if (error.code === 'sign_in_delayed')
    return [{ field: 'password', text: plural(language, Math.max(1, error.retryAfterSeconds ?? 1), errors.delayed) }]
  return shownFaults(error)
}
