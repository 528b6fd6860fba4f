import { inboxMessageInput } from '../../../concerns/index.ts'
import { queryFields, readInput, type Route } from '../../../http/index.ts'
import { dateInWords, pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** An answer to a question of staff's. The address counts the open questions, the form holds which one was shown. */
export function inboxAnswerRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.answer,
    again: inboxSteps.answerAgain,
    done: doneHref('answered'),
    template: 'inbox-answer/inbox-answer.njk',
    wordsIn,
    written: ['body'],
    show: async ({ ctx, request, language }, typed, words) => {
      const { questions } = await deps.concerns.readInbox(ctx)
      const place = Number(queryFields(request).one('q')) || 1
      const shown = typed.has('answers') ? questions.find(({ id }) => id === typed.one('answers')) : questions[place - 1]
      if (shown === undefined) return null
      const asked = words.asked(shown.author ?? words.someone, dateInWords(shown.sentOn, language))
      return { asked, question: shown.body, answers: shown.id, body: typed.one('body') }
    },
    act: (ctx, form, secret) => {
      const input = readInput(inboxMessageInput, { body: form.one('body'), answers: form.one('answers') })
      return deps.concerns.writeFromInbox(ctx, input, secret)
    },
    faultWords: ({ errors }) => ({ fields: { '/answers': 'body' }, words: errors }),
  })
}
