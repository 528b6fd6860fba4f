import { anyone } from '../../http/index.ts'
import { invalid, londonDate } from '../../kernel/index.ts'
import { textPages, type Texts } from '../../settings/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'
import { presentTexts } from './present.ts'
import { textsAnswer, textsQuery } from './schema.ts'

/** What the pages of law and pledge say, today or on a day before. */
export function textCalls(deps: CallDeps & { readonly texts: Texts }): readonly Call[] {
  return [
    visitorCall(deps, {
      name: 'readTexts',
      method: 'get',
      path: '/api/v1/texts',
      policy: anyone,
      tag: 'raising',
      summary: 'The law and the pledge, in plain words',
      description: 'Each text with its source, its date, how sure we are of it, and its version.',
      query: textsQuery,
      gives: 'The texts of one page, in its order.',
      answer: textsAnswer,
      handle: async ({ ctx, query }) => {
        const today = londonDate(ctx.now)
        const on = query.on ?? today
        if (on > today) throw invalid('/on', 'in_the_future', 'Choose today or a day before: what is shown later may still change.')
        return presentTexts(query.page, on, await deps.texts.textsInForce(textPages[query.page], on))
      },
    }),
  ]
}
