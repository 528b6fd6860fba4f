import { feedbackInput } from '../../../concerns/index.ts'
import { readInput, type FormFields, type Route } from '../../../http/index.ts'
import { speakUpAgainAnswers } from '../../../workflow/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const listened = ['yes', 'partly', 'no'] as const

/** I5: how it went, once for each time round. */
export function inboxFeedbackRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.feedback,
    again: inboxSteps.feedbackAgain,
    done: doneHref('feedback'),
    template: 'inbox-feedback/inbox-feedback.njk',
    wordsIn,
    written: ['comment'],
    show: async ({ ctx }, typed, words) => {
      const { allowedActions, outcome } = await deps.concerns.readInbox(ctx)
      if (!allowedActions.includes('give_feedback')) return null
      return {
        early: outcome === null,
        listened: listened.map((value) => ({ value, text: words.listened.answers[value], checked: typed.one('listened') === value })),
        again: speakUpAgainAnswers.map((value) => ({
          value,
          text: words.speakUp.answers[value],
          checked: typed.one('speakUpAgain') === value,
        })),
        comment: typed.one('comment'),
        detrimentHref: inboxSteps.detriment,
      }
    },
    act: (ctx, form, secret) => deps.concerns.giveFeedback(ctx, readFeedback(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

function readFeedback(form: FormFields) {
  const comment = form.one('comment')
  return readInput(feedbackInput, {
    speakUpAgain: form.one('speakUpAgain'),
    ...(form.has('listened') && { listened: form.one('listened') }),
    ...(comment.trim() !== '' && { comment }),
  })
}
