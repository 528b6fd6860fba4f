import { z } from 'zod'
import { reporterOnly } from '../../http/index.ts'
import { londonDate } from '../../kernel/index.ts'
import { categoriesInForce, officialElements, type Category } from '../../settings/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'

export interface CategoryDeps extends Pick<CallDeps, 'clock'> {
  readonly settings: { current(): Promise<{ readonly categories: readonly Category[] }> }
}

const categoriesAnswer = z
  .array(
    z.strictObject({
      code: z.string(),
      label: z.string(),
      hint: z.string(),
      element: z.enum(officialElements).nullable().meta({ description: 'The official element it counts under.' }),
    }),
  )
  .meta({ id: 'OfferedCategories' })

/** What a person raising a concern is offered to tick. */
export function categoryCalls({ clock, settings }: CategoryDeps): readonly Call[] {
  return [
    visitorCall(
      { clock },
      {
        name: 'listOfferedCategories',
        method: 'get',
        path: '/api/v1/categories',
        policy: reporterOnly,
        tag: 'raising',
        summary: 'What a concern can be about, as it is offered today',
        description: 'An official element is sent in `elements` by its own code, any other in `categories`.',
        gives: 'Those in force.',
        answer: categoriesAnswer,
        handle: async ({ ctx }) => {
          const offered = categoriesInForce((await settings.current()).categories, londonDate(ctx.now))
          return offered.map(({ code, label, hint, element }) => ({ code, label, hint, element }))
        },
      },
    ),
  ]
}
