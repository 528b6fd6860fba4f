import type { StaffContext } from '../../accounts/index.ts'
import type { Tx } from '../../database/index.ts'
import type { DateText, Random } from '../../kernel/index.ts'
import { writablePart, type OpenConcern } from '../sealing/opening.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'
import { sealPart, type ItemKind, type ItemRow, type OpenCompartment } from '../sealing/sealed-parts.ts'

/** What sealing on behalf of a member of staff takes. */
export interface Writer {
  readonly tx: Tx
  readonly random: Random
  readonly ctx: Pick<StaffContext, 'person' | 'keys'>
  readonly concern: OpenConcern
}

export function sealAs(
  { random, ctx }: Pick<Writer, 'random' | 'ctx'>,
  part: OpenCompartment,
  kind: ItemKind,
  content: unknown,
  version = 1,
): ItemRow {
  return sealPart(random, part, kind, ctx.person.userId, ctx.keys, content, version)
}

/** A message to the person who raised it. The caller holds the concern's row lock, so the count of theirs stays right. */
export async function sealMessage(
  writer: Writer,
  body: string,
  { expectedEnd, question, clock }: Pick<MessageContent, 'clock'> & { readonly expectedEnd?: DateText; readonly question?: boolean } = {},
): Promise<ItemRow> {
  const shared = writablePart(writer.concern, 'shared')
  const after = await writer.tx.reporterItem.count({ where: { concernId: shared.concernId, kind: 'message' } })
  const content: MessageContent = {
    body,
    after,
    ...(expectedEnd !== undefined && { expectedEnd }),
    ...(question === true && { question }),
    ...(clock !== undefined && { clock }),
  }
  return sealAs(writer, shared, 'message', content)
}

/** A record for the handlers, who alone hold INTERNAL. */
export function sealRecord(writer: Writer, kind: ItemKind, content: unknown): ItemRow {
  return sealAs(writer, writablePart(writer.concern, 'internal'), kind, content)
}
