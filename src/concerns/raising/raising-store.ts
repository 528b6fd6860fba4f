import type { Tx } from '../../database/index.ts'
import { dateToColumn } from '../../kernel/index.ts'
import type { Raising } from './compose-raising.ts'
import type { RaiseInput } from './raise-input.ts'
import type { ReceiptRow } from './receipts.ts'

/**
 * Every row of a new concern but its entry, in one statement: raising is what must stay quick when a whole hospital writes at once, and each
 * statement costs a round trip. The arrays become rows by `unnest`, so the text is always the same and is planned once.
 */
export async function insertRaising(tx: Tx, raising: Raising, input: RaiseInput, receipt: ReceiptRow | null): Promise<void> {
  const { id, parts, grants, items, reporter } = raising
  const raisedOn = dateToColumn(raising.raisedOn)
  await tx.$executeRaw`
    with made as (
      insert into concern (id, reference, log_alias, intake_group_id, status, version, raised_on, channel, openness, danger, open_detriment,
        second_approver_required, next_clock_code, next_clock_due, header_item_id, staff_log_count, reporter_log_count, reporter_log_head)
      values (${id}::uuid, ${raising.reference}, ${raising.logAlias}::uuid, ${raising.intakeGroupId}::uuid, 'raised', 1, ${raisedOn}::date,
        ${raising.channel}, ${input.openness}, ${input.immediateDanger === 'yes'}, false, false, ${raising.next.code},
        ${dateToColumn(raising.next.dueOn)}::date, ${raising.headerItemId}::uuid, 0, 1, ${new Uint8Array(raising.entry.hash)})
    ), keys as (
      insert into reporter_key (concern_id, locator, wrapped_keys, box_key, sign_key)
      values (${id}::uuid, ${reporter.locator}, ${reporter.wrappedKeys}, ${reporter.boxKey}, ${reporter.signKey})
    ), parts as (
      insert into compartment (id, concern_id, kind, epoch, public_key)
      select part, ${id}::uuid, kind, epoch, public_key from unnest(
        ${parts.map((part) => part.id)}::uuid[], ${parts.map(({ kind }) => kind)}::text[], ${parts.map(({ epoch }) => epoch)}::int[],
        ${parts.map(({ keys }) => keys.publicKey)}::bytea[]) as given (part, kind, epoch, public_key)
    ), grants as (
      insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed)
      select grant_id, ${id}::uuid, part, kind, epoch, holder, sealed from unnest(
        ${grants.map((grant) => grant.id)}::uuid[], ${grants.map(({ compartmentId }) => compartmentId)}::uuid[],
        ${grants.map(({ kind }) => kind)}::text[], ${grants.map(({ epoch }) => epoch)}::int[], ${grants.map(({ holder }) => holder)}::text[],
        ${grants.map(({ sealed }) => sealed)}::bytea[]) as given (grant_id, part, kind, epoch, holder, sealed)
    ), receipts as (
      insert into receipt (id, sealed, purge_on)
      select receipt_id, sealed, purge_on from unnest(
        ${receipt ? [receipt.id] : []}::bytea[], ${receipt ? [receipt.sealed] : []}::bytea[], ${receipt ? [receipt.purgeOn] : []}::date[])
        as given (receipt_id, sealed, purge_on)
    )
    insert into reporter_item (id, concern_id, compartment_id, kind, epoch, version, number, written_on, item_key, ciphertext, signature)
    select item, ${id}::uuid, part, kind, epoch, version, number, ${dateToColumn(raising.writtenOn)}::date, item_key, ciphertext, signature from unnest(
      ${items.map((item) => item.id)}::uuid[], ${items.map(({ compartmentId }) => compartmentId)}::uuid[], ${items.map(({ kind }) => kind)}::text[],
      ${items.map(({ epoch }) => epoch)}::int[], ${items.map(({ version }) => version)}::int[], ${items.map((_, index) => index + 1)}::int[],
      ${items.map(({ itemKey }) => itemKey)}::bytea[], ${items.map(({ ciphertext }) => ciphertext)}::bytea[],
      ${items.map(({ signature }) => signature)}::bytea[])
      as given (item, part, kind, epoch, version, number, item_key, ciphertext, signature)`
}
