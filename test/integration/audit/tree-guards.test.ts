import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditedTransaction } from '../../../src/audit/index.ts'
import { driverConfig } from '../../../src/database/index.ts'
import { newId, systemClock, systemRandom, type Alias, type UserId } from '../../../src/kernel/index.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'

let database: FreshDatabase
let signer: pg.Client
let app: pg.Client
const alias = newId<Alias>(systemRandom)

beforeAll(async () => {
  database = await freshDatabase()
  signer = new pg.Client(driverConfig(database.signer))
  app = new pg.Client(driverConfig(database.app))
  await signer.connect()
  await app.connect()
  await createAuditedTransaction(
    database.database,
    systemRandom,
  )(async () => ({
    value: null,
    entries: [
      {
        kind: 'signed_in',
        actor: { role: 'auditor', alias, userId: newId<UserId>(systemRandom) },
        at: systemClock.now(),
        fields: {},
      },
      { kind: 'settings_previewed', actor: { role: 'system' }, at: systemClock.now(), fields: {} },
    ],
  }))
  await addCovers(signer, 300)
})
afterAll(async () => {
  await signer.end()
  await app.end()
  await database.drop()
})

const leaf = (text: string) =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest()
const node = (left: Buffer, right: Buffer) =>
  createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()
const rootOf = (hashes: readonly Buffer[]): Buffer =>
  hashes.length === 1 ? hashes[0]! : node(rootOf(hashes.slice(0, hashes.length / 2)), rootOf(hashes.slice(hashes.length / 2)))
const coverText = (id: string) => `{"format":"forthright-entry/1","id":"${id}","kind":"cover","lane":"cover"}`

async function addCovers(client: pg.Client, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId(systemRandom))
  const texts = ids.map(coverText)
  await client.query('insert into cover_entry (id, text, hash) select * from unnest($1::uuid[], $2::text[], $3::bytea[])', [
    ids,
    texts,
    texts.map(leaf),
  ])
}

/** Gives places to cover entries that have none, from this one on. */
const placeCovers = (from: number, count: number) =>
  signer.query(
    `insert into log_position (index, entry_id, lane, kind, hash)
     select $1::bigint + row_number() over (order by c.id) - 1, c.id, 'cover', 'cover', c.hash
     from (select * from cover_entry where not exists (select 1 from log_position p where p.entry_id = cover_entry.id) order by id limit $2) c`,
    [from, count],
  )

async function undone(work: () => Promise<void>): Promise<void> {
  await signer.query('begin')
  try {
    await work()
  } finally {
    await signer.query('rollback')
  }
}

describe('the tree in the database', () => {
  it('takes positions that follow one another, whatever their number', async () => {
    await undone(async () => {
      await placeCovers(0, 1)
      await placeCovers(1, 99)
    })
  })

  it.each([
    ['a first one that is not 0', 1, 3],
    ['a gap', 11, 3],
    ['one that was given', 9, 1],
  ])('refuses %s', async (_what, from, count) => {
    await undone(async () => {
      if (from !== 1) await placeCovers(0, 10)
      await expect(placeCovers(from, count)).rejects.toThrow(/do not follow one another|log_position_pk/)
    })
  })

  it.each([
    ['the hash of another', `decode(repeat('00', 32), 'hex')`, 'e.kind', `(e.happened_at at time zone 'Europe/London')::date`, '$1::uuid'],
    ['another kind', 'e.hash', `'signed_out'`, `(e.happened_at at time zone 'Europe/London')::date`, '$1::uuid'],
    ['another day', 'e.hash', 'e.kind', `'2001-01-01'`, '$1::uuid'],
    ['no day', 'e.hash', 'e.kind', 'null', '$1::uuid'],
    ['no actor', 'e.hash', 'e.kind', `(e.happened_at at time zone 'Europe/London')::date`, 'nullif($1::uuid, $1::uuid)'],
  ])('refuses a place for an entry with %s', async (_what, hash, kind, day, actor) => {
    const place = (...said: readonly string[]) =>
      signer.query(
        `insert into log_position (index, entry_id, lane, kind, day, actor, hash)
         select 0, e.id, 'staff', ${said[1]}, ${said[2]}::date, ${said[3]}, ${said[0]} from staff_entry e where e.kind = 'signed_in'`,
        [alias],
      )
    await undone(async () => {
      await expect(place(hash, kind, day, actor)).rejects.toThrow('is not that of its entry')
    })
    await undone(async () => {
      await place('e.hash', 'e.kind', `(e.happened_at at time zone 'Europe/London')::date`, '$1::uuid')
    })
  })

  it('refuses a place for an entry that is not there', async () => {
    await undone(async () => {
      await expect(
        signer.query(
          `insert into log_position (index, entry_id, lane, kind, hash) select 0, gen_random_uuid(), 'cover', 'cover', hash from cover_entry limit 1`,
        ),
      ).rejects.toThrow('is not that of its entry')
    })
  })

  it('refuses a cover entry that says anything', async () => {
    const id = newId(systemRandom)
    const text = coverText(id).replace('"lane"', '"fields":{"a":1},"lane"')
    await expect(signer.query('insert into cover_entry values ($1, $2, $3)', [id, text, leaf(text)])).rejects.toThrow('does not say')
    await expect(signer.query('insert into cover_entry values ($1, $2, $3)', [id, coverText(id), leaf('')])).rejects.toThrow('its hash')
  })

  it('takes the tile of its positions with their root (RFC 6962), and no other', async () => {
    await undone(async () => {
      await placeCovers(0, 256)
      const { rows } = await signer.query<{ hash: Buffer }>('select hash from log_position order by index')
      const hashes = rows.map(({ hash }) => hash)
      const tile = Buffer.concat(hashes)
      const put = (level: number, number: number, bytes: Buffer, root: Buffer) =>
        signer.query('insert into log_tile values ($1, $2, $3, $4)', [level, number, bytes, root])
      await signer.query('savepoint before')
      for (const wrong of [
        () => put(0, 0, tile, rootOf(hashes.toReversed())),
        () => put(0, 0, tile.subarray(32), rootOf(hashes)),
        () => put(0, 0, Buffer.concat(hashes.toReversed()), rootOf(hashes.toReversed())),
        () => put(0, 1, tile, rootOf(hashes)),
        () => put(1, 0, tile, rootOf(hashes)),
      ]) {
        await expect(wrong()).rejects.toThrow('is not that of the log')
        await signer.query('rollback to before')
      }
      await put(0, 0, tile, rootOf(hashes))
    })
  })

  it('refuses a checkpoint of fewer positions than there are', async () => {
    const sign = (size: number) =>
      signer.query(`insert into log_checkpoint values ($1, '\\x00', 0, 'note', now(), now(), now()::date)`, [size])
    await undone(async () => {
      await placeCovers(0, 10)
      await signer.query('savepoint before')
      await expect(sign(9)).rejects.toThrow('does not cover the log')
      await signer.query('rollback to before')
      await sign(10)
    })
  })

  it('retires a key once, and never again', async () => {
    await undone(async () => {
      await signer.query(`insert into log_key values ('a+b+c', now())`)
      await signer.query(`update log_key set retired_at = '2027-01-01'`)
      await expect(signer.query(`update log_key set retired_at = '2027-01-02'`)).rejects.toThrow('append-only')
    })
  })

  it.each(['update %s set hash = hash', 'delete from %s', 'truncate %s'])(
    'lets nobody %s it, not even a superuser who switches triggers off',
    async (sql) => {
      const { asSuperuser } = database
      for (const table of ['cover_entry', 'log_position', 'log_tile', 'log_checkpoint', 'log_cosignature', 'log_key']) {
        const column = { log_tile: 'root', log_checkpoint: 'root', log_cosignature: 'line', log_key: 'verifier_key' }[table] ?? 'hash'
        const statement = sql.replace('%s', table).replaceAll('hash', column)
        await expect(signer.query(statement)).rejects.toThrow(/permission denied|append-only/)
        await expect(app.query(statement)).rejects.toThrow(/permission denied|append-only/)
        // An update of a key speaks row by row, and there is none
        if (table === 'log_key' && statement.startsWith('update')) continue
        await asSuperuser.query('set session_replication_role = replica')
        await expect(asSuperuser.query(statement)).rejects.toThrow('append-only')
        await asSuperuser.query('reset session_replication_role')
      }
    },
  )

  it.each(['cover_entry', 'log_position', 'log_tile', 'log_checkpoint', 'log_cosignature', 'log_key'])(
    'gives the service no right to put anything into %s',
    async (table) => {
      await expect(app.query(`insert into ${table} select * from ${table}`)).rejects.toThrow('permission denied')
    },
  )
})

describe("an auditor's own login", () => {
  it('sees the texts of the log and its checkpoints, and nothing else', async () => {
    const auditor = new pg.Client(driverConfig(database.auditor))
    await auditor.connect()
    expect((await auditor.query('select index, text from auditor_entry')).rows).toEqual([])
    expect((await auditor.query('select size, note, published_at from auditor_checkpoint')).rows).toEqual([])
    const tables = await database.asSuperuser.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
    )
    expect(tables.rows.length).toBeGreaterThan(30)
    for (const { name } of tables.rows) await expect(auditor.query(`select 1 from ${name}`)).rejects.toThrow('permission denied')
    await expect(auditor.query('create table mine ()')).rejects.toThrow('permission denied')
    await auditor.end()
  })
})
