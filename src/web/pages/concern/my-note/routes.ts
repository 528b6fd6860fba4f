import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { instantText, newId, readId, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn } from '../../../staff/drafted.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { noteNames, readNote } from '../notes/form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `my note ${id}`

/** The third space: neither the person nor a colleague reads what is written here. */
export function myNoteRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/my-note'
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, (visit) => show(visit, deps.random)) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, save) },
  ]
}

async function save(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const path = subPageHref(id, 'my-note')
  await answerForm(visit, { place: placeOf(id), path, names: noteNames }, async () => {
    await concerns.casework.writePrivateNote(ctx, id, readNote(form), readId(form.one('key')))
    await dropTyped(visit)
    return `${path}?done=noted_alone`
  })
}

async function show(visit: ConcernVisit, random: Random): Promise<void> {
  const { concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const { notes, mayWrite } = await concerns.casework.viewPrivateNotes(ctx, id)
  const words = wordsIn(factsOf(response).language)
  const notice = noticeOf(queryFields(request).one('done'))
  visit.pages.send(response, {
    template: 'concern/my-note/my-note.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'my-note', ctx.person),
      notes: notes.map((note) => ({ ...note, writtenAt: instantText(note.writtenAt) })),
      mayWrite,
      action: subPageHref(id, 'my-note'),
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
