import { readConcernEntries, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, Refusal, type ConcernId, type DateText } from '../../kernel/index.ts'
import { keepClocks } from '../clocks/keep-clocks.ts'
import { lockConcern, readConcern } from '../concern-store.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { readRaisedKeys } from '../sealing/reporter-record.ts'
import { sealPart, type SealTarget } from '../sealing/sealed-parts.ts'
import type { TaskNote } from './contents.ts'
import { createRefuseEnded } from './ended-link.ts'
import { hashLinkSecret, openLink } from './link-seal.ts'
import { endTaskLink, findTaskLink, type TaskLinkRow } from './link-store.ts'
import { isStanding } from './standing-link.ts'
import type { Tasks } from './use-cases.ts'

/**
 * What somebody with a link can do: read the words that were written for them, and say once that it is done. Nothing tells them that there is a
 * concern. Whatever is wrong with a link, the answer is one: `task_link_not_recognised`. One that has ended leaves `attempt_refused`, once a day.
 */
export function createTaskLinks(deps: ConcernDeps): Pick<Tasks, 'openLink' | 'answerLink'> {
  const now = () => deps.clock.now()
  const refuseEnded = createRefuseEnded(deps)
  return {
    openLink: async (secret) => {
      const link = await deps.database.read((tx) => find(tx, deps, secret, londonDate(now())))
      if (!link.standing) return refuseEnded(link.id)
      const { wording, dueOn } = openLink(secret, link.id, link.sealed)
      return { wording, dueOn: dueOn as DateText }
    },

    answerLink: async (secret, { note }) => {
      const ended = await deps
        .audited(async (tx) => {
          const at = now()
          await lockConcern(tx, (await findRow(tx, deps, secret)).concernId)
          // Under the lock: a handler may have ended the task, or left, at the same moment
          const link = await find(tx, deps, secret, londonDate(at))
          const concern = await readConcern(tx, link.concernId)
          // What ended is on record; nothing else of this is
          if (!link.standing || concern === null || !(await endTaskLink(tx, link.id, 'used'))) throw new EndedLink(link.id)
          const { keys } = openLink(secret, link.id, link.sealed)
          const content: TaskNote = { evidence: note }
          const item = sealPart(deps.random, await internalOf(tx, link.concernId), 'task_answer', link.id, keys, content)
          await insertStaffItems(tx, link.concernId, [item], at)
          const entry: AuditDraft = {
            kind: 'task_done',
            actor: { role: 'system' },
            at,
            concernId: link.concernId,
            fields: { task: link.task, item: item.id, link: link.id },
          }
          await keepClocks(
            tx,
            { concern, entries: await readConcernEntries(tx, link.concernId) },
            [entry],
            await deps.settings.current(tx),
            at,
          )
          return { value: null, entries: [entry] }
        })
        .catch((error: unknown) => {
          if (error instanceof EndedLink) return error.link
          throw error
        })
      if (ended !== null) await refuseEnded(ended)
    },
  }
}

/** The link had ended when its answer came: the transaction writes nothing. */
class EndedLink extends Error {
  override readonly name = 'EndedLink'
  readonly link: string
  constructor(link: string) {
    super('the link has ended')
    this.link = link
  }
}

interface Found extends TaskLinkRow {
  readonly standing: boolean
}

/** Refusal `task_link_not_recognised` where there never was one: strangers must not fill the log. */
async function findRow(tx: Tx, { peppers }: ConcernDeps, secret: string): Promise<TaskLinkRow> {
  const link = await findTaskLink(tx, hashLinkSecret(peppers.receipt, secret))
  if (link === null) throw new Refusal('task_link_not_recognised')
  return link
}

async function find(tx: Tx, deps: ConcernDeps, secret: string, today: DateText): Promise<Found> {
  const link = await findRow(tx, deps, secret)
  const standing = isStanding(link, await readConcernEntries(tx, link.concernId), await deps.directory.current(tx), today)
  return { ...link, standing }
}

/** The handlers' compartment under the key it has now: only its public half is needed to seal. Refusal `record_not_genuine`. */
async function internalOf(tx: Tx, concernId: ConcernId): Promise<SealTarget> {
  const keys = (await readRaisedKeys(tx, [concernId])).get(concernId)
  const row = await tx.compartment.findFirst({ where: { concernId, kind: 'internal' }, select: { id: true } })
  const publicKey = row && keys?.partKeys.get(row.id)
  const epoch = row && keys?.epochs.get(row.id)
  if (!row || !publicKey || !epoch) throw new Refusal('record_not_genuine')
  return { id: row.id as SealTarget['id'], concernId, kind: 'internal', epoch, keys: { publicKey: new Uint8Array(publicKey) } }
}
