import { factsOf, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { newId, type Random } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, readsWhatWasSaid, subPageHref } from '../frame.ts'
import { pressKeyOf, readMessage } from './form.ts'
import { previewView, threadView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The thread with the person who raised the concern. A message is shown once more, with its readers, before it goes. */
export function messageRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/messages'
  const check = (visit: ConcernVisit) => withFaultsShown(visit, () => preview(visit, deps.random))
  const sending = (visit: ConcernVisit) => withFaultsShown(visit, () => send(visit))
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => compose(visit, '')) },
    { method: 'post', path: `${path}/preview`, policy: handlers, body: 'form', handle: visiting(pages, deps, check) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, sending) },
  ]
}

/** What is wrong with a message is shown where it was written; so is one that its writer wants to change. */
async function withFaultsShown(visit: ConcernVisit, go: () => Promise<void>): Promise<void> {
  const body = visit.form.one('body')
  if (visit.form.has('change')) return compose(visit, body)
  try {
    await go()
  } catch (error) {
    const { errors } = wordsIn(factsOf(visit.response).language)
    await compose(visit, body, shownFaults(error, { words: errors }))
  }
}

async function compose(visit: ConcernVisit, body: string, faults: readonly ShownFault[] = []): Promise<void> {
  const { concerns, ctx, id, request, response } = visit
  const concern = await concerns.viewConcern(ctx, id)
  const content = await concerns.viewContent(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  visit.pages.send(response, {
    template: 'concern/messages/messages.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'messages', ctx.person),
      thread: threadView(content.messages),
      readable: readsWhatWasSaid(concern, ctx.person),
      mayWrite: concern.mayWriteMessages,
      previewHref: `${subPageHref(id, 'messages')}/preview`,
      body,
      staffWords,
    },
    wide: true,
    faults,
    ...(notice !== undefined && { notice }),
  })
}

async function preview(visit: ConcernVisit, random: Random): Promise<void> {
  const { concerns, ctx, id, response } = visit
  const { body } = readMessage(visit.form)
  const concern = await concerns.viewConcern(ctx, id)
  const content = await concerns.viewContent(ctx, id)
  const words = wordsIn(factsOf(response).language)
  visit.pages.send(response, {
    template: 'concern/messages/preview.njk',
    title: concernTitle(concern, words.preview.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.preview.title,
      ...previewView(body, concern, content, ctx.person),
      key: newId(random),
      sendHref: subPageHref(id, 'messages'),
      previewHref: `${subPageHref(id, 'messages')}/preview`,
    },
    wide: true,
  })
}

async function send({ concerns, ctx, id, form, response }: ConcernVisit): Promise<void> {
  await concerns.sendMessage(ctx, id, readMessage(form), pressKeyOf(form))
  redirect(response, `${subPageHref(id, 'messages')}?done=sent`)
}
