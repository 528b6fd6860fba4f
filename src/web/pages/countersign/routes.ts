import type { Request, Response } from 'express'
import { signSetInput } from '../../../accounts/index.ts'
import { factsOf, formFields, queryFields, readInput, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { hasRole, instantText, Refusal } from '../../../kernel/index.ts'
import { pageWords, plural, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeFaults, missingCode } from '../../staff/code.ts'
import type { PeopleDeps } from '../people/deps.ts'
import { resetRoutes } from './reset-routes.ts'
import { countersignView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('guardian', 'administrator')

/** What waits for a second person: the list of readers, and new second factors. */
export function countersignRoutes(pages: Pages, deps: PeopleDeps): readonly Route[] {
  return [
    { method: 'get', path: '/countersign', policy, handle: (request, response) => show(pages, deps, request, response) },
    { method: 'post', path: '/countersign', policy, body: 'form', handle: (request, response) => sign(pages, deps, request, response) },
    ...resetRoutes(pages, deps, policy),
  ]
}

async function show(
  pages: Pages,
  { people, settings, staffContext }: PeopleDeps,
  request: Request,
  response: Response,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const ctx = staffContext(response)
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const [proposed, resets, { intakeGroups }] = await Promise.all([
    people.proposeRecipientSet(ctx),
    people.viewResets(ctx),
    settings.current(),
  ])
  const set = proposed && countersignView(proposed, ctx.person.userId, intakeGroups, words)
  const done = queryFields(request).one('done')
  pages.send(response, {
    template: 'countersign/countersign.njk',
    title: words.title,
    words,
    view: {
      set,
      missing: set && plural(language, set.missing, words.missing),
      agree: [{ value: 'yes', text: set?.changed.length === 0 ? words.agree.leaving : words.agree.text }],
      resets: resets.map(({ id, name, askedBy, askedAt }) => ({
        href: `/countersign/resets/${id}`,
        name,
        askedBy,
        askedAt: instantText(askedAt),
      })),
      isAdministrator: !hasRole(ctx.person, 'guardian'),
      needsCode: !ctx.steppedUp,
    },
    faults,
    ...(Object.hasOwn(words.notices, done) && { notice: words.notices[done as keyof typeof words.notices] }),
  })
}

async function sign(pages: Pages, deps: PeopleDeps, request: Request, response: Response): Promise<void> {
  const ctx = deps.staffContext(response)
  const form = formFields(request)
  const { errors } = wordsIn(factsOf(response).language)
  if (form.one('agree') !== 'yes')
    return show(pages, deps, request, response, [{ field: 'agree', text: errors.agree }, ...missingCode(form.one('otp'), ctx, errors.otp)])
  try {
    const input = readInput(signSetInput, { digest: form.one('digest'), otp: form.one('otp').replaceAll(/\s/g, '') })
    const { inForce } = await deps.people.signRecipientSet(ctx, input)
    redirect(response, `/countersign?done=${inForce ? 'in_force' : 'signed'}`)
  } catch (error) {
    const isStale = error instanceof Refusal && error.code === 'invalid_input'
    const faults = codeFaults(error, errors.otp) ?? (isStale ? [{ field: 'agree', text: errors.changed }] : null)
    if (faults === null) throw error
    await show(pages, deps, request, response, faults)
  }
}
