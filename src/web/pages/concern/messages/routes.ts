import { factsOf, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { newId, type ConcernId } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftHref, draftIn, dropTyped, faultsIn, keepTyped, type Drafted } from '../../../staff/drafted.ts'
import { asksForPhrase, noPhrase, phraseFaults, phraseView, withPhrase, type PhrasePlace } from '../../../staff/phrases.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, readsWhatWasSaid, subPageHref } from '../frame.ts'
import { messageNames, pressKeyOf, readMessage } from './form.ts'
import { previewView, threadView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `message ${id}`

type MessageDeps = Pick<StaffPageDeps, 'random' | 'settings'>
const phrases: PhrasePlace = { use: 'message', field: 'body' }

/**
 * The thread with the person who raised the concern. A message is shown once more, with its readers, before it goes. Every form is answered by a
 * redirect; what was typed waits in a draft of the writer's own.
 */
export function messageRoutes(
  pages: Pages,
  deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random' | 'settings'>,
): readonly Route[] {
  const path = '/concerns/:id/messages'
  const looking = visiting(pages, deps, (visit) => preview(visit, deps))
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => compose(visit, deps)) },
    { method: 'get', path: `${path}/preview`, policy: handlers, handle: looking },
    {
      method: 'post',
      path: `${path}/preview`,
      policy: handlers,
      body: 'form',
      handle: visiting(pages, deps, (visit) => check(visit, deps)),
    },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, send) },
  ]
}

async function compose(visit: ConcernVisit, deps: MessageDeps): Promise<void> {
  return draw(visit, deps, await draftIn(visit, placeOf(visit.id)))
}

async function draw(visit: ConcernVisit, { settings }: MessageDeps, drafted: Drafted): Promise<void> {
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
      body: drafted.typed.one('body'),
      question: drafted.typed.one('question') === 'yes',
      draft: drafted.id,
      phrases: concern.mayWriteMessages ? phraseView((await settings.current()).values.snippets, phrases) : null,
      staffWords,
    },
    wide: true,
    faults: [...faultsIn(drafted, readMessage, { words: words.errors }), ...phraseFaults(request)],
    ...(notice !== undefined && { notice }),
  })
}

/** Keeps the message and shows it as it will be read, or, where there is something wrong with it, where it was written. */
async function check(visit: ConcernVisit, { settings }: MessageDeps): Promise<void> {
  const { id, form } = visit
  const path = subPageHref(id, 'messages')
  const place = placeOf(id)
  if (asksForPhrase(form)) {
    const put = withPhrase(form, (await settings.current()).values.snippets, phrases)
    const draft = draftHref(path, await keepTyped({ ...visit, form: put.typed }, place, messageNames))
    return redirect(visit.response, put.faults.length === 0 ? `${draft}#${phrases.field}` : `${draft}&${noPhrase}=yes`)
  }
  await answerForm(visit, { place, path, names: messageNames }, async () => {
    readMessage(form)
    return draftHref(`${path}/preview`, await keepTyped(visit, place, messageNames))
  })
}

async function preview(visit: ConcernVisit, deps: MessageDeps): Promise<void> {
  const { concerns, ctx, id, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  // Sent meanwhile, kept too long, or an address somebody typed
  if (drafted.id === null) return draw(visit, deps, drafted)
  const { body, question } = readMessage(drafted.typed)
  const concern = await concerns.viewConcern(ctx, id)
  const { language } = factsOf(response)
  const words = wordsIn(language)
  visit.pages.send(response, {
    template: 'concern/messages/preview.njk',
    title: concernTitle(concern, words.preview.title),
    words,
    view: {
      frame: concernFrame(concern, null, ctx.person),
      heading: words.preview.title,
      ...previewView(await concerns.casework.previewMessage(ctx, id, { body }), language),
      body,
      question: question === true,
      draft: drafted.id,
      key: pressKeyOf(drafted.typed) ?? newId(deps.random),
      sendHref: subPageHref(id, 'messages'),
      previewHref: `${subPageHref(id, 'messages')}/preview`,
    },
    wide: true,
  })
}

async function send(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const path = subPageHref(id, 'messages')
  await answerForm(visit, { place: placeOf(id), path, names: messageNames }, async () => {
    await concerns.sendMessage(ctx, id, readMessage(form), pressKeyOf(form))
    await dropTyped(visit)
    return `${path}?done=sent`
  })
}
