import type { Request, Response } from 'express'
import type { SignInInput } from '../../../accounts/index.ts'
import { anyone, clearCookie, factsOf, formFields, queryFields, redirect, setCookie, staffOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, plural, type Pages, type ShownFault } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { sessionCookie } from '../../staff/session-cookie.ts'
import { emptyBoxes, isTooLong, readSignIn } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

interface Answer {
  readonly faults: readonly ShownFault[]
  readonly status: number
}

/** Signing in and out. A wrong address, a wrong password and a wrong code get one and the same answer. */
export function signInRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'clock' | 'accounts' | 'staffContext'>): readonly Route[] {
  const show = (request: Request, response: Response, email: string, answer?: Answer) => {
    const words = wordsIn(factsOf(response).language)
    const notice = queryFields(request).one('done') === 'signed-out' ? words.signedOut : undefined
    pages.send(response, {
      template: 'sign-in/sign-in.njk',
      title: words.title,
      words,
      view: { email, kept: queryFields(request).has('kept') },
      leave: false,
      ...answer,
      ...(notice !== undefined && { notice }),
    })
  }

  const signIn = async (response: Response, input: SignInInput) => {
    if (isTooLong(input)) throw new Refusal('sign_in_failed')
    const { requestId, party } = factsOf(response)
    const ctx = { requestId, from: party, now: deps.clock.now() }
    const { accessToken } = await deps.accounts.signIn(ctx, input)
    setCookie(response, sessionCookie, accessToken)
    redirect(response, '/kept')
  }

  return [
    { method: 'get', path: '/sign-in', policy: anyone, handle: (request, response) => show(request, response, '') },
    {
      method: 'post',
      path: '/sign-in',
      policy: anyone,
      body: 'form',
      lane: 'sign_in',
      handle: async (request, response) => {
        const input = readSignIn(formFields(request))
        const { language } = factsOf(response)
        const empty = emptyBoxes(input, wordsIn(language).errors)
        if (empty.length > 0) return show(request, response, input.email, { faults: empty, status: 422 })
        try {
          await signIn(response, input)
        } catch (error) {
          const answer = answerTo(error, language)
          if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
            response.setHeader('Retry-After', String(error.retryAfterSeconds))
          show(request, response, input.email, answer)
        }
      },
    },
    {
      method: 'post',
      path: '/sign-out',
      policy: staffOnly(),
      body: 'form',
      handle: async (_request, response) => {
        await deps.accounts.signOut(deps.staffContext(response))
        clearCookie(response, sessionCookie)
        redirect(response, '/sign-in?done=signed-out')
      },
    },
  ]
}

/** What a refused sign-in says. Anything else is rethrown. */
function answerTo(error: unknown, language: string): Answer {
  const say = wordsIn(language).errors
  if (!(error instanceof Refusal)) throw error
  switch (error.code) {
    case 'sign_in_failed':
      return { faults: [{ field: 'email', text: say.failed }], status: 401 }
    case 'otp_replayed':
      return { faults: [{ field: 'otp', text: say.replayed }], status: 401 }
    case 'sign_in_delayed':
      return {
        faults: [{ field: 'email', text: plural(language, Math.max(1, Math.ceil(error.retryAfterSeconds ?? 1)), say.delayed) }],
        status: 429,
      }
    default:
      throw error
  }
}
