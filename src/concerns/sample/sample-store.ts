import type { Tx } from '../../database/index.ts'
import {
  dateFromColumn,
  dateToColumn,
  instantFromColumn,
  instantToColumn,
  type ConcernId,
  type DateText,
  type UserId,
} from '../../kernel/index.ts'
import type { SealedItem } from '../../vault/index.ts'
import type { SampleReason } from './sample-input.ts'

export interface DrawRow {
  readonly id: string
  readonly askedById: UserId
  readonly askedAt: Temporal.Instant
  readonly size: number
  readonly root: string
  readonly from: DateText
  readonly to: DateText
  readonly numbers: string
  readonly wanted: number
  readonly population: number
}

export async function insertDraw(
  tx: Tx,
  draw: DrawRow,
  concerns: readonly { readonly id: string; readonly alias: string }[],
): Promise<void> {
  const { from, to, askedAt, size, root, ...rest } = draw
  await tx.sampleDraw.create({
    data: {
      ...rest,
      askedAt: instantToColumn(askedAt),
      size: BigInt(size),
      root: Buffer.from(root, 'base64'),
      firstDay: dateToColumn(from),
      lastDay: dateToColumn(to),
    },
    select: { id: true },
  })
  await tx.sampleConcern.createMany({
    data: concerns.map(({ id, alias }, index) => ({ id, drawId: draw.id, place: index + 1, logAlias: alias })),
  })
}

/** Numbers of all samples that were drawn. */
export async function readDrawnIds(tx: Tx): Promise<Set<string>> {
  return new Set((await tx.sampleDraw.findMany({ select: { id: true } })).map(({ id }) => id))
}

/** Which of these concerns were drawn by anybody since a moment. */
export async function readDrawnSince(tx: Tx, aliases: readonly string[], since: Temporal.Instant): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ alias: string }[]>`
    select distinct s.log_alias::text as alias from sample_concern s join sample_draw d on d.id = s.draw_id
    where d.asked_at >= ${instantToColumn(since)}::timestamptz and s.log_alias = any(${[...aliases]}::uuid[])`
  return new Set(rows.map(({ alias }) => alias))
}

const mostListed = 100

/** Newest first, each with how many of its concerns have their answer. */
export async function readDraws(tx: Tx, id: string | null): Promise<(DrawRow & { readonly answered: number })[]> {
  const rows = await tx.sampleDraw.findMany({
    where: id === null ? {} : { id },
    orderBy: [{ askedAt: 'desc' }, { id: 'asc' }],
    take: mostListed,
  })
  const counts = await tx.$queryRaw<{ draw_id: string; answered: bigint }[]>`
    select s.draw_id::text as draw_id, count(a.sample_concern_id) as answered from sample_concern s
      join sample_answer a on a.sample_concern_id = s.id
    where s.draw_id = any(${rows.map((row) => row.id)}::uuid[]) group by s.draw_id`
  const answered = new Map(counts.map((row) => [row.draw_id, Number(row.answered)]))
  return rows.map(({ firstDay, lastDay, ...row }) => ({
    ...row,
    askedById: row.askedById as UserId,
    askedAt: instantFromColumn(row.askedAt),
    size: Number(row.size),
    root: Buffer.from(row.root).toString('base64'),
    from: dateFromColumn(firstDay),
    to: dateFromColumn(lastDay),
    answered: answered.get(row.id) ?? 0,
  }))
}

export interface DrawnRow {
  readonly id: string
  readonly place: number
  readonly alias: string
  readonly concernId: ConcernId | null
  readonly author: UserId | null
  readonly reason: SampleReason | null
  readonly until: DateText | null
}

/** Concerns of a sample in their places, each with its answer. */
export async function readDrawn(tx: Tx, drawId: string): Promise<DrawnRow[]> {
  const rows = await tx.$queryRaw<
    { id: string; place: number; alias: string; concern: string | null; author: string | null; reason: string | null; until: Date | null }[]
  >`
    select s.id::text as id, s.place, s.log_alias::text as alias, c.id::text as concern, a.author_id::text as author, a.reason, a.until
    from sample_concern s left join concern c on c.log_alias = s.log_alias left join sample_answer a on a.sample_concern_id = s.id
    where s.draw_id = ${drawId}::uuid order by s.place`
  return rows.map(({ concern, author, reason, until, ...row }) => ({
    ...row,
    concernId: concern as ConcernId | null,
    author: author as UserId | null,
    reason: reason as SampleReason | null,
    until: until && dateFromColumn(until),
  }))
}

export interface AskedRow {
  readonly id: string
  readonly drawId: string
  readonly alias: string
  readonly concernId: ConcernId
  readonly reference: string
  readonly askedBy: UserId
  readonly askedAt: Temporal.Instant
  readonly numbers: string
  readonly answered: boolean
}

/** One drawn concern; or those without an answer whose INTERNAL this person holds a key to. */
export async function readAsked(
  tx: Tx,
  wanted: { readonly id: string } | { readonly holder: UserId; readonly since: Temporal.Instant },
): Promise<AskedRow[]> {
  const id = 'id' in wanted ? wanted.id : null
  const holder = 'holder' in wanted ? wanted.holder : null
  const since = 'holder' in wanted ? instantToColumn(wanted.since) : null
  const rows = await tx.$queryRaw<
    {
      id: string
      draw_id: string
      alias: string
      concern_id: string
      reference: string
      asked_by: string
      asked_at: Date
      numbers: string
      answered: boolean
    }[]
  >`
    select s.id::text as id, d.id::text as draw_id, s.log_alias::text as alias, c.id::text as concern_id, c.reference,
      d.asked_by_id::text as asked_by, d.asked_at, d.numbers, a.sample_concern_id is not null as answered
    from sample_concern s join sample_draw d on d.id = s.draw_id join concern c on c.log_alias = s.log_alias
      left join sample_answer a on a.sample_concern_id = s.id
    where (${id}::uuid is null or s.id = ${id}::uuid) and (${since}::timestamptz is null or d.asked_at >= ${since}::timestamptz)
      and (${holder}::text is null or (a.sample_concern_id is null and exists (
        select 1 from key_grant g where g.concern_id = c.id and g.holder = ${holder} and g.kind = 'internal')))
    order by d.asked_at, s.id limit ${mostListed}`
  return rows.map((row) => ({
    id: row.id,
    drawId: row.draw_id,
    alias: row.alias,
    concernId: row.concern_id as ConcernId,
    reference: row.reference,
    askedBy: row.asked_by as UserId,
    askedAt: instantFromColumn(row.asked_at),
    numbers: row.numbers,
    answered: row.answered,
  }))
}

interface Answer {
  readonly id: string
  readonly concernId: ConcernId
  readonly author: UserId
  readonly at: Temporal.Instant
  readonly reason: SampleReason | null
  readonly until: DateText | null
}

export async function insertAnswer(tx: Tx, { id, concernId, author, at, reason, until }: Answer): Promise<void> {
  await tx.sampleAnswer.create({
    data: {
      sampleConcernId: id,
      concernId,
      authorId: author,
      answeredAt: instantToColumn(at),
      reason,
      until: until && dateToColumn(until),
    },
    select: { sampleConcernId: true },
  })
}

export async function insertSampleText(tx: Tx, id: string, concernId: ConcernId, until: DateText, sealed: SealedItem): Promise<void> {
  const { itemKey, ciphertext, signature } = sealed
  await tx.sampleText.create({
    data: { sampleConcernId: id, concernId, purgeOn: dateToColumn(until), itemKey, ciphertext, signature },
    select: { sampleConcernId: true },
  })
}

export async function readSampleText(tx: Tx, id: string) {
  return tx.sampleText.findUnique({ where: { sampleConcernId: id } })
}

/** Who unlocked a concern for this sample and with which signature, as the log has it; null where no entry says so. */
export async function readUnlocked(
  tx: Tx,
  concernId: ConcernId,
  sample: string,
): Promise<{ readonly alias: string | null; readonly signature: string | null } | null> {
  const rows = await tx.staffEntry.findMany({ where: { concernId, kind: 'sample_unlocked' }, select: { text: true } })
  const said = rows.map(({ text }) => JSON.parse(text) as { actor: { alias?: string }; fields: { sample?: string; signature?: string } })
  const found = said.find(({ fields }) => fields.sample === sample)
  return found === undefined ? null : { alias: found.actor.alias ?? null, signature: found.fields.signature ?? null }
}

/** Removes masked texts whose last day has come. */
export async function deleteDueTexts(tx: Tx, today: DateText): Promise<number> {
  return (await tx.sampleText.deleteMany({ where: { purgeOn: { lte: dateToColumn(today) } } })).count
}
