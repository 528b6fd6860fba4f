import type { ConcernUseCases } from '../../concerns/index.ts'
import type { ConcernId, ItemId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { contentRoles } from '../concerns/routes.ts'
import { written } from '../shapes.ts'
import { presentLinks } from './present.ts'
import { linkBody, linksAnswer, linksQuery } from './schema.ts'

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'linking'> }

/** Links between concerns. A concern that its caller may not see is in no list, and neither is its link. */
export function linkCalls(deps: Deps): readonly Call[] {
  const path = '/api/v1/concerns/:id/links'
  return [
    staffCall(deps, {
      name: 'listLinks',
      method: 'get',
      path,
      policy: contentRoles,
      tag: 'handling',
      summary: 'The concerns that this one is linked to',
      query: linksQuery,
      gives: 'A page of those that you may know of.',
      answer: linksAnswer,
      handle: async ({ ctx, id, query }) => presentLinks(await deps.concerns.linking.view(ctx, id<ConcernId>('id')), query),
    }),
    staffCall(deps, {
      name: 'linkConcerns',
      method: 'post',
      path,
      policy: contentRoles,
      tag: 'handling',
      summary: 'Link it to another concern that you handle',
      description: 'Nothing is merged: each keeps its person, its code, its clocks and its readers.',
      body: linkBody,
      status: 201,
      gives: 'Linked on both sides.',
      answer: written,
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id, body }) => ({ id: (await deps.concerns.linking.add(ctx, id<ConcernId>('id'), body)).id }),
    }),
    staffCall(deps, {
      name: 'unlinkConcerns',
      method: 'delete',
      path: `${path}/:linkId`,
      policy: contentRoles,
      tag: 'handling',
      summary: 'Take a link away',
      status: 204,
      gives: 'Taken away on both sides.',
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id }) => deps.concerns.linking.remove(ctx, id<ConcernId>('id'), id<ItemId>('linkId')),
    }),
  ]
}
