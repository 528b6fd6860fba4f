import type { Request } from 'express'
import { queryFields, reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { whileOpen, type InboxVisit } from '../../reporter/inbox-visit.ts'
import { restoredTexts } from '../../reporter/restored.ts'
import { doneMarks, inboxSteps, promisesPage } from '../../reporter/steps.ts'
import { showInbox } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What was done is a number in the address; anything else there is the first. */
function noticeOf(request: Request, words: typeof english): string {
  const mark = doneMarks[Number(queryFields(request).one('n'))] ?? 'sent'
  return mark === 'sent' ? words.sent : words.done[mark]
}

/** I2: where it stands. Reading leaves no trace anywhere. The second address is the same page after a message was sent. */
export function inboxRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show =
    (done: boolean) =>
    async ({ request, response, language, ctx }: InboxVisit): Promise<void> => {
      const words = wordsIn(language)
      const [inbox, { contacts }, restored] = await Promise.all([
        deps.concerns.readInbox(ctx),
        deps.settings.current(),
        restoredTexts(deps, language),
      ])
      const view = { ...showInbox(inbox, words, language), contacts, restored, reply: inboxSteps.reply, promised: promisesPage }
      pages.send(response, {
        template: 'inbox/inbox.njk',
        title: words.title,
        words,
        view,
        ...(done && { notice: noticeOf(request, words) }),
      })
    }

  return [
    { method: 'get', path: inboxSteps.thread, policy: reporterOnly, handle: whileOpen(pages, deps, show(false)) },
    { method: 'get', path: inboxSteps.replied, policy: reporterOnly, handle: whileOpen(pages, deps, show(true)) },
  ]
}
