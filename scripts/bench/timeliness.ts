import { loadavg } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { compose } from '../../src/composition.ts'
import { connectionOf } from '../../src/database/index.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { timelinessInput, timelinessQueryOf } from '../../src/reporting/index.ts'
import { passwordCost } from '../../src/vault/index.ts'
import { asSuperuser, startDatabase, type Household } from '../../test/support/process.ts'
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { line, spread, title } from './paper.ts'

const looks = 10
const dutiesBegun = 2_900

/**
 * The timeliness report over ten years of concerns, without the page: rows made by SQL past every guard, of the right shape and number, in the
 * database of a service that was stopped. They replace whatever concerns were there.
 */
export async function measureTimeliness(house: Household, size: number): Promise<void> {
  title(`The timeliness report over ${size.toLocaleString('en-GB')} concerns`)
  const { dataDir } = house
  const server = await startDatabase(house)
  const client = await asSuperuser(house)
  try {
    await fillClocks(client, size)
    const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
    const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
    const service = await compose(world, connectionOf({ dataDir }), { maxConnections: 8 })
    const auditor = demonstrationPeople.find(({ email }) => email === 'auditor@demo.test')!
    const given = { email: auditor.email, password: auditor.password, otp: demonstrationCode(systemClock.now()) }
    const { accessToken } = await service.accounts.signIn({ requestId: 'bench' }, given)
    const ctx = await service.accounts.openSession(accessToken, 'bench')
    for (const [name, asked] of Object.entries(askedFor)) {
      const query = timelinessQueryOf(timelinessInput.parse(asked))
      const milliseconds = await measured(async () => {
        const { population, duties } = await service.reporting.timeliness.view(ctx, query)
        if (name !== 'ten years') return
        if (population.reported !== size) throw new Error(`${population.reported} concerns are reported`)
        if (duties.items?.length !== dutiesBegun) throw new Error(`${duties.items?.length} duties are reported`)
      })
      line(name, `${spread(milliseconds)}, at most ${Math.max(...milliseconds).toFixed(0)} ms; load ${loadavg()[0]!.toFixed(1)}`)
    }
    line('', 'aim: 2,000 ms')
    await service.close()
  } finally {
    await client.end()
    await server.stop()
  }
}

async function measured(look: () => Promise<void>): Promise<number[]> {
  const milliseconds: number[] = []
  for (let count = 0; count < looks; count += 1) {
    const began = performance.now()
    await look()
    milliseconds.push(performance.now() - began)
  }
  return milliseconds
}

const askedFor: Readonly<Record<string, object>> = {
  'ten years': { from: '2016-01-01' },
  'twelve months': {},
  'ten years, late ones of one limit': { from: '2016-01-01', code: 'T6', outcome: 'missed' },
}

const tables = [
  'concern',
  'concern_clock',
  'reporter_entry',
  'staff_entry',
  'cover_entry',
  'log_position',
  'log_tile',
  'log_checkpoint',
  'log_cosignature',
]

/** A request of people for what is held on them on every day of eight years, as the log tells it: begun, warned of, some sent up, most of them done. */
const dutiesInTheLog = `
  insert into staff_entry (id, kind, happened_at, text, hash)
    select id, kind, began + after + time '09:00', json_build_object('id', id, 'kind', kind, 'at', to_char(began + after, 'YYYY-MM-DD"T09:00:00Z"'),
      'actor', json_build_object('role', 'guardian'), 'fields', fields), sha256(id::text::bytea)
    from (select gen_random_uuid() as id, d.began, e.* from (select n, current_date - 1 - n as began, gen_random_uuid() as duty from generate_series(1, ${dutiesBegun}) n) d
      cross join lateral (values
        ('duty_began', 0, true, json_build_object('duty', duty, 'code', 'T17', 'startedOn', began)),
        ('duty_warned', 20, n % 2 = 0, json_build_object('duty', duty, 'code', 'T17', 'stepOn', began + 20)),
        ('duty_escalated', 32, n % 5 = 0, json_build_object('duty', duty, 'code', 'T17', 'step', 'executive_lead', 'stepOn', began + 32)),
        ('duty_done', n % 45, true, json_build_object('duty', duty, 'code', 'T17', 'number', 1, 'doneOn', began + n % 45))
      ) as e (kind, after, happens, fields)) k
    where happens and began + after < current_date`

/** Ten years of concerns: most of them concluded, a tenth of their clocks late, a third of those sent up, each with twelve clocks. */
async function fillClocks(client: pg.Client, size: number): Promise<void> {
  const began = performance.now()
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
  await client.query(`truncate ${tables.join(', ')} cascade`)
  await client.query(
    `create temp table made as select n, gen_random_uuid() as id, gen_random_uuid() as alias, current_date - 2 - (n % 3000) as raised, random() as chance
     from generate_series(1, $1::int) n`,
    [size],
  )
  await client.query(`
    insert into concern (id, reference, log_alias, intake_group_id, status, version, raised_on, channel, openness, danger, open_detriment,
        second_approver_required, header_item_id, staff_log_count, reporter_log_count, reporter_log_head)
      select id, 'B-' || n, alias, gen_random_uuid(), case when chance < 0.9 then 'closed' else 'investigating' end, 8, raised, 'web', 'anonymous', false, false,
        false, gen_random_uuid(), 8, 1, '\\x00' from made;
    insert into reporter_entry (id, concern_id, number, kind, happened_on, text, hash)
      select gen_random_uuid(), id, 1, 'concern_raised', raised, '{"fields":{"openness":"anonymous","danger":false}}', sha256(id::text::bytea) from made;
    insert into log_position (index, entry_id, lane, kind, day, concern, hash)
      select row_number() over () - 1, r.id, 'reporter', r.kind, r.happened_on, m.alias, r.hash from reporter_entry r join made m on m.id = r.concern_id;
    insert into log_checkpoint (size, root, restored, note, published_at, staff_from, reporter_from)
      values ((select count(*) from log_position), '\\x00', 0, '', now(), now(), current_date);
    insert into concern_clock (concern_id, code, cycle, of, round, rule_version, started_on, first_due_on, due_on, stopped_on, ended_by, paused_days, extensions)
      select id, code, 1, '', round, 1, raised + begins, raised + begins + due, raised + begins + due + case when moved then 10 else 0 end,
        case when chance < 0.9 then least(raised + begins + took, current_date - 1) end,
        case when chance < 0.02 and took < due then 'withdrawn' end, case when moved then 7 else 0 end, case when moved then 1 else 0 end
      from (select m.*, c.*, (random() * c.due * 1.1)::int as took, c.code in ('T6', 'T7') and random() < 0.1 as moved from made m
        cross join (values ('T1', 0, 2, 1), ('T2', 0, 1, 1), ('T3', 0, 7, 1), ('T4', 2, 14, 1), ('T5', 6, 2, 1), ('T6', 10, 28, 1), ('T6', 30, 28, 2),
          ('T7', 10, 84, 1), ('T8', 60, 14, 1), ('T9', 2, 92, 1), ('T11a', 70, 91, 1), ('T12', 70, 14, 1)) as c (code, begins, due, round)) k
      where raised + begins < current_date;
    insert into staff_entry (id, concern_id, number, kind, happened_at, text, hash)
      select gen_random_uuid(), concern_id, row_number() over (partition by concern_id), 'clock_escalated', due_on + 1 + time '09:00',
        '{"fields":{"clock":"' || code || '","step":"executive_lead"}}', sha256(concern_id::text::bytea)
      from concern_clock where coalesce(stopped_on, current_date) > due_on and random() < 0.33;
    insert into staff_entry (id, concern_id, number, kind, happened_at, text, hash)
      select gen_random_uuid(), id, 100 + step, 'message_sent', raised + step + time '10:00', '{"fields":{"item":"' || gen_random_uuid() || '"}}', sha256(id::text::bytea)
      from made cross join generate_series(1, 6) step where raised + step < current_date;
    drop table made`)
  await client.query(dutiesInTheLog)
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  const { rows } = await client.query<{ clocks: number; up: number }>(
    `select (select count(*)::int from concern_clock) as clocks, (select count(*)::int from staff_entry where kind = 'clock_escalated') as up`,
  )
  line(`${rows[0]!.clocks} clocks, ${rows[0]!.up} sent up, made in`, `${((performance.now() - began) / 1000).toFixed(0)} s`)
}
