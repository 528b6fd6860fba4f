import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demonstrationPace, realPace } from '../../../src/audit/index.ts'
import { openCheckpoint, parseVerifierKey } from '../../../src/audit/notes/index.ts'
import { addConcerns, addStaffEntries, faultsOfTree, startLogStage, type LogStage } from '../../support/log.ts'

let stage: LogStage
const eachAStage = () => {
  beforeEach(async () => {
    stage = await startLogStage()
  })
  afterEach(() => stage.close())
}

const at = (text: string) => Temporal.Instant.from(text)
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await stage.database.asSuperuser.query(sql, values)).rows as Row[]
const kinds = async () => {
  const rows = await query<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from log_position group by kind order by kind',
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}
const monday = at('2026-11-23T10:00:00Z')
/** In the afternoon of the same day, after midnight of the next, and so on: the batches of a real service. */
const batches = ['2026-11-23T12:20:00Z', '2026-11-23T18:20:00Z', '2026-11-24T00:20:00Z', '2026-11-24T06:20:00Z'].map(at)

describe('a real service', () => {
  eachAStage()

  it('adds the same number of entries four times a day, whether there is work or not, and never twice for one time', async () => {
    const integrator = stage.integrator()
    const sizes: number[] = []
    for (const time of batches) {
      for (const late of [0, 5, 3_600]) sizes.push((await integrator.integrate(time.add({ seconds: late }))).size)
      if (time === batches[1]) await addStaffEntries(stage.app, 40, time.add({ seconds: 10 }))
    }
    expect(sizes).toEqual([256, 256, 256, 512, 512, 512, 768, 768, 768, 1024, 1024, 1024])
    expect(await faultsOfTree(stage.database.asSuperuser)).toEqual([])
  })

  it('gives a reporter’s entry its place only when the day is over, and what staff did about it not before', async () => {
    await addConcerns(stage.app, 3, { raised: monday, later: 1, staff: 2 })
    const integrator = stage.integrator()
    for (const time of batches.slice(0, 2)) await integrator.integrate(time)
    expect(Object.keys(await kinds())).toEqual(['cover', 'log_key_announced', 'organisation_opened'])
    await integrator.integrate(batches[2]!)
    expect(await kinds()).toMatchObject({ concern_raised: 3, token_replaced: 3, concern_viewed: 6 })
    const rows = await query<{ concern: string; said: { lane: string; number: number } }>(
      `select p.concern, coalesce(s.text, r.text)::json as said from log_position p left join staff_entry s on s.id = p.entry_id
       left join reporter_entry r on r.id = p.entry_id where p.concern is not null order by p.index`,
    )
    for (const lane of ['reporter', 'staff'])
      for (const own of Map.groupBy(
        rows.filter(({ said }) => said.lane === lane),
        ({ concern }) => concern,
      ).values())
        expect(own.map(({ said }) => said.number)).toEqual([1, 2])
    for (const own of Map.groupBy(rows, ({ concern }) => concern).values())
      expect(own[0]!.said).toMatchObject({ lane: 'reporter', number: 1 })
    expect(await faultsOfTree(stage.database.asSuperuser)).toEqual([])
  })

  it('catches up with more than a day’s measure in multiples of it, and leaves a day’s measure waiting', async () => {
    await addStaffEntries(stage.app, 3_000, monday)
    // 3,000 and the two entries of opening and of the key: 1,978 of them at once, as 8 × 256
    expect(await stage.integrator().integrate(batches[0]!)).toEqual({ added: 2_048, size: 2_048 })
    expect(await kinds()).not.toHaveProperty('cover')
    expect(await stage.integrator().integrate(batches[1]!)).toEqual({ added: 256, size: 2_304 })
  })

  it('takes a backlog in transactions of bounded size, each with its checkpoint', async () => {
    await addStaffEntries(stage.app, 3_000, monday)
    expect(await stage.integrator(realPace, 512).integrate(batches[0]!)).toEqual({ added: 2_048, size: 2_048 })
    expect((await query<{ size: string }>('select size from log_checkpoint order by size')).map(({ size }) => Number(size))).toEqual([
      512, 1_024, 1_536, 2_048,
    ])
    expect(await faultsOfTree(stage.database.asSuperuser)).toEqual([])
  })

  it('shows an observer the same sizes at the same times, with a concern that day and without', async () => {
    const published = async (withConcern: boolean) => {
      const other = await startLogStage()
      const integrator = other.integrator()
      if (withConcern) await addConcerns(other.app, 1, { raised: monday, later: 2, handled: monday.add({ hours: 1 }), staff: 5 })
      for (const time of batches) await integrator.integrate(time)
      const { rows } = await other.database.asSuperuser.query<{ size: string; at: Date; lines: number; length: number }>(
        `select size, published_at as at, array_length(string_to_array(note, E'\\n'), 1) as lines, length(note) as length from log_checkpoint order by size`,
      )
      const { rows: raised } = await other.database.asSuperuser.query(`select 1 from log_position where kind = 'concern_raised'`)
      await other.close()
      expect(raised.length).toBe(withConcern ? 1 : 0)
      return rows
    }
    expect(await published(true)).toEqual(await published(false))
  })

  it('places a reporter’s entry anywhere in its batch', async () => {
    await addConcerns(stage.app, 60, { raised: monday })
    for (const time of batches.slice(0, 3)) await stage.integrator().integrate(time)
    const rows = await query<{ index: string; concern: string }>(
      `select index, concern from log_position where kind = 'concern_raised' order by index`,
    )
    const places = rows.map(({ index }) => Number(index) - 512)
    expect(Math.min(...places)).toBeLessThan(64)
    expect(Math.max(...places)).toBeGreaterThan(192)
    const written = await query<{ concern: string }>('select log_alias as concern from concern order by ctid')
    expect(rows.map(({ concern }) => concern)).not.toEqual(written.map(({ concern }) => concern))
  })
})

describe('a demonstration', () => {
  eachAStage()

  it('adds what waits within seconds, a reporter’s act of today too, and nothing when nothing waits', async () => {
    const integrator = stage.integrator(demonstrationPace)
    await addConcerns(stage.app, 2, { raised: monday, staff: 1 })
    expect(await integrator.integrate(monday)).toEqual({ added: 16, size: 16 })
    expect(await integrator.integrate(monday)).toEqual({ added: 0, size: 16 })
    expect(await kinds()).toMatchObject({ concern_raised: 2, concern_viewed: 2 })
    await addStaffEntries(stage.app, 20, monday)
    expect(await integrator.integrate(monday)).toEqual({ added: 32, size: 48 })
    expect(await faultsOfTree(stage.database.asSuperuser)).toEqual([])
  })

  it('finds an entry that committed long after its time, when the background process starts again', async () => {
    await stage.integrator(demonstrationPace).integrate(monday)
    await addStaffEntries(stage.app, 1, monday.subtract({ hours: 24 * 10 }))
    const running = stage.integrator(demonstrationPace)
    expect((await running.integrate(monday)).added).toBe(16)
  })
})

describe('what is signed', () => {
  eachAStage()

  it('is a note that the announced key opens, with the organisation’s id as origin', async () => {
    await stage.integrator().integrate(batches[0]!)
    const [organisation] = await query<{ id: string }>('select id from organisation')
    const [key] = await query<{ verifier_key: string }>('select verifier_key from log_key')
    const [checkpoint] = await query<{ note: string; root: Buffer }>('select note, root from log_checkpoint')
    const opened = openCheckpoint(checkpoint!.note, [parseVerifierKey(key!.verifier_key)]).checkpoint
    expect(opened).toMatchObject({ origin: `forthright/${organisation!.id}`, size: 256, extensions: [] })
    expect(Buffer.from(opened.root)).toEqual(checkpoint!.root)
    expect(await kinds()).toMatchObject({ log_key_announced: 1 })
  })

  it('says how often the log was put back, once it was', async () => {
    const { asSuperuser } = stage.database
    await asSuperuser.query('alter table log_restore disable trigger log_restore_declared')
    await asSuperuser.query(`insert into log_restore values (1, 0, null, null, '2026-11-01', now(), '2026-12-01')`)
    await stage.integrator().integrate(batches[0]!)
    const [checkpoint] = await query<{ note: string; restored: number }>('select note, restored from log_checkpoint')
    expect(checkpoint!.note.split('\n')[3]).toBe('restored 1')
    expect(checkpoint!.restored).toBe(1)
  })
})

/** What somebody with every power over the database could do; undone after the work. */
async function tampered(sql: string, work: () => Promise<void>): Promise<void> {
  const { asSuperuser } = stage.database
  const tables = ['staff_entry', 'reporter_entry', 'log_position', 'log_tile', 'log_checkpoint']
  const forEach = async (...statements: string[]) => {
    for (const table of tables) for (const statement of statements) await asSuperuser.query(statement.replaceAll('%', table))
  }
  await forEach('create table kept_% as table %', 'alter table % disable trigger all')
  expect((await asSuperuser.query(sql)).rowCount).toBeGreaterThan(0)
  await forEach('alter table % enable trigger all')
  try {
    await work()
  } finally {
    await forEach(
      'alter table % disable trigger all',
      'truncate %',
      'insert into % table kept_%',
      'alter table % enable trigger all',
      'drop table kept_%',
    )
  }
}
const rehashed = (changed: string) => `text = ${changed}, hash = sha256('\\x00'::bytea || convert_to(${changed}, 'UTF8'))`

describe('entries that do not hold are given no place', () => {
  beforeAll(async () => {
    stage = await startLogStage()
    await addStaffEntries(stage.app, 1, monday)
    await addConcerns(stage.app, 1, { raised: monday.subtract({ hours: 24 }), later: 1, staff: 3 })
  })
  afterAll(() => stage.close())

  it.each([
    [
      'of another text',
      `update staff_entry set text = replace(text, 'queue_viewed', 'signed_in') where kind = 'queue_viewed'`,
      'entry_altered',
    ],
    ['of another kind', `update staff_entry set kind = 'signed_in' where kind = 'queue_viewed'`, 'entry_altered'],
    [
      'of another text, rehashed',
      `update staff_entry set ${rehashed(`replace(text, 'queue_viewed', 'signed_in')`)} where kind = 'queue_viewed'`,
      'entry_altered',
    ],
    ['that are not canonical', `update staff_entry set ${rehashed(`' ' || text`)} where kind = 'queue_viewed'`, 'entry_altered'],
    ['of another day', `update staff_entry set happened_at = happened_at - interval '3 days' where kind = 'queue_viewed'`, 'entry_altered'],
    [
      'of another time of that day',
      `update staff_entry set happened_at = happened_at - interval '1 minute' where kind = 'queue_viewed'`,
      'entry_altered',
    ],
    ['of a reporter, of another day', `update reporter_entry set happened_on = happened_on - 1 where number = 1`, 'entry_altered'],
    [
      'of a reporter, put off to a day that is not over for years',
      `update reporter_entry set happened_on = '2099-01-01' where number = 2`,
      'entry_altered',
    ],
    ['with a hole in a concern’s', 'delete from staff_entry where number = 2', 'entry_missing'],
    ['of staff on a concern that nobody raised', 'delete from reporter_entry where number = 1', 'entry_missing'],
    [
      'with the hash of another',
      `update staff_entry e set hash = c.hash from staff_entry c where e.number = 1 and c.number = 2`,
      'entry_altered',
    ],
    [
      'after an earlier one was rewritten and rehashed',
      `update staff_entry set happened_at = happened_at - interval '1 year', ${rehashed(`replace(text, '"at":"2026', '"at":"2025')`)} where number = 1`,
      'link_broken',
    ],
  ])('%s', async (_what, sql, code) => {
    await tampered(sql, async () => {
      await expect(stage.integrator().integrate(batches[0]!)).rejects.toMatchObject({
        name: 'LogRefused',
        code,
        entry: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      })
      expect(await query('select 1 from log_position')).toEqual([])
    })
  })
})

describe('a tree that does not hold is not carried on', () => {
  beforeAll(async () => {
    stage = await startLogStage()
    await addStaffEntries(stage.app, 325, monday)
    expect(await stage.integrator(demonstrationPace).integrate(monday)).toEqual({ added: 336, size: 336 })
    await addStaffEntries(stage.app, 1, monday)
  })
  afterAll(() => stage.close())

  it.each([
    ['a position taken away', 'delete from log_position where index = 255', 'tree_altered'],
    ['the last position taken away', 'delete from log_position where index = 335', 'tree_altered'],
    ['another hash on the edge', `update log_position set hash = sha256('x') where index = 300`, 'tree_altered'],
    ['a tile taken away', 'delete from log_tile', 'tree_altered'],
    ['a tile with another root', `update log_tile set root = sha256('x')`, 'tree_altered'],
    ['another root in the checkpoint', `update log_checkpoint set root = sha256('x')`, 'tree_altered'],
    ['a note that says something else', `update log_checkpoint set note = replace(note, E'\\n336\\n', E'\\n335\\n')`, 'checkpoint_altered'],
    ['a note that nobody signed', `update log_checkpoint set note = split_part(note, E'\\n\\n', 1) || E'\\n'`, 'checkpoint_altered'],
    ['a checkpoint taken away', 'delete from log_checkpoint', 'tree_altered'],
  ])('%s', async (_what, sql, code) => {
    await tampered(sql, async () => {
      await expect(stage.integrator(demonstrationPace).integrate(monday)).rejects.toMatchObject({ name: 'LogRefused', code })
    })
  })

  it('and one that holds is', async () => {
    expect(await stage.integrator(demonstrationPace).integrate(monday)).toEqual({ added: 16, size: 352 })
    expect(await faultsOfTree(stage.database.asSuperuser)).toEqual([])
  })
})
