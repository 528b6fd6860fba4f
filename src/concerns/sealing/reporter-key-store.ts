import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { ConcernId } from '../../kernel/index.ts'

/** A reporter's keys as they lie wrapped, and whether somebody else held the code first. */
export interface ReporterKeyRow {
  readonly concernId: ConcernId
  readonly locator: Uint8Array
  readonly wrappedKeys: Uint8Array
  readonly boxKey: Uint8Array
  readonly signKey: Uint8Array
  /** Recorded by staff on the person's behalf, and no new code was taken since: it is not yet theirs alone. */
  readonly handedOver: boolean
}

/** By the place of a code, or by the concern; one statement, so that a hit is as quick as a miss. */
export async function findReporterKey(
  tx: Tx,
  by: { readonly locator: Uint8Array } | { readonly concernId: ConcernId },
): Promise<ReporterKeyRow | null> {
  const where = 'locator' in by ? Prisma.sql`k.locator = ${by.locator}` : Prisma.sql`k.concern_id = ${by.concernId}::uuid`
  const rows = await tx.$queryRaw<ReporterKeyRow[]>`
    select k.concern_id as "concernId", k.locator, k.wrapped_keys as "wrappedKeys", k.box_key as "boxKey", k.sign_key as "signKey",
      c.channel <> 'web_form' and not exists (
        select 1 from reporter_entry e where e.concern_id = k.concern_id and e.kind = 'token_replaced') as "handedOver"
    from reporter_key k join concern c on c.id = k.concern_id where ${where}`
  return rows[0] ?? null
}
