import { z } from 'zod'
import { canonicalJson, type CanonicalValue } from '../../audit/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import type { ItemRow } from '../sealing/sealed-parts.ts'

// The two files of a recovery. Both hold sealed bytes only: who finds one reads nothing but ids, and how many concerns there are.

export const compartmentKinds = [
  'shared',
  'internal',
  'investigation',
  'identity',
  'decision',
] as const satisfies readonly CompartmentKind[]

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const key = bytes.refine((value) => value.length === 32)

const grant = z.strictObject({
  compartmentId: z.guid(),
  kind: z.enum(compartmentKinds),
  epoch: z.int().positive(),
  sealed: bytes,
})

const item = z.strictObject({
  id: z.guid(),
  compartmentId: z.guid(),
  kind: z.string(),
  epoch: z.int().positive(),
  version: z.int().positive(),
  author: z.string(),
  itemKey: bytes,
  ciphertext: bytes,
  signature: bytes,
  /** Whose signature would be genuine: the author's keys, as the signed lists or the concern's first entry have them. */
  signKeys: z.array(key),
})
export type ExportedItem = z.output<typeof item>

const exportedConcern = z.strictObject({
  id: z.guid(),
  /** Every grant of the recovery key. */
  grants: z.array(grant),
  /** By which later epochs open earlier ones, where a compartment's key was renewed. */
  earlier: z.array(grant.extend({ holder: z.string() })),
  /** Whether the person was on the list of recipients when it was raised: who was and did not get it was passed over. */
  listedThen: z.boolean(),
  /** Parts that the log says somebody let the person into. */
  letIn: z.array(z.enum(compartmentKinds)),
  header: item.nullable(),
  narrative: item.nullable(),
})
export type ExportedConcern = z.output<typeof exportedConcern>

const publicKeys = z.strictObject({ box: key, sign: key })

const exportShape = z.strictObject({
  format: z.literal('forthright-recovery-export/1'),
  organisation: z.string(),
  recovery: publicKeys,
  person: z.strictObject({
    id: z.guid(),
    alias: z.guid(),
    name: z.string(),
    roles: z.array(z.string()),
    deputy: z.boolean(),
    formerly: z.array(z.guid()),
    keys: publicKeys,
  }),
  /** The list of recipients to sign, where the one in force is not of the people there are. */
  set: z.string().nullable(),
  concerns: z.array(exportedConcern),
})
export type RecoveryExport = z.output<typeof exportShape>

const recoveredConcern = z.strictObject({ id: z.guid(), grants: z.array(grant) })
const recoveredShape = z.strictObject({
  format: z.literal('forthright-recovered-grants/1'),
  person: z.strictObject({ id: z.guid(), keys: publicKeys }),
  set: z.strictObject({ body: z.string(), signature: bytes }).nullable(),
  concerns: z.array(recoveredConcern),
  signature: bytes,
})
export type RecoveredGrants = z.output<typeof recoveredShape>

/** The context of the recovery key's signature over everything in the file but that signature. */
export const recoveredContext = 'recovered grants'

export function writeRecoveryFile(file: Omit<RecoveryExport, 'format'> | RecoveredGrants): string {
  return `${JSON.stringify(plain('format' in file ? file : { format: 'forthright-recovery-export/1', ...file }), null, 1)}\n`
}

/** Null where the text is no export of this release. */
export function readExport(text: string): RecoveryExport | null {
  return exportShape.safeParse(parsed(text)).data ?? null
}

/** Null where the text is nothing that a rebuilding of this release made. */
export function readRecovered(text: string): RecoveredGrants | null {
  return recoveredShape.safeParse(parsed(text)).data ?? null
}

/** What the recovery key signs: canonical text, so that the file may be laid out anyhow. */
export function signedPart({
  signature: _signature,
  ...rest
}: RecoveredGrants | (Omit<RecoveredGrants, 'signature'> & { signature?: undefined })) {
  return new TextEncoder().encode(canonicalJson(plain(rest) as CanonicalValue))
}

export function itemRowOf({ signKeys: _signKeys, ...rest }: ExportedItem, concernId: string): ItemRow {
  return { ...rest, concernId } as ItemRow
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
