import { canonicalJson, leafHash } from '../../audit/index.ts'
import { instantText, type Alias, type ApprovalId } from '../../kernel/index.ts'
import { signStatement, verifyStatement, type PrivateKeys } from '../../vault/index.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'

const context = 'approval'

/** What a second person puts their name to: this decision, on this summary and no other, at this time. */
export interface ApprovalStatement {
  readonly approval: ApprovalId
  readonly concern: Alias
  readonly summary: Pick<ItemRow, 'id' | 'ciphertext' | 'signature'>
  readonly decision: 'approve' | 'refuse'
  readonly decidedAt: Temporal.Instant
}

export function signApproval(keys: PrivateKeys, statement: ApprovalStatement): Uint8Array {
  return signStatement(keys, context, bytesOf(statement))
}

/** Whether the holder of this signing key decided exactly this. Never throws, whatever a row holds. */
export function approvalIsSigned(signKey: Uint8Array, statement: ApprovalStatement, signature: Uint8Array): boolean {
  return verifyStatement(signKey, context, bytesOf(statement), signature)
}

/** The summary as its statement and entry name it: the leaf hash of its sealed bytes in hexadecimal, so that whoever has no keys can check too. */
export function summaryDigest(summary: ApprovalStatement['summary']): string {
  const sealed = canonicalJson({ item: summary.id, ciphertext: base64(summary.ciphertext), signature: base64(summary.signature) })
  return Buffer.from(leafHash(sealed)).toString('hex')
}

function bytesOf({ approval, concern, summary, decision, decidedAt }: ApprovalStatement): Uint8Array {
  return new TextEncoder().encode(
    canonicalJson({
      format: 'forthright-approval/1',
      approval,
      concern,
      summary: summaryDigest(summary),
      decision,
      decidedAt: instantText(decidedAt),
    }),
  )
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
