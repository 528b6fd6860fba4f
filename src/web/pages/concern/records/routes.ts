import type { Reader } from '../../../../concerns/index.ts'
import { factsOf, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { concernIdOf, handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import type { Choices } from '../../actions/action-form.ts'
import { concernFrame, concernTitle } from '../frame.ts'
import { waitingMessages } from '../waiting-messages.ts'
import { feedbackViews, namesOf, recordViews } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What was decided and found: triage, terms, findings, referral, outcome. */
export function recordRoutes(pages: Pages, { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/concerns/:id/records',
      policy: handlers,
      handle: async (request, response) => {
        const ctx = staffContext(response)
        const id = concernIdOf(request)
        const concern = await concerns.viewConcern(ctx, id)
        const content = await concerns.viewContent(ctx, id)
        const choices = await concerns.listChoices(ctx, id)
        const words = wordsIn(factsOf(response).language)
        pages.send(response, {
          template: 'concern/records/records.njk',
          title: concernTitle(concern, words.title),
          words,
          view: {
            frame: concernFrame(concern, 'records', ctx.person),
            waiting: waitingMessages(concern, content),
            feedback: feedbackViews(content.feedback),
            records: recordViews(content.records, namesOf(concern, peopleIn(choices))),
            staffWords,
          },
          wide: true,
        })
      },
    },
  ]
}

function peopleIn({ investigators, approvers, deciders, owners }: Choices): readonly Reader[] {
  return [...investigators, ...approvers, ...deciders, ...owners]
}
