import { z } from 'zod'
import { staffOnly } from '../../http/index.ts'
import { byTitle, snippetsFor, snippetUses, type SnippetValues } from '../../settings/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { snippetItem } from '../settings/schema.ts'
import { presentSnippet } from '../settings/snippet-routes.ts'

export interface SnippetsApiDeps extends CallDeps {
  readonly settings: { current(): Promise<{ readonly values: { readonly snippets: SnippetValues } }> }
}

/** Stock phrases, for whoever writes to people who raise concerns. */
export function snippetCalls(deps: SnippetsApiDeps): readonly Call[] {
  return [
    staffCall(deps, {
      name: 'listSnippets',
      method: 'get',
      path: '/api/v1/snippets',
      policy: staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead'),
      tag: 'handling',
      summary: 'Stock phrases for messages to people who raise concerns',
      query: z.strictObject({ use: z.enum(snippetUses).optional().meta({ description: 'Only those offered there.' }) }),
      gives: 'By title, each with its reading grade.',
      answer: z.strictObject({ items: z.array(snippetItem) }).meta({ id: 'OfferedSnippets' }),
      handle: async ({ query }) => {
        const { snippets } = (await deps.settings.current()).values
        const items = query.use === undefined ? byTitle(snippets.items) : snippetsFor(snippets, query.use)
        return { items: items.map(presentSnippet) }
      },
    }),
  ]
}
