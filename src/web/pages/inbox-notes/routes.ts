import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { readWish } from './form.ts'
import { showNotes } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** A note by e-mail when there is an answer, for somebody who is known; where to, in which part of the day, and what it risks. */
export function inboxNotesRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.notes,
    again: inboxSteps.notesAgain,
    done: doneHref('notes'),
    template: 'inbox-notes/inbox-notes.njk',
    wordsIn,
    // Never shown again where the code is asked for anew: nobody who sits down here is to read it
    written: [],
    show: async ({ ctx }, typed, words) => {
      const { possible, on } = await deps.concerns.viewNotices(ctx)
      if (!possible) return null
      return { now: on ? words.on : words.off, ...showNotes(typed, deps.outbox, words) }
    },
    act: (ctx, form, secret) => deps.concerns.chooseNotices(ctx, readWish(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}
