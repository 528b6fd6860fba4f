import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeEntry, createAuditedTransaction, type AuditDraft } from '../../../src/audit/index.ts'
import { driverConfig } from '../../../src/database/index.ts'
import { newId, systemClock, systemRandom, type Alias, type ConcernId } from '../../../src/kernel/index.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'

let database: FreshDatabase
let app: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  app = new pg.Client(driverConfig(database.app))
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await database.drop()
})

const bytes = (count: number) => Buffer.from(systemRandom.bytes(count))
const hashOf = (text: string) =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest()

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await app.query('begin')
  try {
    await work()
    await app.query('commit')
  } catch (error) {
    await app.query('rollback')
    throw error
  }
}

/** Of the day that the rows below are of. */
const noon = Temporal.Instant.from('2026-11-22T12:00:00Z')

/** A concern's row, with its first entry unless told otherwise. */
async function insertConcern(withEntry = true): Promise<{ id: ConcernId; alias: Alias }> {
  const id = newId<ConcernId>(systemRandom)
  const alias = newId<Alias>(systemRandom)
  const draft: AuditDraft = {
    kind: 'concern_raised',
    actor: { role: 'reporter' },
    at: noon,
    concernId: id,
    fields: { status: 'raised' },
  }
  const entry = composeEntry(systemRandom, draft, { alias, number: 1, previous: null })
  await inTransaction(async () => {
    await app.query(
      `insert into concern (id, reference, log_alias, intake_group_id, status, version, raised_on, channel, openness, danger, open_detriment,
        second_approver_required, header_item_id, staff_log_count, reporter_log_count, reporter_log_head)
       values ($1, $2, $3, $1, 'raised', 1, '2026-11-22', 'web_form', 'anonymous', false, false, false, $1, 0, 1, $4)`,
      [id, `F-${id.slice(0, 9)}`, alias, Buffer.from(entry.hash)],
    )
    if (withEntry) {
      await app.query(
        `insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash) values ($1, $2, 1, 'concern_raised', '2026-11-22', $3, $4)`,
        [entry.id, id, entry.text, Buffer.from(entry.hash)],
      )
    }
  })
  return { id, alias }
}

describe('the database itself', () => {
  it('refuses a concern without an entry, at commit', async () => {
    await expect(insertConcern(false)).rejects.toThrow('points at entries that are not there')
  })

  it('refuses a change to a concern that leaves no entry', async () => {
    const { id } = await insertConcern()
    await expect(app.query(`update concern set status = 'resolved' where id = $1`, [id])).rejects.toThrow('without an entry')
  })

  it('refuses a counter that grew without its entries', async () => {
    const { id } = await insertConcern()
    await expect(app.query(`update concern set staff_log_count = 2, staff_log_head = '\\x00' where id = $1`, [id])).rejects.toThrow(
      'not there',
    )
  })

  it.each([
    [
      'a compartment',
      `insert into compartment (id, concern_id, kind, epoch, public_key) values (gen_random_uuid(), $1, 'shared', 1, '\\x00')`,
    ],
    [
      'a grant',
      `insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed) values (gen_random_uuid(), $1, $1, 'shared', 1, 'x', '\\x00')`,
    ],
    [
      'a message',
      `insert into staff_item (id, concern_id, compartment_id, kind, epoch, version, number, written_at, author_id, item_key, ciphertext, signature)
       values (gen_random_uuid(), $1, $1, 'message', 1, 1, 1, now(), $1, '\\x00', '\\x00', '\\x00')`,
    ],
    [
      'an approval',
      `insert into approval (id, concern_id, action, status, requested_by_id, approver_id, requested_at, compartment_id, summary_item_id)
       values (gen_random_uuid(), $1, 'resolve_without_investigation', 'approved', $1, $1, now(), $1, $1)`,
    ],
    ['an escalation', `insert into escalation (id, concern_id, target, escalated_at) values (gen_random_uuid(), $1, 'external', now())`],
  ])('refuses %s put in beside an untouched concern', async (_what, sql) => {
    const { id } = await insertConcern()
    await expect(app.query(sql, [id])).rejects.toThrow('without an entry')
  })

  it.each([
    ['a site', `insert into site (id, name) values (gen_random_uuid(), 'x')`],
    [
      'a rule',
      `insert into timeliness_rule select * from jsonb_populate_record(null::timeliness_rule, '{"code": "T1", "version": 9, "label": "x",
        "start_event": "a", "stop_event": "b", "limit_value": 99, "unit": "working_days", "force": "LOCAL", "source": "x", "valid_from": "2026-01-01",
        "scope": "concern", "end_events": [], "each_one": false, "applies_when": "always", "due_from": "limit", "pause_cap": 0,
        "extendable": false, "escalate_to": [], "escalate_every": 2, "shown_to": "staff"}')`,
    ],
    ['a bank holiday', `insert into bank_holiday values ('england-and-wales', '2026-11-23', 'x', 'x', '2026-01-01', false)`],
    ['a recipient set', `insert into recipient_set values (9, 'x')`],
  ])('refuses %s changed without an entry', async (_what, insert) => {
    await expect(app.query(insert)).rejects.toThrow('without an entry')
  })

  it.each([
    ['of another kind', `jsonb_set(text::jsonb, '{kind}', '"reporter_wrote"')`],
    ['of another number', `jsonb_set(text::jsonb, '{number}', '2')`],
    ['of another day', `jsonb_set(text::jsonb, '{on}', '"2020-01-01"')`],
    ['of another concern', `jsonb_set(text::jsonb, '{concern}', '"00000000-0000-4000-8000-000000000000"')`],
  ])('refuses an entry that says it is %s than its row', async (_what, changed) => {
    const { id } = await insertConcern()
    await expect(
      app.query(
        `with said as (select (${changed})::text as text from reporter_entry where concern_id = $1)
         insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
         select gen_random_uuid(), $1, 1, 'concern_raised', '2026-11-22', text, sha256('\\x00'::bytea || convert_to(text, 'UTF8')) from said`,
        [id],
      ),
    ).rejects.toThrow(/does not say what its row says|not one its concern counts/)
  })

  it("refuses an entry of a concern outside the concern's own count, with a number or without", async () => {
    const { id, alias } = await insertConcern()
    const entry = (number: number | null) =>
      JSON.stringify({
        kind: 'concern_acknowledged',
        concern: alias,
        number: number ?? undefined,
        at: '2026-11-22T09:00:00Z',
        previous: null,
      })
    for (const number of [1, 7, null]) {
      const text = entry(number)
      await expect(
        app.query(
          `insert into staff_entry (id, concern_id, number, kind, happened_at, text, hash) values (gen_random_uuid(), $1, $2, 'concern_acknowledged', '2026-11-22T09:00:00Z', $3, $4)`,
          [id, number, text, hashOf(text)],
        ),
      ).rejects.toThrow(/does not say what its row says|not one its concern counts/)
    }
  })

  it('refuses an entry whose hash is not that of its text', async () => {
    const text = '{"kind":"signed_in"}'
    await expect(
      app.query(`insert into staff_entry (id, kind, happened_at, text, hash) values (gen_random_uuid(), 'signed_in', now(), $1, $2)`, [
        text,
        hashOf(`${text} `),
      ]),
    ).rejects.toThrow('does not match its hash')
  })

  it('refuses an entry that does not name the one before it', async () => {
    const { id, alias } = await insertConcern()
    const text = JSON.stringify({
      kind: 'reporter_wrote',
      concern: alias,
      number: 2,
      on: '2026-11-22',
      previous: bytes(32).toString('hex'),
    })
    await database.asSuperuser.query('begin; set local session_replication_role = replica')
    await database.asSuperuser.query('update concern set reporter_log_count = 2 where id = $1', [id])
    await database.asSuperuser.query('commit')
    await expect(
      app.query(
        `insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash) values (gen_random_uuid(), $1, 2, 'reporter_wrote', '2026-11-22', $2, $3)`,
        [id, text, hashOf(text)],
      ),
    ).rejects.toThrow('does not follow')
  })

  it.each(['update %s set kind = kind', 'delete from %s', 'truncate %s'])(
    'lets nobody %s the log, not even a superuser who switches triggers off',
    async (sql) => {
      for (const table of ['staff_entry', 'reporter_entry']) {
        await expect(app.query(sql.replace('%s', table))).rejects.toThrow(/permission denied|append-only/)
        await database.asSuperuser.query('set session_replication_role = replica')
        await expect(database.asSuperuser.query(sql.replace('%s', table))).rejects.toThrow('append-only')
        await database.asSuperuser.query('reset session_replication_role')
      }
    },
  )

  it.each(['concern', 'compartment', 'reporter_item', 'staff_item', 'approval', 'person'])(
    'gives the service no right to delete from %s',
    async (table) => {
      await expect(app.query(`delete from ${table}`)).rejects.toThrow('permission denied')
    },
  )

  it.each(['compartment', 'key_grant', 'reporter_item', 'staff_item', 'reporter_key'])(
    'gives the service no right to rewrite %s',
    async (table) => {
      await expect(app.query(`update ${table} set id = id`)).rejects.toThrow(/permission denied|does not exist/)
    },
  )
})

describe('the audited transaction', () => {
  it('takes the change back when the entry cannot be written', async () => {
    const audited = createAuditedTransaction(database.database, systemRandom)
    const id = newId(systemRandom)
    const stray = { kind: 'signed_in', actor: { role: 'system' }, at: systemClock.now(), fields: { stray: 'x' } } as unknown as AuditDraft
    const attempt = audited(async (tx) => {
      await tx.site.create({ data: { id, name: 'A site that must not stay' } })
      return { value: null, entries: [stray] }
    })
    await expect(attempt).rejects.toThrow('no field stray')
    expect((await app.query('select 1 from site where id = $1', [id])).rows).toEqual([])
  })

  it('keeps both lanes of a concern linked while many write at once', async () => {
    const audited = createAuditedTransaction(database.database, systemRandom)
    const { id } = await insertConcern()
    const write = (kind: 'concern_viewed' | 'reporter_wrote') =>
      audited(async () => ({
        value: null,
        entries: [
          {
            kind,
            actor: { role: kind === 'reporter_wrote' ? 'reporter' : 'system' },
            at: systemClock.now(),
            concernId: id,
            fields: {},
          },
        ],
      }))
    await Promise.all(Array.from({ length: 12 }, (_, index) => write(index % 3 === 0 ? 'reporter_wrote' : 'concern_viewed')))
    const { rows } = await app.query<{ staff_log_count: number; reporter_log_count: number; version: number }>(
      'select staff_log_count, reporter_log_count, version from concern where id = $1',
      [id],
    )
    expect(rows[0]).toEqual({ staff_log_count: 8, reporter_log_count: 5, version: 1 })
    for (const table of ['staff_entry', 'reporter_entry']) {
      const entries = await app.query<{ number: number; text: string; hash: Buffer }>(
        `select number, text, hash from ${table} where concern_id = $1 order by number`,
        [id],
      )
      entries.rows.forEach((entry, index) => {
        const { previous } = JSON.parse(entry.text) as { previous: string | null }
        expect(entry.number).toBe(index + 1)
        expect(previous).toBe(index === 0 ? null : entries.rows[index - 1]!.hash.toString('hex'))
      })
    }
  })
})

describe('the nightly rewriting', () => {
  it('leaves rows of one transaction number, in the order of their random keys', async () => {
    for (let count = 0; count < 12; count += 1) await insertConcern()
    await app.query('select forget_reporter_order()')
    const { rows } = await app.query<{ id: string; xmin: string }>('select id, xmin::text from concern order by ctid')
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1)
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort())
  })
})
