import type { z } from 'zod'
import { deriveKey, openUnder, sealUnder } from '../vault/index.ts'
import type { AccountsDeps } from './dependencies.ts'

/**
 * What a person has done of something that takes several pages, in their own cookie: sealed under a key of the server's, so that it can be neither
 * read nor changed there, and nothing of it lies in the database until they are through.
 */
export function sealDraft({ secrets }: Pick<AccountsDeps, 'secrets'>, purpose: string, content: unknown): string {
  return Buffer.from(sealUnder(keyOf(secrets.totpKey), contextOf(purpose), Buffer.from(JSON.stringify(content)))).toString('base64url')
}

/** The content again, or null where the text is not one of ours, for another purpose or of another shape. */
export function openDraft<Shape extends z.ZodType>(
  { secrets }: Pick<AccountsDeps, 'secrets'>,
  purpose: string,
  shape: Shape,
  draft: string,
): z.output<Shape> | null {
  if (draft === '' || draft.length > longest || !/^[\w-]+$/.test(draft)) return null
  const opened = openUnder(keyOf(secrets.totpKey), contextOf(purpose), new Uint8Array(Buffer.from(draft, 'base64url')))
  if (opened === null) return null
  const read = shape.safeParse(JSON.parse(Buffer.from(opened).toString()))
  return read.success ? read.data : null
}

/** What a cookie may hold at most. */
const longest = 4000
const keyOf = (totpKey: Uint8Array) => deriveKey(totpKey, new Uint8Array(0), 'drafts of accounts')
const contextOf = (purpose: string) => `account draft|${purpose}`
