import { factsOf, staffOnly, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { codeFaults, missingCode } from '../../../staff/code.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import type { StaffPageDeps } from '../../../staff/deps.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, subPageHref } from '../frame.ts'
import { readIdentityRequest } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const policy = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

/**
 * The name of a person who raised a concern confidentially. It is in the answer to the form and nowhere else: no address leads back to it,
 * and no browser keeps the page.
 */
export function identityRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  const path = '/concerns/:id/identity'
  return [
    { method: 'get', path, policy, handle: visiting(pages, deps, (visit) => ask(visit, '')) },
    { method: 'post', path, policy, body: 'form', handle: visiting(pages, deps, answer) },
  ]
}

async function answer(visit: ConcernVisit): Promise<void> {
  const { ctx, form, response } = visit
  const reason = form.one('reason')
  if (form.has('change')) return ask(visit, reason)
  try {
    await open(visit)
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    const missing = missingCode(form.one('otp'), ctx, errors.otp)
    await ask(visit, reason, codeFaults(error, errors.otp) ?? [...shownFaults(error, { words: errors }), ...missing])
  }
}

async function ask(
  { pages, concerns, ctx, id, response }: ConcernVisit,
  reason: string,
  faults: readonly ShownFault[] = [],
): Promise<void> {
  const concern = await concerns.viewConcern(ctx, id)
  if (!concern.mayOpenIdentity) throw new Refusal('not_found')
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'concern/identity/ask.njk',
    title: concernTitle(concern, words.title),
    words,
    view: { frame: concernFrame(concern, null, ctx.person), heading: words.title, action: `/concerns/${id}/identity`, reason },
    back: subPageHref(id, 'overview'),
    wide: true,
    faults,
  })
}

async function open({ pages, concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  const identity = await concerns.viewIdentity(ctx, id, readIdentityRequest(form))
  const concern = await concerns.viewConcern(ctx, id)
  const words = wordsIn(factsOf(response).language)
  pages.send(response, {
    template: 'concern/identity/shown.njk',
    title: concernTitle(concern, words.shown.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.shown.title,
      identity,
      staffWords,
      backHref: subPageHref(id, 'overview'),
    },
    wide: true,
  })
}
