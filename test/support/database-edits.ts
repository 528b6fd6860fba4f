/** What somebody can do who writes to the log's tables as a superuser, with every guard taken down. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Chance } from './honest-log/chance.ts'

/** An entry that has its place. */
export interface Placed {
  readonly index: number
  readonly id: string
  readonly text: string
  readonly table: string
}

/** RFC 6962's leaf hash. */
export const hashOf = (text: string): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(0), Buffer.from(text)]))
    .digest()

export type Statement = readonly [sql: string, values: readonly unknown[]]

export interface DatabaseEdits {
  /** The first entry that has its place and for which this holds of its row `p`. */
  placed(where: string): Promise<Placed>
  /** The newest checkpoint as it stands in the database. */
  newestNote(): Promise<string>
  /** Every guard taken down, the rows written, the guards put up again. */
  asOwner(statements: readonly Statement[]): Promise<void>
  /** Keeps all that an auditor is given. What it answers puts it back as it was, whatever was done to it. */
  keepTables(): Promise<() => Promise<void>>
}

const guarded = ['staff_entry', 'reporter_entry', 'cover_entry', 'log_position', 'log_tile', 'log_checkpoint']

export function createDatabaseEdits(client: pg.Client): DatabaseEdits {
  const asOwner = async (statements: readonly Statement[]): Promise<void> => {
    await client.query('begin')
    for (const table of guarded) await client.query(`alter table ${table} disable trigger user`)
    for (const [sql, values] of statements) await client.query(sql, [...values])
    for (const table of guarded) await client.query(`alter table ${table} enable trigger user`)
    await client.query('commit')
  }
  const keepTables = async () => {
    for (const table of guarded) await client.query(`create table kept_${table} as table ${table}`)
    const back: readonly Statement[] = guarded.flatMap(
      (table) =>
        [
          [`delete from ${table}`, []],
          [`insert into ${table} select * from kept_${table}`, []],
        ] as const,
    )
    return () => asOwner(back)
  }
  const placed = async (where: string): Promise<Placed> => {
    const { rows } = await client.query<Placed>(
      `select p.index::int, p.entry_id as id, e.text, e.name as table from log_position p join (
         select id, text, 'staff_entry' as name from staff_entry union all select id, text, 'reporter_entry' from reporter_entry
         union all select id, text, 'cover_entry' from cover_entry) e on e.id = p.entry_id where ${where} order by p.index limit 1`,
    )
    return rows[0]!
  }
  const newestNote = async (): Promise<string> =>
    (await client.query<{ note: string }>('select note from log_checkpoint order by size desc limit 1')).rows[0]!.note
  return { asOwner, keepTables, placed, newestNote }
}

/** One edit of one table as chance has it; gives the place of the entry that it is about, or null where it is about the tree alone. */
export type Tampering = (
  edits: DatabaseEdits,
  chance: Chance,
  size: number,
) => Promise<{ readonly change: readonly Statement[]; readonly index: number | null }>

const at = (edits: DatabaseEdits, index: number): Promise<Placed> => edits.placed(`p.index = ${index}`)

const rewrite = ({ table, id, index }: Placed, text: string, hashed: boolean) => ({
  change: [
    [`update ${table} set text = $2${hashed ? ', hash = $3' : ''} where id = $1`, hashed ? [id, text, hashOf(text)] : [id, text]],
  ] as const,
  index,
})

/** What somebody can do to an entry's text: another letter, another actor, another number of its concern. */
const textEdits: readonly ((text: string, chance: Chance, other: string) => string)[] = [
  (text, chance) => {
    const places = [...text.matchAll(/[a-z0-9]/g)].map(({ index }) => index)
    const place = chance.pick(places)
    return `${text.slice(0, place)}${text[place] === 'a' ? 'b' : 'a'}${text.slice(place + 1)}`
  },
  (text, _chance, other) =>
    text.replace(/"alias":"[^"]+"/, /"alias":"[^"]+"/.exec(other)?.[0] ?? '"alias":"00000000-0000-4000-8000-000000000000"'),
  (text) => text.replace(/"number":(\d+)/, (_, number: string) => `"number":${Number(number) + 1}`),
]

export const tamperings: Readonly<Record<string, Tampering>> = {
  'the text of an entry, with its hash': (edits, chance, size) => editText(edits, chance, size, true),
  'the text of an entry, without its hash': (edits, chance, size) => editText(edits, chance, size, false),
  'an entry that is gone': async (edits, chance, size) => {
    const { table, id, index } = await at(edits, chance.below(size))
    return { change: [[`delete from ${table} where id = $1`, [id]]], index }
  },
  'a place that is gone': async (_edits, chance, size) => {
    const index = chance.below(size)
    return { change: [['delete from log_position where index = $1', [index]]], index }
  },
  'two entries in each other’s places': async (edits, chance, size) => {
    const one = chance.below(size - 1)
    const [first, second] = [await at(edits, one), await at(edits, one + 1 + chance.below(size - one - 1))]
    return { change: exchanged(first, second), index: first.index }
  },
  'a published hash': async (_edits, chance, size) => {
    const index = chance.below(size)
    const [byte, by] = [chance.below(32), 1 + chance.below(255)]
    // In a full tile, or in the places that the last one is put together from
    const tile = `update log_tile set hashes = set_byte(hashes, $1, get_byte(hashes, $1) # $3) where level = 0 and number = $2`
    const inPlace = `update log_position set hash = set_byte(hash, $2, get_byte(hash, $2) # $3) where index = $1`
    const change: Statement[] = [
      [tile, [32 * (index % 256) + byte, Math.floor(index / 256), by]],
      [inPlace, [index, byte, by]],
    ]
    return { change, index }
  },
  'the newest checkpoint': async (edits, chance) => {
    const change = `update log_checkpoint set note = overlay(note placing case substring(note, $1, 1) when 'A' then 'B' else 'A' end from $1 for 1)
      where size = (select max(size) from log_checkpoint)`
    const note = await edits.newestNote()
    const letters = [...note.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index + 1)
    return { change: [[change, [chance.pick(letters)]]], index: null }
  },
}

/** Two entries in each other’s places: no two places may name one entry, not even for a moment. */
export const exchanged = (first: Placed, second: Placed): Statement[] => [
  ['update log_position set entry_id = $2 where index = $1', [first.index, '00000000-0000-4000-8000-000000000000']],
  ['update log_position set entry_id = $2 where index = $1', [second.index, first.id]],
  ['update log_position set entry_id = $2 where index = $1', [first.index, second.id]],
]

async function editText(edits: DatabaseEdits, chance: Chance, size: number, hashed: boolean): ReturnType<Tampering> {
  for (;;) {
    const [entry, other] = [await at(edits, chance.below(size)), await at(edits, chance.below(size))]
    const text = chance.pick(textEdits)(entry.text, chance, other.text)
    if (text !== entry.text) return rewrite(entry, text, hashed)
  }
}
