import { sendOnInput } from '../../../concerns/index.ts'
import { readInput, type FormFields, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/**
 * "Send it on": who would get it and what they could read, before it goes. Whom the person was shown is on the form, so that nobody else gets it
 * in their place.
 */
export function inboxSendOnRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.sendOn,
    again: inboxSteps.sendOnAgain,
    done: doneHref('sentOn'),
    template: 'inbox-send-on/inbox-send-on.njk',
    wordsIn,
    written: ['comment'],
    show: async ({ ctx }, typed, words) => {
      const { sendOn } = await deps.concerns.readInbox(ctx)
      if (sendOn === null || sendOn.to === null) return null
      const { reasons, to } = sendOn
      return {
        lead: reasons.map((reason) => words.lead[reason])[0],
        to: to.id,
        person: readerInWords(to, readerWords),
        about: words.who.about(to.name),
        reasons: reasons.map((value) => ({ value, text: words.reason[value] })),
        reason: typed.one('reason'),
        comment: typed.one('comment'),
        send: words.send(to.name),
        back: inboxSteps.thread,
      }
    },
    act: (ctx, form, secret) => deps.concerns.sendOn(ctx, readSendOn(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

function readSendOn(form: FormFields) {
  const comment = form.one('comment')
  const given = { ...(form.has('reason') && { reason: form.one('reason') }), to: form.one('to') }
  return readInput(sendOnInput, { ...given, ...(comment.trim() !== '' && { comment }) })
}
