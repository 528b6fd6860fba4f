import { linkInput } from '../../../../concerns/index.ts'
import { factsOf, queryFields, readInput, redirect, type Route } from '../../../../http/index.ts'
import { instantText, readId, Refusal, type ItemId } from '../../../../kernel/index.ts'
import { statusWords } from '../../../../workflow/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { unlessEmpty } from '../../actions/action-form.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The concerns that this one is linked to, as far as the wall lets its reader see, and the linking of another. */
export function linkRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  const path = '/concerns/:id/links'
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => show(visit)) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, add) },
    { method: 'post', path: `${path}/removal`, policy: handlers, body: 'form', handle: visiting(pages, deps, remove) },
  ]
}

const linksShown = 50

/** What a page of the list shows. An address that is none shows the first. */
export function pageOfLinks(count: number, from: string): { readonly from: number; readonly to: number } {
  const first = /^\d{1,6}$/.test(from) && Number(from) < count ? Number(from) : 0
  return { from: first, to: Math.min(count, first + linksShown) }
}

async function add(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form, response } = visit
  if (form.has('change')) return show(visit)
  try {
    await concerns.linking.add(ctx, id, readInput(linkInput, { other: form.one('other'), note: unlessEmpty(form.one('note')) }))
  } catch (error) {
    return show(visit, shownFaults(error, { words: wordsIn(factsOf(response).language).errors }))
  }
  redirect(response, `${subPageHref(id, 'links')}?done=linked`)
}

async function remove({ concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  const link = readId<ItemId>(form.one('link'))
  // Nobody's link is one that the concern has to be looked at for.
  if (link === null) {
    await concerns.linking.view(ctx, id)
    throw new Refusal('not_found')
  }
  await concerns.linking.remove(ctx, id, link)
  redirect(response, `${subPageHref(id, 'links')}?done=unlinked`)
}

async function show(visit: ConcernVisit, faults: readonly ShownFault[] = []): Promise<void> {
  const { concerns, ctx, id, form, request, response } = visit
  const concern = await concerns.viewConcern(ctx, id)
  const links = await concerns.linking.view(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  const href = subPageHref(id, 'links')
  const part = pageOfLinks(links.length, queryFields(request).one('from'))
  visit.pages.send(response, {
    template: 'concern/links/links.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'links', ctx.person),
      links: links.slice(part.from, part.to).map(({ id: link, relation, other, note, linkedBy, linkedAt, mayRemove }) => ({
        id: link,
        href: subPageHref(other.id, 'overview'),
        reference: other.reference,
        relation: words.relations[relation],
        status: statusWords[other.status].staff,
        raisedOn: other.raisedOn,
        note,
        by: words.by(linkedBy),
        linkedAt: instantText(linkedAt),
        mayRemove,
        removeHidden: words.removeHidden(other.reference),
      })),
      showing: links.length > linksShown ? words.showing(part.from + 1, part.to, links.length) : null,
      nextHref: part.to < links.length ? `${href}?from=${part.to}` : null,
      firstHref: part.from > 0 ? href : null,
      mayLink: concern.mayWriteNotes,
      typed: { other: form.one('other'), note: form.one('note') },
      action: href,
      removeHref: `${href}/removal`,
    },
    wide: true,
    faults,
    ...(notice !== undefined && { notice }),
  })
}
