import { instantFromColumn, londonDate, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { lastDayToReveal } from './draw.ts'

/** A checkpoint that a sample is drawn from. Root in base64. */
export interface SampleBase {
  readonly size: number
  readonly root: string
  readonly publishedAt: Temporal.Instant
}

/** A draw that an auditor fixed, as its entry has it. */
export interface FixedDraw {
  /** The sample's own number, in every entry about it. */
  readonly sample: string
  /** The id of the entry that fixed it. */
  readonly fixed: string
  readonly alias: string | null
  readonly at: Temporal.Instant
  readonly from: DateText
  readonly to: DateText
  readonly count: number
  readonly commitment: string
  /** The last day on which its numbers can be given. */
  readonly until: DateText
  /** The first checkpoint that covers the entry; null until there is one. */
  readonly base: SampleBase | null
}

const mostRead = 200

/** Draws that were fixed, newest first: the one of this number, or all. Read from the log alone: a row beside it could be anybody's. */
export async function readFixedDraws(tx: Tx, sample: string | null): Promise<FixedDraw[]> {
  const rows = await tx.$queryRaw<
    { id: string; text: string; at: Date; size: bigint | null; root: Uint8Array | null; published_at: Date | null }[]
  >`
    select e.id::text as id, e.text, e.happened_at as at, c.size, c.root, c.published_at from staff_entry e
      left join log_position p on p.entry_id = e.id
      left join lateral (select size, root, published_at from log_checkpoint where size > p.index order by size limit 1) c on true
    where e.kind = 'sample_fixed' and (${sample}::text is null or e.text::jsonb->'fields'->>'sample' = ${sample}::text)
    order by e.happened_at desc, e.id limit ${mostRead}::int`
  return rows.map(({ id, text, at, size, root, published_at }) => {
    const { actor, fields } = JSON.parse(text) as FixedText
    const fixedAt = instantFromColumn(at)
    const base = size === null || root === null || published_at === null ? null : { size: Number(size), root: base64(root) }
    return {
      ...fields,
      fixed: id,
      alias: actor.alias ?? null,
      at: fixedAt,
      until: lastDayToReveal(londonDate(fixedAt)),
      base: base && { ...base, publishedAt: instantFromColumn(published_at!) },
    }
  })
}

interface FixedText {
  readonly actor: { readonly alias?: string }
  readonly fields: Pick<FixedDraw, 'sample' | 'from' | 'to' | 'count' | 'commitment'>
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
