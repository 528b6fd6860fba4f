import type { Request, Response } from 'express'
import { noteInput, passwordInput } from '../../../accounts/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, setCookie, staffOnly, type Route } from '../../../http/index.ts'
import { hasRole } from '../../../kernel/index.ts'
import { pageWords, plural, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { yesOrNo } from '../actions/action-form.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { rolesInWords } from '../people/view.ts'
import { offerCookie, printRoutes } from './print-routes.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly()
const lettered = staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead')

type Deps = Pick<PeopleDeps, 'people' | 'staffContext'>
type Shown = (request: Request, response: Response, faults?: readonly ShownFault[]) => void | Promise<void>

/** One's own account: password, recovery code, sessions. */
export function accountRoutes(pages: Pages, deps: Deps): readonly Route[] {
  const { people, staffContext } = deps
  const simple =
    (template: string, title: (words: typeof english) => string): Shown =>
    async (_request, response, faults = []) => {
      const ctx = staffContext(response)
      const words = wordsIn(factsOf(response).language)
      // Who keeps passwords for people asks for whom a new one is
      const view = { needsCode: !ctx.steppedUp, email: (await people.viewAccount(ctx)).email }
      pages.send(response, { template: `account/${template}.njk`, title: title(words), words, view, back: '/account', faults })
    }
  const showPassword = simple('password', (words) => words.change.title)
  const showMake = simple('make', (words) => words.make.title)
  return [
    { method: 'get', path: '/account', policy, handle: (request, response) => show(pages, deps, request, response) },
    {
      method: 'post',
      path: '/account/sessions',
      policy,
      body: 'form',
      handle: async (request, response) => {
        if (formFields(request).one('end') !== 'others') return show(pages, deps, request, response)
        await people.endOtherSessions(staffContext(response))
        redirect(response, '/account?done=sessions')
      },
    },
    mailChoice(pages, deps),
    { method: 'get', path: '/account/password', policy, handle: (request, response) => showPassword(request, response) },
    {
      method: 'post',
      path: '/account/password',
      policy,
      body: 'form',
      lane: 'sign_in',
      handle: (request, response) => changePassword(deps, showPassword, request, response),
    },
    { method: 'get', path: '/account/recovery-code', policy, handle: (request, response) => showMake(request, response) },
    {
      method: 'post',
      path: '/account/recovery-code',
      policy,
      body: 'form',
      handle: async (request, response) => {
        try {
          const otp = formFields(request).one('otp').replaceAll(/\s/g, '')
          const { offer } = await people.recoveryCodes.make(staffContext(response), { otp })
          setCookie(response, offerCookie, offer)
          redirect(response, '/account/recovery-code/print')
        } catch (error) {
          const faults = codeFaults(error, wordsIn(factsOf(response).language).errors.otp)
          if (faults === null) throw error
          await showMake(request, response, faults)
        }
      },
    },
    ...printRoutes(pages, deps),
  ]
}

/** Whether one wants the regular note. */
function mailChoice(pages: Pages, deps: Deps): Route {
  const { people, staffContext } = deps
  return {
    method: 'post',
    path: '/account/mail',
    policy: lettered,
    body: 'form',
    handle: async (request, response) => {
      const regularNote = yesOrNo(formFields(request).one('regularNote'))
      try {
        await people.chooseNote(staffContext(response), readInput(noteInput, { regularNote }))
      } catch (error) {
        const { errors } = wordsIn(factsOf(response).language)
        return show(pages, deps, request, response, shownFaults(error, { words: { regularNote: errors.regularNote } }))
      }
      redirect(response, '/account?done=mail')
    },
  }
}

async function show(
  pages: Pages,
  { people, staffContext }: Deps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const ctx = staffContext(response)
  const { otherSessions, regularNote, ...account } = await people.viewAccount(ctx)
  const done = queryFields(request).one('done')
  pages.send(response, {
    template: 'account/account.njk',
    title: words.title,
    words,
    view: {
      ...account,
      roles: rolesInWords(account, words),
      sessions: otherSessions === 0 ? words.sessions.none : plural(language, otherSessions, words.sessions.count),
      hasOthers: otherSessions > 0,
      regularNote: regularNote === null ? null : regularNote ? 'yes' : 'no',
      absence: hasRole(ctx.person, 'guardian', 'administrator'),
      time: hasRole(ctx.person, 'guardian', 'executive_lead', 'non_executive_lead'),
    },
    faults,
    ...(Object.hasOwn(words.notices, done) && { notice: words.notices[done as keyof typeof words.notices] }),
  })
}

async function changePassword({ people, staffContext }: Deps, again: Shown, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  const ctx = staffContext(response)
  const { errors } = wordsIn(factsOf(response).language)
  try {
    const otp = form.one('otp').replaceAll(/\s/g, '')
    const input = readInput(passwordInput, { current: form.one('current'), password: form.one('password'), otp })
    if (form.one('again') !== input.password) return await again(request, response, [{ field: 'again', text: errors.again }])
    await people.changePassword(ctx, input)
    redirect(response, '/account?done=password')
  } catch (error) {
    const missing = missingCode(form.one('otp'), ctx, errors.otp)
    await again(
      request,
      response,
      codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: { current: errors.current } }), ...missing],
    )
  }
}
