import type { Tx } from '../../database/index.ts'
import {
  dateFromColumn,
  instantFromColumn,
  londonDate,
  type CompartmentId,
  type ConcernId,
  type ItemId,
  type UserId,
} from '../../kernel/index.ts'
import { concernFromRow, type Concern } from '../concern.ts'
import { plannedSql } from '../detriment/plan-store.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import { checkRaisedKeys } from '../sealing/reporter-record.ts'
import type { GrantRow, ItemKind } from '../sealing/sealed-parts.ts'

/** A row of the queue with all that opens its header, still sealed. */
export interface QueueRow {
  readonly concern: Concern
  /** The reader's own grant of INTERNAL; null for an investigator, who holds none. */
  readonly grant: GrantRow | null
  readonly header: StoredItem | null
  /** Bad treatment was reported and nobody has made a plan. */
  readonly detrimentWithoutPlan: boolean
  /** Whom its owner only stands in for. */
  readonly coveredFor: UserId | null
  /** The reporter's signing key, if it is the one of the concern's first entry. */
  readonly reporterKey: Uint8Array | null
}

type Bytes = Uint8Array<ArrayBuffer>

type ConcernRow = Parameters<typeof concernFromRow>[0]

interface Columns extends ConcernRow {
  readonly grantId: string | null
  readonly grantPart: string
  readonly grantEpoch: number
  readonly grantSealed: Bytes
  readonly itemConcern: string | null
  readonly itemPart: string
  readonly itemKind: string
  readonly itemEpoch: number
  readonly itemVersion: number
  readonly itemNumber: number
  readonly itemKey: Bytes
  readonly itemCiphertext: Bytes
  readonly itemSignature: Bytes
  readonly writtenOn: Date | null
  readonly writtenAt: Date | null
  readonly authorId: string | null
  readonly detrimentWithoutPlan: boolean
  readonly coveredFor: string | null
  readonly boxKey: Bytes | null
  readonly signKey: Bytes
  readonly firstEntry: string | null
  readonly parts: readonly { readonly id: string; readonly kind: string; readonly publicKey: string }[] | null
}

/**
 * The rows of a page in the order of `ids`, with grant, header and the reporter's keys, in one statement: a page waits for seven round trips
 * otherwise.
 */
export async function readQueueRows(tx: Tx, ids: readonly ConcernId[], holder: UserId): Promise<QueueRow[]> {
  if (ids.length === 0) return []
  const rows = await tx.$queryRaw<Columns[]>`
    select c.id, c.reference, c.log_alias as "logAlias", c.intake_group_id as "intakeGroupId", c.status, c.version, c.raised_on as "raisedOn",
      c.channel, c.openness, c.risk_grade as "riskGrade", c.danger, c.unread_since as "unreadSince", c.open_detriment as "openDetriment",
      c.open_detriment and not ${plannedSql} as "detrimentWithoutPlan",
      c.second_approver_required as "secondApproverRequired", c.next_clock_code as "nextClockCode", c.next_clock_due as "nextClockDue",
      c.owner_id as "ownerId", v.owner_id as "coveredFor", c.header_item_id as "headerItemId",
      g.id as "grantId", g.compartment_id as "grantPart", g.epoch as "grantEpoch", g.sealed as "grantSealed",
      coalesce(r.concern_id, s.concern_id) as "itemConcern", coalesce(r.compartment_id, s.compartment_id) as "itemPart",
      coalesce(r.kind, s.kind) as "itemKind", coalesce(r.epoch, s.epoch) as "itemEpoch", coalesce(r.version, s.version) as "itemVersion",
      coalesce(r.number, s.number) as "itemNumber", coalesce(r.item_key, s.item_key) as "itemKey",
      coalesce(r.ciphertext, s.ciphertext) as "itemCiphertext", coalesce(r.signature, s.signature) as "itemSignature",
      r.written_on as "writtenOn", s.written_at as "writtenAt", s.author_id as "authorId",
      k.box_key as "boxKey", k.sign_key as "signKey", e.text as "firstEntry", p.parts
    from concern c
    left join lateral (
      select * from key_grant where concern_id = c.id and holder = ${holder} and kind = 'internal' order by epoch desc limit 1) g on true
    left join reporter_item r on r.id = c.header_item_id
    left join staff_item s on s.id = c.header_item_id
    left join reporter_key k on k.concern_id = c.id
    left join cover v on v.concern_id = c.id and v.person_id = c.owner_id
    left join reporter_entry e on e.concern_id = c.id and e.number = 1
    left join lateral (
      select json_agg(json_build_object('id', id, 'kind', kind, 'publicKey', encode(public_key, 'hex'))) as parts
      from compartment where concern_id = c.id and epoch = 1 and kind in ('shared', 'internal', 'identity')) p on true
    where c.id = any(${[...ids]}::uuid[])`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined
      ? []
      : [
          {
            concern: concernFromRow(row),
            grant: grantIn(row, holder),
            header: headerIn(row),
            detrimentWithoutPlan: row.detrimentWithoutPlan,
            coveredFor: row.coveredFor as UserId | null,
            reporterKey: keyIn(row),
          },
        ]
  })
}

function grantIn(row: Columns, holder: UserId): GrantRow | null {
  if (row.grantId === null) return null
  const compartmentId = row.grantPart as CompartmentId
  return {
    id: row.grantId,
    concernId: row.id as ConcernId,
    compartmentId,
    kind: 'internal',
    epoch: row.grantEpoch,
    holder,
    sealed: row.grantSealed,
  }
}

/** Null where there is none, or it is of another concern. */
function headerIn(row: Columns): StoredItem | null {
  if (row.itemConcern !== row.id) return null
  const at = row.writtenAt && instantFromColumn(row.writtenAt)
  return {
    id: row.headerItemId as ItemId,
    concernId: row.id as ConcernId,
    compartmentId: row.itemPart as CompartmentId,
    kind: row.itemKind as ItemKind,
    epoch: row.itemEpoch,
    version: row.itemVersion,
    number: row.itemNumber,
    author: row.authorId ?? 'reporter',
    on: at ? londonDate(at) : dateFromColumn(row.writtenOn ?? row.raisedOn),
    at,
    itemKey: row.itemKey,
    ciphertext: row.itemCiphertext,
    signature: row.itemSignature,
  }
}

function keyIn({ boxKey, signKey, parts, firstEntry }: Columns): Uint8Array | null {
  if (boxKey === null || firstEntry === null) return null
  const listed = (parts ?? []).map(({ id, kind, publicKey }) => ({ id, kind, publicKey: new Uint8Array(Buffer.from(publicKey, 'hex')) }))
  return checkRaisedKeys({ boxKey, signKey }, listed, firstEntry)?.signKey ?? null
}
