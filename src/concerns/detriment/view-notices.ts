import { actorOf } from '../../audit/index.ts'
import { hasRole, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { readNotices } from './notice-store.ts'
import type { DetrimentUseCases } from './use-cases.ts'

/**
 * What a lead is told of bad treatment: a reference and a day for each report that nobody has closed. Whom it is kept from was settled when
 * it was reported; no content is opened, and no key is needed. Recorded: one `queue_viewed`, which names no concern.
 */
export function createViewDetrimentNotices(deps: ConcernDeps): DetrimentUseCases['viewDetrimentNotices'] {
  return (ctx) =>
    recordingRefusals(deps, ctx, 'view_detriment_notices', null, () => {
      if (!hasRole(ctx.person, 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
      const role = ctx.person.roles.find((held) => held === 'executive_lead' || held === 'non_executive_lead')
      return deps.audited(async (tx) => ({
        value: await readNotices(tx, ctx.person.userId),
        entries: [{ kind: 'queue_viewed', actor: actorOf(ctx.person, role), at: ctx.now, fields: {} }],
      }))
    })
}
