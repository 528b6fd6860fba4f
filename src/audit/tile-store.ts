import type { Tx } from '../database/index.ts'
import { tileWidth, type ReadTile } from './merkle/index.ts'

/** Hashes that must be in the database are not. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing'
}

/**
 * Reads tiles of the log as it stands in the database: full ones as they were stored, others put together from positions, or from the roots of
 * the tiles below them. Throws `TileMissing`.
 */
export function createReadTile(tx: Tx): ReadTile {
  return async (level, number, width) => {
    const hashes = width === tileWidth ? await readFull(tx, level, number) : await readPart(tx, level, number * tileWidth, width)
    if (hashes?.length !== width * 32) throw new TileMissing(`tile ${level}/${number}`)
    return hashes
  }
}

async function readFull(tx: Tx, level: number, number: number): Promise<Uint8Array | undefined> {
  const [row] = await tx.$queryRaw<{ hashes: Uint8Array }[]>`
    select hashes from log_tile where level = ${level}::smallint and number = ${number}::bigint`
  return row?.hashes
}

async function readPart(tx: Tx, level: number, first: number, width: number): Promise<Uint8Array | undefined> {
  const end = first + width
  const [row] =
    level === 0
      ? await tx.$queryRaw<{ hashes: Uint8Array | null }[]>`
          select string_agg(hash, ''::bytea order by index) as hashes from log_position where index >= ${first}::bigint and index < ${end}::bigint`
      : await tx.$queryRaw<{ hashes: Uint8Array | null }[]>`
          select string_agg(root, ''::bytea order by number) as hashes from log_tile
          where level = ${level - 1}::smallint and number >= ${first}::bigint and number < ${end}::bigint`
  return row?.hashes ?? undefined
}
