import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onBehalfInput } from '../../src/concerns/index.ts'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import { goBack } from '../support/gone-back.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import { startSigning, type TestSigning } from '../support/log.ts'
import { signIn } from './pages/staff-stage.ts'

/** What auditors are told of a log in which more happened than on an ordinary day: on the page and to programs alike. */
let world: HandlingWorld
let signing: TestSigning
let web: HttpClient
let auditor: HttpClient
let bearer: string
beforeAll(async () => {
  world = await startHandlingWorld()
  signing = startSigning(world)
  web = await createHttpClient(world.app)
  await comeIn()
}, 60_000)
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await web.close()
  await signing.close()
  await world.close()
})

async function comeIn(): Promise<void> {
  auditor = web.someoneElse()
  await signIn(auditor, world, 'auditor')
  bearer = await world.signIn('auditor')
}
/** What the background process does, until nothing waits. */
async function sign(): Promise<void> {
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
}
const newest = () => world.service.publishedLog.readCheckpoint()
const wordsOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const page = async (path: string) => wordsOf((await auditor.get(path)).text)
async function api<T>(path: string): Promise<T> {
  const answer = await web.api('get', `/api/v1/log/${path}`, undefined, { bearer })
  expect(answer.status).toBe(200)
  return answer.json<T>()
}

describe('exceptions', () => {
  interface Exceptions {
    readonly items: readonly {
      readonly kind: string
      readonly count: number
      readonly exceptions: readonly { readonly index: number; readonly with: number | null; readonly person: string | null }[]
    }[]
  }
  /** Exactly one of the kind, on both edges; gives what the page says of it, and the entries' texts. */
  async function onlyOne(kind: string): Promise<{ said: string; entry: string; with: string | null }> {
    await sign()
    const { items } = await api<Exceptions>(`exceptions?kind=${kind}`)
    expect(items.map(({ kind: each, count }) => [each, count])).toEqual([[kind, 1]])
    const [found] = items[0]!.exceptions
    const { text } = await auditor.get(`/log/exceptions?kind=${kind}`)
    expect(text).toContain(`href="/log/entries/${found!.index}"`)
    const textOf = async (index: number) => (await api<{ entry: string }>(`entries/${index}`)).entry
    return {
      said: wordsOf(text),
      entry: await textOf(found!.index),
      with: found!.with === null ? null : await textOf(found!.with),
    }
  }

  test('are none while nothing of the kind happened', async () => {
    await sign()
    const { items } = await api<Exceptions>('exceptions')
    const kinds = ['back_dated', 'changes_undone', 'approvals_by_deputies']
    expect(items.filter(({ kind }) => kinds.includes(kind)).map(({ count }) => count)).toEqual([0, 0, 0])
  })

  test('are records of more than two days before, and not those of two', async () => {
    const told = { narrative: 'The lamp is broken.', openness: 'anonymous', channel: 'letter', backDatedReason: 'It lay in the post room.' }
    for (const receivedOn of ['2026-11-22', '2026-11-21'])
      await world.concerns.onBehalf.record(world.as('guardian'), onBehalfInput.parse({ ...told, receivedOn }), null)
    const { said, entry } = await onlyOne('back_dated')
    expect(said).toContain('Back-dated records: 1')
    expect(said).toContain('Recorded 3 days after it came')
    expect(JSON.parse(entry)).toMatchObject({ kind: 'concern_recorded', fields: { backDatedDays: 3 } })
  })

  test('are approvals by deputies, and not those by others', async () => {
    for (const approver of ['nonExecutive', 'deputy'] as const) {
      const { id } = await world.raise()
      await world.bring(id, 'triaged', { riskGrade: 'high' })
      const { pendingApproval } = await world.act('guardian', id, 'resolve_without_investigation', {
        reasonCode: 'facts_agreed',
        reason: 'Nobody disputes it.',
        decidedBy: world.id('guardian'),
        approver: world.id(approver),
        message: 'We agree.',
      })
      const given = { decision: 'approve' as const, otp: world.otp(approver), note: 'As asked.' }
      await world.concerns.decideApproval(world.as(approver), id, pendingApproval!.id, given)
    }
    const { said, entry } = await onlyOne('approvals_by_deputies')
    expect(said).toContain('Approvals by deputies: 1')
    expect(JSON.parse(entry)).toMatchObject({ kind: 'approval_given', actor: { alias: world.as('deputy').person.alias } })
  })

  test('are changes of somebody’s access that were taken back within seven days, and not after more', async () => {
    const { people } = world.service
    for (const days of [8, 6]) {
      for (const change of ['deactivate', 'reactivate'] as const) {
        const ctx = await world.contextOf('administrator')
        await people[change](ctx, world.id(days === 8 ? 'investigator' : 'executive'), { otp: world.otp('administrator') })
        if (change === 'deactivate') world.clock.advance({ hours: 24 * days })
      }
    }
    await comeIn()
    const found = await onlyOne('changes_undone')
    expect(found.said).toMatch(/Role changes undone: 1 .*no access between, then Executive lead again/)
    const { alias } = world.as('executive').person
    expect(JSON.parse(found.entry)).toMatchObject({ kind: 'person_reactivated', fields: { person: alias } })
    expect(JSON.parse(found.with!)).toMatchObject({ kind: 'person_deactivated', fields: { person: alias } })
  })
})

describe('the nightly check', () => {
  test('keeps its result, is an entry of the service’s own, and shows on the page and to programs', async () => {
    await sign()
    const { size } = await newest()
    world.clock.set('2026-12-20T03:30:00Z')
    expect(await world.service.auditing.checks.runNightly()).toBe(size)
    const [entry] = (await world.entries()).filter(({ kind }) => kind === 'log_checked').slice(-1)
    expect(entry).toMatchObject({ actor: { role: 'system' }, fields: { what: 'log', verdict: 'whole', entries: size } })
    await comeIn()
    const said = await page('/log/check')
    expect(said).toContain(`All ${size.toLocaleString('en-GB')} entries fit together. Checked 20 December 2026 at 03:30.`)
    expect(said).toContain('Checked by the service itself, as every night.')
    const { items } = await api<{ items: { askedBy: null; verdict: string; entries: number; checkedAt: string }[] }>('checks')
    expect(items[0]).toMatchObject({ askedBy: null, verdict: 'whole', entries: size, checkedAt: '2026-12-20T03:30:00Z' })
  })

  test('finds what was changed since, and never says that all fits', async () => {
    const { asSuperuser } = world.database
    const change = async (from: string, to: string) => {
      await asSuperuser.query('alter table staff_entry disable trigger user')
      await asSuperuser.query(`update staff_entry set text = replace(text, $1, $2) where kind = 'concern_triaged'`, [from, to])
      await asSuperuser.query('alter table staff_entry enable trigger user')
    }
    await change('"riskGrade":"high"', '"riskGrade":"low"')
    await world.service.auditing.checks.runNightly()
    await change('"riskGrade":"low"', '"riskGrade":"high"')
    expect((await page('/log/check')).split('Earlier checks')[0]).toMatch(/Entry \d+ does not fit\..* Checked 20 December 2026 at/)
    expect((await api<{ items: { verdict: string }[] }>('checks')).items[0]).toMatchObject({ verdict: 'tampered' })
  })

  test.each([
    ['another kind', `kind = 'queue_viewed'`],
    ['another time', `happened_at = happened_at - interval '400 days'`],
    ['another person', `actor_id = (select id from person where id <> actor_id order by id limit 1)`],
    ['another number', 'number = number + 1000'],
    ['another concern', 'number = number + 1000, concern_id = (select id from concern where id <> concern_id order by id limit 1)'],
  ])('finds an entry whose row says %s than its text, which pages go by', async (_what, change) => {
    const columns = 'kind, happened_at, actor_id, number, concern_id'
    const { rows } = await world.database.asSuperuser.query<{ index: string; id: string; row: object }>(
      `select p.index, s.id, to_jsonb(s) as row from staff_entry s join log_position p on p.entry_id = s.id where s.kind = 'concern_triaged' order by p.index limit 1`,
    )
    const { index, id, row } = rows[0]!
    await world.tamper('alter table staff_entry disable trigger user')
    await world.tamper(`update staff_entry set ${change} where id = $1`, [id])
    world.clock.advance({ seconds: 1 })
    await world.service.auditing.checks.runNightly()
    const restoring = `select ${columns} from jsonb_populate_record(null::staff_entry, $2::jsonb)`
    await world.tamper(`update staff_entry set (${columns}) = (${restoring}) where id = $1`, [id, JSON.stringify(row)])
    await world.tamper('alter table staff_entry enable trigger user')
    const { items } = await api<{ items: { verdict: string; findings: { code: string; index: number; id: string }[] }[] }>('checks')
    expect(items[0]).toMatchObject({ verdict: 'tampered', findings: [{ code: 'misfiled', index: Number(index), id }] })
  })

  test.each([
    ['an entry', 'staff_entry', 'id = $1::uuid', 'staff_entry_append_only'],
    ['the place of an entry', 'log_position', 'entry_id = $1::uuid', 'user'],
  ])('names %s that somebody deleted, and no page or call breaks over it', async (_what, table, which, off) => {
    const { rows } = await world.database.asSuperuser.query<{ index: string; id: string }>(
      `select index, entry_id as id from log_position where kind = 'concern_triaged' order by index limit 1`,
    )
    const { index, id } = rows[0]!
    await world.tamper(`create table taken_out as select * from ${table} where ${which.replace('$1', `'${id}'`)}`)
    await world.tamper(`alter table ${table} disable trigger ${off}`)
    await world.tamper(`delete from ${table} where ${which}`, [id])
    world.clock.advance({ seconds: 1 })
    await world.service.auditing.checks.runNightly()
    await comeIn()
    const paths = [
      '/log',
      `/log/entries/${index}`,
      '/log/check',
      '/log/access',
      '/log/exceptions',
      '/log/people',
      `/log?before=${Number(index) + 1}`,
    ]
    const answers: [string, number][] = []
    for (const path of paths) answers.push([path, (await auditor.get(path)).status])
    const calls = [
      'entries',
      `entries?from=${index}&limit=3`,
      `entries/${index}`,
      `entries/${index}/proof`,
      'exceptions',
      'access',
      'checks',
    ]
    for (const path of calls) answers.push([path, (await web.api('get', `/api/v1/log/${path}`, undefined, { bearer })).status])
    const { items } = await api<{ items: { entry: unknown }[] }>(`entries?from=${Number(index) - 1}&limit=3`)
    expect(items.map(({ entry }) => typeof entry)).toEqual(['string', 'string', 'string'])
    const said = (await page('/log/check')).split('Earlier checks')[0]
    await world.tamper(`insert into ${table} select * from taken_out`)
    await world.tamper(`alter table ${table} enable trigger ${off}; alter table ${table} enable always trigger ${table}_append_only`)
    await world.tamper('drop table taken_out')
    const named = Number(index).toLocaleString('en-GB')
    expect(said).toContain(`Entry ${named} does not fit.`)
    expect(said).toContain(`Entry ${named} is not there: its place is empty.`)
    expect(answers.filter(([, status]) => status >= 500)).toEqual([])
    expect(world.unexpected.splice(0)).toEqual([])
  })

  test('finds an entry that is hidden from searches, though every text is what it was', async () => {
    const told = (verdict: string, findings: readonly object[]) => ({ verdict, findings })
    const { rows } = await world.database.asSuperuser.query<{ index: string; id: string }>(
      `select index, entry_id as id from log_position where kind = 'concern_triaged' order by index limit 1`,
    )
    const { index, id } = rows[0]!
    for (const [change, back] of [
      [`kind = 'cover'`, `kind = 'concern_triaged'`],
      [`day = day - 400`, `day = day + 400`],
      [`actor = concern, concern = actor`, `actor = concern, concern = actor`],
    ]) {
      await world.tamper('alter table log_position disable trigger user')
      await world.tamper(`update log_position set ${change} where index = $1`, [index])
      world.clock.advance({ seconds: 1 })
      await world.service.auditing.checks.runNightly()
      await world.tamper(`update log_position set ${back} where index = $1`, [index])
      await world.tamper('alter table log_position enable always trigger log_position_append_only')
      const { items } = await api<{ items: { verdict: string; findings: { code: string; index: number; id: string }[] }[] }>('checks')
      expect(items[0]).toMatchObject(told('tampered', [{ code: 'misfiled', index: Number(index), id }]))
    }
    world.clock.advance({ seconds: 1 })
    await world.service.auditing.checks.runNightly()
    const { items } = await api<{ items: { verdict: string; findings: object[] }[] }>('checks')
    expect(items[0]).toMatchObject(told('whole', []))
    expect(await page('/log/check')).toContain('Every search finds each entry under what it says')
  })
})

describe('a log that was put back, and says so', () => {
  let early: Awaited<ReturnType<typeof newest>>
  let left: Awaited<ReturnType<typeof newest>>
  beforeAll(async () => {
    await sign()
    early = await newest()
    world.clock.advance({ hours: 24 })
    await world.service.auditing.checks.runNightly()
    await sign()
    left = await newest()
    await goBack(world, early.size, left.note)
    await comeIn()
    await sign()
  })
  const comparedOnPage = async (note: string) => wordsOf((await auditor.submit('/log/check', { note })).text)
  const compared = async (note: string) =>
    (await web.api('post', '/api/v1/log/comparisons', { note }, { bearer })).json<{ verdict: string; theirs: number }>()

  test('tells who kept a checkpoint of the line that was left that a restore lies between', async () => {
    const said = await comparedOnPage(left.note)
    expect(said).toContain('An older line, before a restore')
    expect(said).toContain(`of a line of ${left.size.toLocaleString('en-GB')} entries`)
    expect(said).not.toContain('It does not fit')
    expect(await compared(left.note)).toMatchObject({ verdict: 'before_restore', theirs: left.size })
    expect((await world.entries()).findLast(({ kind }) => kind === 'log_checked')).toMatchObject({ fields: { verdict: 'before_restore' } })
  })

  test('still fits a checkpoint of the entries that were kept', async () => {
    expect(await compared(early.note)).toMatchObject({ verdict: 'same_line' })
    expect(await comparedOnPage(early.note)).toContain('The same line of history')
  })

  test('is whole by the nightly check, which names the restore', async () => {
    await world.service.auditing.checks.runNightly()
    const [last] = (await api<{ items: { verdict: string; checks: { title: string; result: string }[] }[] }>('checks')).items
    expect(last!.verdict).toBe('whole')
    expect(last!.checks).toContainEqual({ title: 'A restore from a backup has been declared', result: 'holds' })
    expect(await page('/log/check')).toContain('A restore from a backup has been declared')
  })

  test('is called restored, not tampered with, where a checkpoint of the line that was left lies in the bundle', async () => {
    world.clock.advance({ hours: 24 })
    await comeIn()
    for (let runs = 0; (await newest()).size <= left.size && runs < 20; runs += 1) {
      await auditor.get('/log')
      await sign()
    }
    const { asSuperuser } = world.database
    await asSuperuser.query('alter table log_checkpoint disable trigger user')
    await asSuperuser.query('delete from log_checkpoint where size = $1', [left.size])
    await asSuperuser.query(
      `insert into log_checkpoint select $1::bigint, $2::bytea, 0, $3::text, $4::timestamptz, staff_from, reporter_from from log_checkpoint limit 1`,
      [left.size, Buffer.from(left.root), left.note, left.publishedAt.toString()],
    )
    await asSuperuser.query('alter table log_checkpoint enable trigger user')
    await world.service.auditing.checks.runNightly()
    const { text } = await auditor.get('/log/check')
    expect(wordsOf(text)).toMatch(
      /All [\d,]+ entries fit together, but for a restore from a backup that the log declares itself\. Checked /,
    )
    expect(text).toContain('app-verdict--careful')
    expect(wordsOf(text)).toContain('Ask why a restore was needed and what was lost')
    expect((await api<{ items: { verdict: string }[] }>('checks')).items[0]).toMatchObject({ verdict: 'restored' })
  })
})
