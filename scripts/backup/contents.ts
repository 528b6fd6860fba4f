import { z } from 'zod'
import { BackupFault } from '../../src/vault/index.ts'
import type { BackupRecord, RecordKind } from './records.ts'

/** The first record: whose backup it is. A day and no more, so that it dates nobody's act (P2). */
export const manifestShape = z.strictObject({
  format: z.literal('forthright-backup/1'),
  mode: z.enum(['real', 'demonstration']),
  organisation: z.strictObject({ id: z.uuid(), name: z.string() }),
  publicOrigin: z.string(),
  /** London's date. */
  madeOn: z.iso.date(),
  migrations: z.array(z.string()),
})
export type Manifest = z.output<typeof manifestShape>

/** A file of the data folder: its path below it, with `/` between, and its bytes in base64. */
export const fileShape = z.strictObject({
  path: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,3}$/),
  bytes: z.base64(),
})

export const tableShape = z.strictObject({ table: z.string(), columns: z.array(z.string()) })

/** Both counts must be those of what was read. */
export const tableEndShape = z.strictObject({ rows: z.int().nonnegative() })
export const endShape = z.strictObject({ files: z.int().nonnegative(), tables: z.int().nonnegative(), rows: z.int().nonnegative() })

/** What a record says. Throws `BackupFault` `damaged` where it is of another kind or says something else. */
export function readAs<T extends z.ZodType>(kind: RecordKind, shape: T, record: BackupRecord | null): z.output<T> {
  const read = record?.kind === kind ? shape.safeParse(parsed(record.content)) : null
  if (read?.success !== true) throw new BackupFault('damaged')
  return read.data
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8'))
  } catch {
    return null
  }
}
