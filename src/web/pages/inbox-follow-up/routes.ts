import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { followUpOptions, readFollowUp } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** "How have you been treated since?", three and six months after the outcome. Worse leads on to the report of bad treatment. */
export function inboxFollowUpRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.followUp,
    again: inboxSteps.followUpAgain,
    done: (form) => (form.one('answer') === 'worse' ? inboxSteps.detriment : doneHref('followUp')),
    template: 'inbox-follow-up/inbox-follow-up.njk',
    wordsIn,
    written: ['comment'],
    show: async ({ ctx }, typed, words) => {
      const { followUp } = await deps.concerns.readInbox(ctx)
      if (followUp === null) return null
      return {
        months: followUp,
        lead: words.lead[followUp],
        answers: followUpOptions(words),
        answer: typed.one('answer'),
        comment: typed.one('comment'),
      }
    },
    act: (ctx, form, secret) => deps.concerns.answerFollowUp(ctx, readFollowUp(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}
