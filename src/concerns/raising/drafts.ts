import { unloggedTransaction, type Tx } from '../../database/index.ts'
import { londonDate, Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { raiseInput, type RaiseInput } from './raise-input.ts'
import type { RaiseConcern } from './raise-concern.ts'
import type { Receipts } from './receipts.ts'
import type { ReporterSessions } from '../inbox/reporter-session.ts'
import type { DraftAnswers, Drafts } from '../use-cases.ts'
import type { RaisedAnswer } from '../views.ts'

/** A night shift and a sleep: a draft begun on one shift is still there on the next. */
const idleHours = 20

/**
 * Drafts on pages: sealed under the cookie's key, gone after 20 idle hours. On Send the same key becomes the secret of the receipt, so the
 * page with the code can be reloaded. Nothing here is an entry: a draft is not yet a concern, and its steps would date the person's acts.
 */
export function createDrafts(deps: ConcernDeps, sessions: ReporterSessions, receipts: Receipts, raise: RaiseConcern): Drafts {
  const until = (now: Temporal.Instant) => now.add({ hours: idleHours })
  const answersIn = async (tx: Tx, key: string, now: Temporal.Instant) =>
    (await sessions.read(tx, 'draft', key, now)) as DraftAnswers | null

  return {
    async begin(ctx) {
      const key = sessions.newKey()
      await unloggedTransaction(deps.database, (tx) => sessions.insert(tx, 'draft', key, {}, ctx.now, until(ctx.now)))
      return { key }
    },

    async open(ctx, key) {
      return deps.database.read(async (tx) => {
        // The draft first: Send takes it away and puts the receipt in its place at once, so one of the two is always seen.
        const answers = await answersIn(tx, key, ctx.now)
        const answer = (await receipts.recall(tx, key, londonDate(ctx.now))) as RaisedAnswer | null
        // What somebody recorded for another is no answer of a draft, whosever key this is
        if (answer !== null && !('recordedBy' in answer)) return { kind: 'sent', answer }
        return answers === null ? null : { kind: 'draft', answers }
      })
    },

    async save(ctx, key, answers) {
      const saved = await unloggedTransaction(deps.database, async (tx) => {
        const earlier = await answersIn(tx, key, ctx.now)
        return earlier !== null && sessions.replace(tx, 'draft', key, { ...earlier, ...answers }, ctx.now, until(ctx.now))
      })
      if (!saved) throw new Refusal('draft_gone')
    },

    async send(ctx, key) {
      const state = await this.open(ctx, key)
      if (state === null) throw new Refusal('draft_gone')
      if (state.kind === 'sent') return state.answer
      const input = inputOf(state.answers)
      try {
        return await raise(ctx, input, key, (tx) => sessions.remove(tx, 'draft', key))
      } catch (error) {
        // A second press whose draft changed in between: the first answer stands.
        if (!(error instanceof Refusal) || error.code !== 'idempotency_key_reused') throw error
        const sent = await this.open(ctx, key)
        if (sent?.kind !== 'sent') throw error
        return sent.answer
      }
    },

    async forgetCode(ctx, key) {
      const withoutCode = (answer: unknown): RaisedAnswer => ({ ...(answer as RaisedAnswer), token: '', readers: [], receipt: '' })
      await unloggedTransaction(deps.database, (tx) => receipts.amend(tx, key, londonDate(ctx.now), withoutCode))
    },

    async forget(key) {
      await unloggedTransaction(deps.database, async (tx) => {
        await sessions.remove(tx, 'draft', key)
        await receipts.forget(tx, key)
      })
    },
  }
}

/** The answers as they are raised. Refusal `invalid_input` where a question that must be answered was not. */
function inputOf({ unlisted: _unlisted, refused: _refused, noNotes: _noNotes, ...said }: DraftAnswers): RaiseInput {
  const read = raiseInput.safeParse(said)
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => ({
    pointer: `/${path.join('/')}`,
    code: path.length === 0 ? 'invalid' : 'required',
    detail: message,
  }))
  throw new Refusal('invalid_input', { faults })
}
