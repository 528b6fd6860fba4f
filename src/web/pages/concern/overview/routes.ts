import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { concernIdOf, handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { concernFrame, concernTitle, noticeOf } from '../frame.ts'
import { waitingMessages } from '../waiting-messages.ts'
import { overviewView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** A concern: what was said, what came with it, and the one thing to do next. */
export function overviewRoutes(
  pages: Pages,
  { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/concerns/:id',
      policy: handlers,
      handle: async (request, response) => {
        const ctx = staffContext(response)
        const id = concernIdOf(request)
        const concern = await concerns.viewConcern(ctx, id)
        const content = await concerns.viewContent(ctx, id)
        const words = wordsIn(factsOf(response).language)
        const notice = noticeOf(queryFields(request).one('done'))
        pages.send(response, {
          template: 'concern/overview/overview.njk',
          title: concernTitle(concern, words.title),
          words,
          view: {
            frame: concernFrame(concern, 'overview', ctx.person),
            waiting: waitingMessages(concern, content),
            ...overviewView(concern, content, ctx.person),
            raisedOn: concern.raisedOn,
            codeIsShared: concern.codeIsShared,
            staffWords,
          },
          wide: true,
          ...(notice !== undefined && { notice }),
        })
      },
    },
  ]
}
