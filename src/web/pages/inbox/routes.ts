import { reporterOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { whileOpen, type InboxVisit } from '../../reporter/inbox-visit.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { showInbox } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** I2: where it stands. Reading leaves no trace anywhere. The second address is the same page after a message was sent. */
export function inboxRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const show =
    (notice: 'sent' | null) =>
    async ({ response, language, ctx }: InboxVisit): Promise<void> => {
      const words = wordsIn(language)
      const [inbox, { contacts }] = await Promise.all([deps.concerns.readInbox(ctx), deps.settings.current()])
      const view = { ...showInbox(inbox, words, language), contacts, reply: inboxSteps.reply }
      pages.send(response, { template: 'inbox/inbox.njk', title: words.title, words, view, ...(notice && { notice: words[notice] }) })
    }

  return [
    { method: 'get', path: inboxSteps.thread, policy: reporterOnly, handle: whileOpen(pages, deps, show(null)) },
    { method: 'get', path: inboxSteps.replied, policy: reporterOnly, handle: whileOpen(pages, deps, show('sent')) },
  ]
}
