import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { londonDate, newId, readId, type ConcernId, type Random } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { visiting, type ConcernVisit } from '../../../staff/concern-visit.ts'
import { insiders, type StaffPageDeps } from '../../../staff/deps.ts'
import { answerForm, draftIn, dropTyped, faultsIn } from '../../../staff/drafted.ts'
import { codeOptions } from '../../../staff/options.ts'
import { dateFields, typedFrom, valuesOf } from '../../../staff/typed.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf, subPageHref } from '../frame.ts'
import { contactFields, contactNames, readContact } from './form.ts'
import { minutesInWords } from './minutes.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const placeOf = (id: ConcernId) => `contact ${id}`

/** Calls, visits and mails with the minutes they took. */
export function contactRoutes(pages: Pages, deps: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'random'>): readonly Route[] {
  const path = '/concerns/:id/contacts'
  return [
    { method: 'get', path, policy: insiders, handle: visiting(pages, deps, (visit) => show(visit, deps.random)) },
    { method: 'post', path, policy: insiders, body: 'form', handle: visiting(pages, deps, save) },
  ]
}

async function save(visit: ConcernVisit): Promise<void> {
  const { concerns, ctx, id, form } = visit
  const path = subPageHref(id, 'contacts')
  await answerForm(visit, { place: placeOf(id), path, names: contactNames }, async () => {
    await concerns.casework.logContact(ctx, id, readContact(form, londonDate(ctx.now)), readId(form.one('key')))
    await dropTyped(visit)
    return `${path}?done=contact`
  })
}

async function show(visit: ConcernVisit, random: Random): Promise<void> {
  const { concerns, ctx, id, request, response } = visit
  const drafted = await draftIn(visit, placeOf(id))
  const concern = await concerns.viewConcern(ctx, id)
  const { contacts, minutes, mayWrite } = await concerns.casework.viewContacts(ctx, id)
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const notice = noticeOf(queryFields(request).one('done'))
  visit.pages.send(response, {
    template: 'concern/contacts/contacts.njk',
    title: concernTitle(concern, words.title),
    words,
    view: {
      frame: concernFrame(concern, 'contacts', ctx.person),
      total: words.total(minutesInWords(minutes, language)),
      rows: contacts.map((contact) => ({
        ...contact,
        channel: words.channels[contact.channel],
        minutes: String(contact.minutes),
        who: contact.author ?? words.unknown,
      })),
      mayWrite,
      action: subPageHref(id, 'contacts'),
      channels: codeOptions(words.channels, drafted.typed.many('channel')),
      // Most contacts are logged on their day
      values: valuesOf(drafted.id === null ? typedFrom(dateFields('on', londonDate(ctx.now))) : drafted.typed, contactNames),
      key: newId(random),
      draft: drafted.id,
      staffWords,
    },
    wide: true,
    faults: faultsIn(drafted, (typed) => readContact(typed, londonDate(ctx.now)), { fields: contactFields, words: words.errors }),
    ...(notice !== undefined && { notice }),
  })
}
