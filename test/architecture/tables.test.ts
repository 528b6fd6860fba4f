import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'

/** Rows of a reporter's act lie here: a date, and nothing that could place the act within it (`security.md` 4). */
const reporterTables = [
  'concern',
  'reporter_key',
  'compartment',
  'key_grant',
  'reporter_item',
  'reporter_entry',
  'receipt',
  'reporter_session',
  'detriment_notice',
  'sent_on',
  'feedback_answer',
  'notice_wish',
  'urgent_call',
]

/** The only whole numbers there: counted within one concern, so that they order nobody's acts but one person's own. */
const countedWithinOneConcern = [
  'compartment.epoch',
  'concern.reporter_log_count',
  'concern.staff_log_count',
  'concern.version',
  'key_grant.epoch',
  'reporter_entry.number',
  'reporter_item.epoch',
  'reporter_item.number',
  'reporter_item.version',
  'urgent_call.step',
  'urgent_call.ticks',
]

interface Column {
  readonly name: string
  readonly type: string
  readonly fallback: string | null
  readonly identity: string
  readonly generated: string
}

describe('the tables a reporter writes to', () => {
  let held: FreshDatabase
  let columns: readonly Column[]
  beforeAll(async () => {
    held = await freshDatabase()
    const { rows } = await held.asSuperuser.query<Column>(
      `select table_name || '.' || column_name as name, data_type as type, column_default as fallback, is_identity as identity, is_generated as generated
       from information_schema.columns where table_schema = 'public' and table_name = any($1) order by 1`,
      [reporterTables],
    )
    columns = rows
  })
  afterAll(() => held.drop())

  it('are all there', () => {
    expect([...new Set(columns.map(({ name }) => name.split('.')[0]))].sort()).toEqual([...reporterTables].sort())
  })

  it('have only types that hold no time of day', () => {
    const harmless = ['uuid', 'text', 'integer', 'boolean', 'bytea', 'date']
    expect(columns.filter(({ type }) => !harmless.includes(type))).toEqual([])
  })

  it('fill nothing in by themselves: no default, identity or generated column', () => {
    expect(columns.filter(({ fallback, identity, generated }) => fallback !== null || identity !== 'NO' || generated !== 'NEVER')).toEqual(
      [],
    )
  })

  it('count nothing across concerns', () => {
    expect(columns.filter(({ type }) => type === 'integer').map(({ name }) => name)).toEqual(countedWithinOneConcern)
  })

  it('are fed by no sequence, since there is none outside the job runner', async () => {
    const { rows } = await held.asSuperuser.query(`select schemaname, sequencename from pg_sequences where schemaname <> 'pgboss'`)
    expect(rows).toEqual([])
  })

  it('have no trigger that writes, so that none can add a time', async () => {
    const { rows } = await held.asSuperuser.query<{ body: string }>(
      `select distinct p.prosrc as body from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
       where not t.tgisinternal and c.relname = any($1)`,
      [reporterTables],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { body } of rows)
      expect(body).not.toMatch(/\b(insert\s+into|update\s+\w+\s+set|now\s*\(|clock_timestamp|current_timestamp|new\.\w+\s*:=)/i)
  })

  it('are watched by no logical publication, event trigger or rule that could copy rows elsewhere', async () => {
    const { rows } = await held.asSuperuser.query(
      `select 'publication' as what, pubname as name from pg_publication union all select 'event trigger', evtname from pg_event_trigger
       union all select 'rule', rulename from pg_rules where schemaname = 'public'`,
    )
    expect(rows).toEqual([])
  })

  it('are all written anew by the nightly job', async () => {
    const { rows } = await held.asSuperuser.query<{ body: string }>(
      `select prosrc as body from pg_proc where proname = 'forget_reporter_order'`,
    )
    for (const table of reporterTables) expect(rows[0]?.body).toMatch(new RegExp(`\\bcluster ${table} using`))
  })

  it('the server keeps no commit times', async () => {
    const { rows } = await held.asSuperuser.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('track_commit_timestamp', 'log_statement', 'archive_mode', 'log_min_duration_statement') order by name`,
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      archive_mode: 'off',
      log_min_duration_statement: '-1',
      log_statement: 'none',
      track_commit_timestamp: 'off',
    })
  })
})
