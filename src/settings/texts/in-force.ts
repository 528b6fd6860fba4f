import { canonicalJson, leafHash, type CanonicalValue } from '../../audit/index.ts'
import type { DateText } from '../../kernel/index.ts'
import { grievanceTexts } from './grievance.ts'
import { lawTexts } from './law.ts'
import { pledgeTexts } from './pledge.ts'
import type { Texts, TextVersion } from './text.ts'

/** What an organisation starts with. From then on the texts are rows that an administrator adds versions to. */
export const firstTexts: readonly TextVersion[] = [...lawTexts, ...pledgeTexts, ...grievanceTexts]

/** The pages that show texts, each with its keys in the order of the page. */
export const textPages = {
  law: lawTexts.map(({ key }) => key),
  pledge: pledgeTexts.map(({ key }) => key),
  grievance: grievanceTexts.map(({ key }) => key),
} as const satisfies Record<string, readonly string[]>
export type TextPage = keyof typeof textPages

/** Of `versions`, for each key the newest that was valid on the day, in the order of the keys. */
export function newestInForce(versions: readonly TextVersion[], keys: readonly string[], on: DateText): readonly TextVersion[] {
  const newest = new Map<string, TextVersion>()
  for (const text of versions) {
    if (text.validFrom <= on && text.version > (newest.get(text.key)?.version ?? 0)) newest.set(text.key, text)
  }
  return keys.flatMap((key) => newest.get(key) ?? [])
}

/** Texts that are not rows: for what runs without a database. */
export function createTexts(versions: readonly TextVersion[] = firstTexts): Texts {
  return { textsInForce: async (keys, on) => newestInForce(versions, keys, on) }
}

/** What one page said on a day: enough to tell later whether it said the same. */
export interface PageEdition {
  readonly page: TextPage
  /** `editionOf` its texts. */
  readonly digest: string
}

/** The edition of every page on a day: kept, sealed, with a concern that is sent on it. */
export async function editionsOn(texts: Texts, on: DateText): Promise<readonly PageEdition[]> {
  const pages = Object.keys(textPages) as TextPage[]
  return Promise.all(pages.map(async (page) => ({ page, digest: editionOf(await texts.textsInForce(textPages[page], on)) })))
}

/** A text is hashed once for as long as it is held: every concern that is sent asks. */
const digests = new WeakMap<TextVersion, string>()

function digestOfOne(text: TextVersion): string {
  const digest = digests.get(text) ?? digestOf([text])
  digests.set(text, digest)
  return digest
}

/** The mark of a page: over the digests of its texts, in their order. */
export function editionOf(texts: readonly TextVersion[]): string {
  return shortHash(texts.map(digestOfOne))
}

/** Over all that a reader is shown of them. */
export function digestOf(texts: readonly TextVersion[]): string {
  const shown = texts.map(({ key, version, validFrom, kind, heading, body, quote, source, sourceDate, readOn, mark, wording }) => ({
    key,
    version,
    validFrom,
    kind,
    heading,
    body,
    quote,
    source,
    sourceDate,
    readOn,
    mark,
    wording,
  }))
  return shortHash(shown)
}

/** 16 bytes of the leaf hash (RFC 6962 2.1) of the canonical text, in hexadecimal. */
function shortHash(value: CanonicalValue): string {
  return Buffer.from(leafHash(canonicalJson(value)).subarray(0, 16)).toString('hex')
}
