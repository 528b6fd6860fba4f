import type { Request, Response } from 'express'
import type { OneTimeLink, PersonSummary, StaffContext } from '../../../accounts/index.ts'
import { factsOf, formFields, redirect, staffOnly, type FormFields, type Route } from '../../../http/index.ts'
import type { UserId } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults } from '../../staff/code.ts'
import { personIdOf, type PeopleDeps } from './deps.ts'
import { readOtp } from './form.ts'
import { showLink } from './show-link.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('administrator')

type Code = { readonly otp?: string | undefined }
type Done = keyof (typeof english)['notices']

/** One act on a person that needs nothing but a fresh code. */
interface Act {
  readonly path: string
  readonly words: keyof (typeof english)['confirm']
  /** The link to show, or which notice to give. */
  readonly perform: (ctx: StaffContext, id: UserId, code: Code) => Promise<OneTimeLink | Done>
}

/** The acts of an administrator on one person, each with a page that says what it does before it is done. */
export function personActRoutes(pages: Pages, deps: PeopleDeps): readonly Route[] {
  return actsOf(deps).flatMap((act): Route[] => {
    const path = `/people/:personId/${act.path}`
    return [
      { method: 'get', path, policy, handle: (request, response) => ask(pages, deps, act, request, response) },
      { method: 'post', path, policy, body: 'form', handle: (request, response) => answer(pages, deps, act, request, response) },
    ]
  })
}

function actsOf({ people }: PeopleDeps): readonly Act[] {
  const noticing =
    (act: (ctx: StaffContext, id: UserId, code: Code) => Promise<unknown>, done: Done): Act['perform'] =>
    async (ctx, id, code) => {
      await act(ctx, id, code)
      return done
    }
  return [
    { path: 'deactivation', words: 'deactivate', perform: noticing(people.deactivate, 'deactivated') },
    { path: 'reactivation', words: 'reactivate', perform: noticing(people.reactivate, 'reactivated') },
    { path: 're-invitation', words: 'reinvite', perform: people.reinvite },
    { path: 'new-link', words: 'relink', perform: people.reinvite },
    { path: 'withdrawal', words: 'withdraw', perform: noticing(people.withdrawInvitation, 'withdrawn') },
    { path: 'second-factor', words: 'factor', perform: noticing(people.askForReset, 'factor') },
  ]
}

async function ask(
  pages: Pages,
  { people, staffContext }: PeopleDeps,
  act: Act,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const ctx = staffContext(response)
  const person = await people.viewPerson(ctx, personIdOf(request))
  const words = wordsIn(factsOf(response).language)
  const said = words.confirm[act.words]
  pages.send(response, {
    template: 'people/confirm.njk',
    title: said.title,
    words,
    view: { person, said, action: `/people/${person.id}/${act.path}`, needsCode: !ctx.steppedUp },
    back: `/people/${person.id}`,
    faults,
  })
}

async function answer(pages: Pages, deps: PeopleDeps, act: Act, request: Request, response: Response): Promise<void> {
  const ctx = deps.staffContext(response)
  const person = await deps.people.viewPerson(ctx, personIdOf(request))
  try {
    await perform(pages, deps, act, response, person, formFields(request))
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    await ask(pages, deps, act, request, response, codeFaults(error, errors.otp) ?? shownFaults(error, { fields: { '/person': 'act' } }))
  }
}

async function perform(
  pages: Pages,
  { staffContext, publicOrigin }: PeopleDeps,
  act: Act,
  response: Response,
  { id, name }: PersonSummary,
  form: FormFields,
): Promise<void> {
  const result = await act.perform(staffContext(response), id, readOtp(form))
  if (typeof result !== 'string') return showLink(pages, response, publicOrigin, result, { name, from: 'people' })
  // An invitation that was taken back has no page any more
  redirect(response, result === 'withdrawn' ? '/people?done=withdrawn' : `/people/${id}?done=${result}`)
}
