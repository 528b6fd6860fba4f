import type { Request, Response } from 'express'
import { factsOf, formFields, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import { nothingTyped, typedFrom, type Typed } from '../../staff/typed.ts'
import { personIdOf, type PeopleDeps } from './deps.ts'
import { formerOptions, readInvite, readRights, rightsBoxes, typedRights } from './form.ts'
import { showLink } from './show-link.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('administrator')

/** Inviting somebody, and asking for other rights for somebody who is here: the same boxes. */
export function rightsRoutes(pages: Pages, deps: PeopleDeps): readonly Route[] {
  return [
    { method: 'get', path: '/people/invite', policy, handle: (_request, response) => showInvite(pages, deps, response, nothingTyped) },
    { method: 'post', path: '/people/invite', policy, body: 'form', handle: (request, response) => invite(pages, deps, request, response) },
    { method: 'get', path: '/people/:personId/rights', policy, handle: (request, response) => showRights(pages, deps, request, response) },
    {
      method: 'post',
      path: '/people/:personId/rights',
      policy,
      body: 'form',
      handle: (request, response) => changeRights(pages, deps, request, response),
    },
  ]
}

async function showInvite(
  pages: Pages,
  { people, settings, staffContext }: PeopleDeps,
  response: Response,
  typed: Typed,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const ctx = staffContext(response)
  const [{ intakeGroups }, former] = await Promise.all([settings.current(), people.viewFormer(ctx)])
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'people/invite.njk',
    title: words.form.inviteTitle,
    words,
    view: {
      name: typed.one('name'),
      email: typed.one('email'),
      former: formerOptions(former, typed.one('former'), words.form.former.no),
      boxes: rightsBoxes(typed, intakeGroups, words.form.deputy.text),
      needsCode: !ctx.steppedUp,
    },
    back: '/people',
    faults,
  })
}

async function invite(pages: Pages, deps: PeopleDeps, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  const ctx = deps.staffContext(response)
  try {
    const input = readInvite(form)
    const link = await deps.people.invite(ctx, input)
    showLink(pages, response, deps.publicOrigin, link, { name: input.name, from: 'people' })
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    await showInvite(
      pages,
      deps,
      response,
      form,
      codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: errors }), ...missingCode(form.one('otp'), ctx, errors.otp)],
    )
  }
}

async function showRights(
  pages: Pages,
  { people, settings, staffContext }: PeopleDeps,
  request: Request,
  response: Response,
  typed?: Typed,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const ctx = staffContext(response)
  const person = await people.viewPerson(ctx, personIdOf(request))
  const { intakeGroups } = await settings.current()
  const words = wordsIn(factsOf(response).language)
  const boxes = rightsBoxes(typed ?? typedFrom(typedRights(person.asked ?? person)), intakeGroups, words.form.deputy.text)
  pages.send(response, {
    template: 'people/rights.njk',
    title: words.form.rightsTitle,
    words,
    view: { person, boxes, action: `/people/${person.id}/rights`, needsCode: !ctx.steppedUp },
    back: `/people/${person.id}`,
    faults,
  })
}

async function changeRights(pages: Pages, deps: PeopleDeps, request: Request, response: Response): Promise<void> {
  const form = formFields(request)
  const ctx = deps.staffContext(response)
  const id = personIdOf(request)
  try {
    await deps.people.viewPerson(ctx, id)
    await deps.people.changeRights(ctx, id, readRights(form))
    redirect(response, `/people/${id}?done=rights`)
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    const faults = codeFaults(error, errors.otp) ?? [
      ...shownFaults(error, { fields: { '/person': 'act' } }),
      ...missingCode(form.one('otp'), ctx, errors.otp),
    ]
    await showRights(pages, deps, request, response, form, faults)
  }
}
