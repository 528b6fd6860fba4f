import { actorOf } from '../../audit/index.ts'
import { addDays, invalid, londonDate, newId, Refusal } from '../../kernel/index.ts'
import { clocksIn, timelineOf } from '../clocks/timeline.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { actingRole, findAndLock, findOpenable } from '../reading/visibility.ts'
import { createWriteOnce } from '../acts/write-once.ts'
import type { TaskInput } from './inputs.ts'
import { hashLinkSecret, newLinkSecret, sealLink } from './link-seal.ts'
import { endTaskLink, insertTaskLink, readTaskLinks } from './link-store.ts'
import { tasksIn } from './track.ts'
import type { MadeLink, Tasks } from './use-cases.ts'

/** LOCAL: long enough for a holiday, short enough that a forgotten letter opens nothing. */
const linkDays = 30

/**
 * A one-time link for somebody without an account. It shows words written for it and a day, nothing else. A newer link for a task ends the one
 * before. Recorded: `task_link_made`.
 */
export function createMakeLink(deps: ConcernDeps, receipts: Receipts): Tasks['makeLink'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'make_task_link',
    write: async ({ tx, random, concern }, { task, wording }: TaskInput<'link'>, base) => {
      const found = tasksIn(concern.entries).find(({ id }) => id === task)
      if (found === undefined) throw invalid('/task', 'not_an_option', 'Choose one of the tasks listed.')
      if (found.state !== 'open') throw new Refusal('transition_not_allowed')
      const today = londonDate(base.at)
      const clocks = clocksIn(timelineOf(concern.concern.raisedOn, concern.entries), await deps.settings.current(tx), today)
      const dueOn = clocks.find(({ code, of }) => code === 'T13' && of === task)?.dueOn ?? today
      for (const { id, task: of } of await readTaskLinks(tx, base.concernId)) if (of === task) await endTaskLink(tx, id, 'withdrawn')
      const link: string = newId(random)
      const secret = newLinkSecret(random)
      const { sealed, signKey } = sealLink(secret, link, { wording, dueOn })
      const expiresOn = addDays(today, linkDays)
      await insertTaskLink(
        tx,
        { id: link, concernId: base.concernId, task, sealed, expiresOn },
        hashLinkSecret(deps.peppers.receipt, secret),
      )
      const answer: MadeLink = { id: link, secret, expiresOn }
      return { answer, entry: { ...base, kind: 'task_link_made', fields: { task, link, signKey, expiresOn } } }
    },
  })
}

/** Takes a link back before it was used. Recorded: `task_link_withdrawn`. Refusal `transition_not_allowed` where it has ended. */
export function createWithdrawLink(deps: ConcernDeps): Tasks['withdrawLink'] {
  return (ctx, id, { task }) =>
    recordingRefusals(deps, ctx, 'withdraw_task_link', id, () =>
      deps.audited(async (tx) => {
        const sight = await findAndLock(tx, ctx.person, id, findOpenable)
        if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
        const standing = (await readTaskLinks(tx, id)).find((link) => link.task === task && link.ended === null)
        if (standing === undefined || !(await endTaskLink(tx, standing.id, 'withdrawn'))) throw new Refusal('transition_not_allowed')
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        const fields = { task, link: standing.id }
        return { value: undefined, entries: [{ kind: 'task_link_withdrawn', actor, at: ctx.now, concernId: id, fields }] }
      }),
    )
}
