import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetReporterOrder, raiseInput } from '../../src/concerns/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

/** Tables whose rows a reporter's act writes, with the key their rows are laid out by at night. */
const keys = {
  concern: 'id',
  reporter_key: 'concern_id',
  compartment: 'id',
  key_grant: 'id',
  reporter_item: 'id',
  reporter_entry: 'id',
  receipt: 'id',
  reporter_session: 'id',
  detriment_notice: 'id',
  sent_on: 'id',
  feedback_answer: 'id',
} as const
type Table = keyof typeof keys
const tables = Object.keys(keys) as Table[]

/** Long enough that PostgreSQL keeps the sealed text outside the row, under a number from a counter of its own. */
const narrative = 'The rota was changed after the incident and nobody was told why. '.repeat(40)
const people = 40

describe('the order in which reporters wrote', () => {
  let app: TestApp
  let thief: pg.Client
  /** Ids of concerns, as they were raised. */
  const raised: string[] = []
  beforeAll(async () => {
    app = await startTestApp()
    thief = app.database.asSuperuser
    const tokens: string[] = []
    const input = raiseInput.parse({ narrative, openness: 'confidential', identity: { name: 'A. Nurse' } })
    for (let count = 0; count < people; count += 1) {
      const ctx = { requestId: 'test', now: app.clock.now() }
      const { concerns } = app.service
      const { token } = await concerns.raise(ctx, input, `a secret of nobody else's ${count}`)
      const reporter = await concerns.openByToken(ctx, token)
      await concerns.writeFromInbox(reporter, { body: narrative }, `another secret of nobody else's ${count}`)
      await concerns.giveFeedback(reporter, { speakUpAgain: 'maybe' }, null)
      await concerns.reportDetriment(reporter, { kinds: ['moved'], description: narrative.slice(0, 2_000), about: [] }, null)
      const { key } = await concerns.drafts.begin(ctx)
      await concerns.drafts.save(ctx, key, { narrative })
      raised.push(reporter.concernId)
      tokens.push(token)
    }
    // Nobody has answered them by then
    app.clock.advance({ hours: 24 * 7 })
    for (const token of tokens) {
      const reporter = await app.service.concerns.openByToken({ requestId: 'test', now: app.clock.now() }, token)
      await app.service.concerns.sendOn(reporter, { reason: 'late' }, null)
    }
  }, 60_000)
  afterAll(() => app.close())

  const one = async (statement: string): Promise<number> => Number((await thief.query<{ answer: string }>(statement)).rows[0]?.answer)

  /** The concerns in the order a file of the database shows, whatever shows it. */
  async function order(statement: string): Promise<string[]> {
    const { rows } = await thief.query<{ concern: string }>(statement)
    return [...new Set(rows.map(({ concern }) => concern))]
  }

  it('shows in the rows of the same day: which is what the night is for', async () => {
    expect(await order('select id as concern from concern t order by xmin::text::bigint')).toEqual(raised)
    expect(await order(outsideRow)).toEqual(raised)
    expect(await one('select count(distinct xmin::text) as answer from receipt')).toBe(2 * people)
  })

  describe('after the night', () => {
    beforeAll(() => forgetReporterOrder(app.service.database))

    it.each(tables)('%s: all rows were written by one transaction', async (table) => {
      expect(await one(`select count(*) as answer from ${table}`)).toBeGreaterThanOrEqual(people)
      expect(await one(`select count(distinct xmin::text) as answer from ${table}`)).toBe(1)
    })

    it.each(tables)('%s: rows lie in the order of their random keys', async (table) => {
      const byPlace = await thief.query(`select encode(${keys[table]}::text::bytea, 'hex') as key from ${table} t order by t.ctid`)
      const byKey = await thief.query(`select encode(${keys[table]}::text::bytea, 'hex') as key from ${table} t order by ${keys[table]}`)
      expect(byPlace.rows).toEqual(byKey.rows)
    })

    it.each(tables)('%s: the parts kept outside the rows follow the same random order', async (table) => {
      const columns = await longColumns(table)
      for (const column of columns) {
        const kept = `from ${table} t where pg_column_toast_chunk_id(${column}) is not null`
        const byNumber = await thief.query(`select ${keys[table]} as key ${kept} order by pg_column_toast_chunk_id(${column})`)
        const byKey = await thief.query(`select ${keys[table]} as key ${kept} order by ${keys[table]}`)
        expect(byNumber.rows).toEqual(byKey.rows)
      }
    })

    it.each(tables)('%s: those parts too were written by one transaction', async (table) => {
      const { rows } = await thief.query<{ name: string }>(
        `select reltoastrelid::regclass::text as name from pg_class where oid = $1::regclass and reltoastrelid <> 0`,
        [table],
      )
      // A table of ids alone keeps nothing outside its rows
      for (const { name } of rows) expect(await one(`select count(distinct xmin::text) as answer from ${name}`)).toBeLessThanOrEqual(1)
    })

    it('shows the order of raising nowhere any more', async () => {
      for (const statement of [
        'select id as concern from concern t order by t.ctid',
        'select concern_id as concern from reporter_item t order by t.ctid',
        'select concern_id as concern from reporter_entry t order by t.ctid',
        outsideRow,
      ]) {
        expect(Math.abs(agreement(await order(statement), raised))).toBeLessThan(0.8)
      }
    })

    it('leaves everything open to those who may read it', async () => {
      const { rows } = await thief.query<{ count: string }>(
        'select count(*) from concern c join reporter_item i on i.id = c.header_item_id',
      )
      expect(Number(rows[0]?.count)).toBe(people)
    })

    it('forgets those of the next day as well, among the older ones', async () => {
      const input = raiseInput.parse({ narrative })
      for (let count = 0; count < 5; count += 1) await app.service.concerns.raise({ requestId: 'test', now: app.clock.now() }, input, null)
      await forgetReporterOrder(app.service.database)
      expect(await one('select count(distinct xmin::text) as answer from concern')).toBe(1)
      const numbered = await order(outsideRow)
      expect(numbered).toHaveLength(people + 5)
      expect(
        Math.abs(
          agreement(
            numbered.filter((id) => raised.includes(id)),
            raised,
          ),
        ),
      ).toBeLessThan(0.8)
      expect(numbered.slice(-5).every((id) => !raised.includes(id))).toBe(false)
    })
  })

  async function longColumns(table: Table): Promise<string[]> {
    const { rows } = await thief.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attstorage in ('x', 'e')`,
      [table],
    )
    return rows.map(({ name }) => name)
  }
})

const outsideRow = `select concern_id as concern from reporter_item where kind = 'narrative' and pg_column_toast_chunk_id(ciphertext) is not null
  order by pg_column_toast_chunk_id(ciphertext)`

/** Spearman's rank correlation of two orders of the same things: 1 the same, −1 reversed, near 0 unrelated. By chance above 0.8 once in a thousand million. */
function agreement(found: readonly string[], wanted: readonly string[]): number {
  const count = wanted.length
  const squares = found.reduce((sum, id, place) => sum + (place - wanted.indexOf(id)) ** 2, 0)
  return 1 - (6 * squares) / (count * (count * count - 1))
}
