import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { instantText, newId, readId, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn } from '../../../staff/drafted.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, readsWhatWasSaid, subPageHref } from '../frame.ts'
import { waitingMessages } from '../waiting-messages.ts'
import { noteNames, readNote } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `note ${id}`

/** What colleagues write for each other. Nothing on this page reaches the person who raised the concern. */
export function noteRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/notes'
  return [
    { method: 'get', path, policy: handlers, handle: visiting(pages, deps, (visit) => show(visit, deps.random)) },
    { method: 'post', path, policy: handlers, body: 'form', handle: visiting(pages, deps, save) },
  ]
}

async function save(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const path = subPageHref(id, 'notes')
  await answerForm(visit, { place: placeOf(id), path, names: noteNames }, async () => {
    // The page's key makes two presses one note
    await concerns.writeNote(ctx, id, readNote(form), readId(form.one('key')))
    await dropTyped(visit)
    return `${path}?done=noted`
  })
}

async function show(visit: ConcernVisit, random: Random): Promise<void> {
  const { concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
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
      draft: drafted.id,
      body: drafted.typed.one('body'),
      staffWords,
    },
    wide: true,
    faults: faultsIn(drafted, readNote, { words: words.errors }),
    ...(notice !== undefined && { notice }),
  })
}
