import type { Tx } from '../../database/index.ts'
import { invalid, Refusal, type ConcernId } from '../../kernel/index.ts'
import { sealForDuty } from '../../vault/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { createReporterAct, reporterEntryBase } from '../inbox/reporter-act.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { ReporterContext } from '../use-cases.ts'
import { wishBytes, type NoticesInput, type NoticeWish } from './notices.ts'

/**
 * Asks for a note when there is an answer, or stops it. Only for somebody who is known already: an address would make anybody known. It is sealed
 * for the background process, which is why the person has to say that they understand. Recorded: `notices_chosen`, without address or time of day.
 * Refusal `invalid_input` (`anonymous`, `required`).
 */
export function createChooseNotices(deps: ConcernDeps, receipts: Receipts) {
  return createReporterAct<NoticesInput, { readonly notices: boolean }>(deps, receipts, {
    name: 'choose_notices',
    perform: async (acting, input) => {
      const { tx, concern } = acting
      const wish = input.wants ? wishIn(input) : null
      if (wish !== null && concern.openness === 'anonymous')
        throw invalid(
          '/wants',
          'anonymous',
          'You are anonymous here. An address would change that: say more about yourself first, if you want to.',
        )
      await tx.noticeWish.deleteMany({ where: { concernId: concern.id } })
      if (wish !== null) await keepWish(tx, deps.dutyKey, concern.id, wish)
      const notices = wish !== null
      return { answer: { notices }, items: [], entry: { ...reporterEntryBase(acting), kind: 'notices_chosen', fields: { notices } } }
    },
  })
}

/** Seals the wish for the background process: neither a guardian nor the web process can open it again. Takes the transaction of its entry. */
export async function keepWish(tx: Tx, dutyKey: Uint8Array, concernId: ConcernId, { address, part }: NoticeWish): Promise<void> {
  const sealed = sealForDuty(dutyKey, concernId, JSON.stringify({ address, part }), wishBytes)
  await tx.noticeWish.create({ data: { concernId, sealed }, select: { concernId: true } })
}

/** Where to and when, for whoever wants notes. Everything missing is told at once. Throws Refusal `invalid_input` (`required`). */
export function wishIn({ address, part, understood }: NoticesInput): NoticeWish {
  if (address !== undefined && part !== undefined && understood === true) return { address, part }
  const missing = [
    ...(address === undefined ? [{ pointer: '/address', code: 'required', detail: 'Write one e-mail address.' }] : []),
    ...(part === undefined ? [{ pointer: '/part', code: 'required', detail: 'Choose a part of the day.' }] : []),
    ...(understood === true ? [] : [{ pointer: '/understood', code: 'required', detail: 'Say that you understand the risk.' }]),
  ]
  throw new Refusal('invalid_input', { faults: missing })
}

/** Whether the person may ask for notes, and whether they have. Where to is not told: nothing here can open it. */
export function createViewNotices({ database }: Pick<ConcernDeps, 'database'>) {
  return ({ concernId }: ReporterContext): Promise<{ readonly possible: boolean; readonly on: boolean }> =>
    database.read(async (tx) => {
      const concern = await tx.concern.findUnique({ where: { id: concernId }, select: { openness: true } })
      const row = await tx.noticeWish.findUnique({ where: { concernId }, select: { concernId: true } })
      return { possible: concern !== null && concern.openness !== 'anonymous', on: row !== null }
    })
}
