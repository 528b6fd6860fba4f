import { factsOf, queryFields, redirect, type Route } from '../../../../http/index.ts'
import { instantText, newId, readId, type Random } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, readsWhatWasSaid, subPageHref } from '../frame.ts'
import { waitingMessages } from '../waiting-messages.ts'
import { readNote } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What colleagues write for each other. Nothing on this page reaches the person who raised the concern. */
export function noteRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/notes'
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => show(visit, deps.random, '')) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, (visit) => save(visit, deps.random)) },
  ]
}

async function save(visit: ConcernVisit, random: Random): Promise<void> {
  const { concerns, ctx, id, form, response } = visit
  if (form.has('change')) return show(visit, random, form.one('body'))
  try {
    // The page's key makes two presses one note
    await concerns.writeNote(ctx, id, readNote(form), readId(form.one('key')))
  } catch (error) {
    const { errors } = wordsIn(factsOf(response).language)
    return show(visit, random, form.one('body'), shownFaults(error, { words: errors }))
  }
  redirect(response, `${subPageHref(id, 'notes')}?done=noted`)
}

async function show(visit: ConcernVisit, random: Random, body: string, faults: readonly ShownFault[] = []): Promise<void> {
  const { concerns, ctx, id, request, response } = visit
  const concern = await concerns.viewConcern(ctx, id)
  const content = await concerns.viewContent(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  visit.pages.send(response, {
    template: 'concern/notes/notes.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'notes', ctx.person),
      waiting: waitingMessages(concern, content),
      notes: content.notes.map((note) => ({ ...note, writtenAt: instantText(note.writtenAt) })),
      readable: readsWhatWasSaid(concern, ctx.person),
      mayWrite: concern.mayWriteNotes,
      action: subPageHref(id, 'notes'),
      key: newId(random),
      body,
      staffWords,
    },
    wide: true,
    faults,
    ...(notice !== undefined && { notice }),
  })
}
