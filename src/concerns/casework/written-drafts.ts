import { z } from 'zod'
import { newId, readId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { WrittenDrafts } from './casework.ts'
import { openOwn, sealToSelf } from './own-seal.ts'
import { dropWrittenDraft, keepWrittenDraft, keptHours, readWrittenDraft } from './written-draft-store.ts'

/** Longer than any form of ours can send. */
const mostCharacters = 600_000
const fieldsShape = z.record(z.string(), z.array(z.string()))

/**
 * What was typed into a form and is not taken yet: a form is answered by a redirect, so that going Back never asks to send it again, and the
 * page that comes shows the text out of here. Sealed to the writer, for half a day. No entry: nothing of a concern is looked at or changed.
 */
export function createWrittenDrafts({ database, random }: ConcernDeps): WrittenDrafts {
  return {
    keep: async (ctx, place, fields, given) => {
      // An id that is no id of ours, or another's, gets a draft of its own
      const wanted = given === undefined ? null : readId(given)
      const known = wanted !== null && (await readWrittenDraft(database, ctx.person.userId, wanted)) !== null
      const id: string = known ? wanted : newId(random)
      const kept = JSON.stringify(fields).length > mostCharacters ? {} : fields
      const sealed = sealToSelf(ctx, { id, kind: 'written_draft', place }, kept)
      await keepWrittenDraft(database, { id, personId: ctx.person.userId, keptAt: ctx.now, ...sealed })
      return id
    },
    open: async (ctx, place, given) => {
      const id = readId(given)
      const row = id === null ? null : await readWrittenDraft(database, ctx.person.userId, id)
      if (row === null || Temporal.Instant.compare(row.keptAt.add({ hours: keptHours }), ctx.now) < 0) return null
      const parsed = fieldsShape.safeParse(openOwn(ctx, { id: row.id, kind: 'written_draft', place }, row))
      return parsed.success ? parsed.data : null
    },
    drop: async (ctx, given) => {
      const id = readId(given)
      if (id !== null) await dropWrittenDraft(database, ctx.person.userId, id)
    },
  }
}
