import type { Request, Response } from 'express'
import { recoverInput } from '../../../accounts/index.ts'
import { anyone, factsOf, formFields, readInput, redirect, setCookie, type FormFields, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, plural, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { sessionCookie } from '../../staff/session-cookie.ts'
import { offerCookie } from '../account/print-routes.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const path = '/sign-in/recover'

type Deps = Pick<PeopleDeps, 'people'>

/** Back in with the recovery code. A wrong address, recovery code and second factor get one and the same answer. */
export function recoverPasswordRoutes(pages: Pages, deps: Deps): readonly Route[] {
  return [
    { method: 'get', path, policy: anyone, handle: (_request, response) => show(pages, response, '') },
    {
      method: 'post',
      path,
      policy: anyone,
      body: 'form',
      lane: 'sign_in',
      handle: (request, response) => recover(pages, deps, request, response),
    },
  ]
}

interface Answer {
  readonly faults: readonly ShownFault[]
  readonly status: number
}

function show(pages: Pages, response: Response, email: string, answer?: Answer): void {
  const words = wordsIn(factsOf(response).language)
  const page = {
    template: 'recover-password/recover-password.njk',
    title: words.title,
    words,
    view: { email },
    back: '/sign-in',
    leave: false,
  }
  pages.send(response, { ...page, ...answer })
}

async function recover(pages: Pages, { people }: Deps, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  const { language, requestId, party } = factsOf(response)
  const empty = emptyBoxes(form, wordsIn(language).errors)
  if (empty.length > 0) return show(pages, response, form.one('email'), { faults: empty, status: 422 })
  try {
    const input = readInput(recoverInput, {
      email: form.one('email').trim(),
      code: form.one('code'),
      password: form.one('password'),
      otp: form.one('otp').replaceAll(/\s/g, ''),
    })
    const { accessToken, offer } = await people.recoverPassword({ requestId, from: party }, input)
    setCookie(response, sessionCookie, accessToken)
    setCookie(response, offerCookie, offer)
    redirect(response, '/account/recovery-code/print')
  } catch (error) {
    if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', String(error.retryAfterSeconds))
    show(pages, response, form.one('email'), answerTo(error, language))
  }
}

function emptyBoxes(form: FormFields, say: (typeof english)['errors']): readonly ShownFault[] {
  const empty = (['email', 'code', 'password', 'otp'] as const).filter((field) => form.one(field).trim() === '')
  const faults = empty.map((field) => ({ field, text: say[field] }))
  const differ = form.one('password') !== form.one('again') ? [{ field: 'again', text: say.again }] : []
  return [...faults, ...differ]
}

/** What a refused try says. Anything else is rethrown. */
function answerTo(error: unknown, language: string): Answer {
  const say = wordsIn(language).errors
  if (!(error instanceof Refusal)) throw error
  switch (error.code) {
    case 'sign_in_failed':
      return { faults: [{ field: 'email', text: say.failed }], status: 401 }
    case 'otp_replayed':
      return { faults: [{ field: 'otp', text: say.replayed }], status: 401 }
    case 'sign_in_delayed':
      return { faults: [{ field: 'email', text: plural(language, Math.max(1, error.retryAfterSeconds ?? 1), say.delayed) }], status: 429 }
    default:
      return { faults: shownFaults(error), status: 422 }
  }
}
