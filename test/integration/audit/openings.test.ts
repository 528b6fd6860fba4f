import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVerifierKey, verifyBundle, verifyProof, type Verdict } from '../../../scripts/verify-log.mjs'
import type { StaffContext } from '../../../src/accounts/index.ts'
import { leafHash, logQueryOf } from '../../../src/audit/index.ts'
import { londonDate, type UserId } from '../../../src/kernel/index.ts'
import { startTestApp, type PersonName, type TestApp } from '../../support/app.ts'
import { integrateAll } from '../../support/verified-log.ts'

// Who stands behind an alias: committed to in the log, kept apart, shown to auditors, and destroyed when its time is over.

let app: TestApp
let folder: string
beforeAll(async () => {
  app = await startTestApp()
  folder = mkdtempSync(join(tmpdir(), 'forthright-openings-'))
  await integrateAll(app)
})
afterAll(async () => {
  expect(app.unexpected).toEqual([])
  await app.close()
  rmSync(folder, { recursive: true })
})

const steppedUp = async (person: PersonName): Promise<StaffContext> => ({
  ...(await app.contextOf(person)),
  steppedUp: true,
  freshCode: true,
})
const newest = () => logQueryOf({}, londonDate(app.clock.now()))
const aliasOf = async (email: string): Promise<{ alias: string; id: UserId }> =>
  (await app.database.asSuperuser.query<{ alias: string; id: UserId }>('select alias, id from person where email = $1', [email])).rows[0]!
const entriesOf = async (kind: string) =>
  (
    await app.database.asSuperuser.query<{ text: string }>('select text from staff_entry where kind = $1 order by happened_at', [kind])
  ).rows.map(({ text }) => JSON.parse(text) as { fields: Record<string, unknown> })

let bundles = 0
async function take(names: boolean): Promise<{ file: string; verdict: Verdict; lines: { content: string; entry: string }[] }> {
  const bundle = await app.service.logReads.takeBundle(await steppedUp('auditor'), { names })
  bundles += 1
  const file = join(folder, `${bundles}.zip`)
  await bundle.write(createWriteStream(file))
  const [key] = await app.service.publishedLog.readVerifierKeys()
  spawnSync('unzip', ['-qo', file, 'openings.jsonl', '-d', join(folder, String(bundles))])
  const opened = join(folder, String(bundles), 'openings.jsonl')
  const lines = existsSync(opened) ? readFileSync(opened, 'utf8').trimEnd().split('\n') : []
  return {
    file,
    verdict: verifyBundle({ file, keys: [readVerifierKey(key!.verifierKey)] }),
    lines: lines.map((line) => JSON.parse(line) as { content: string; entry: string }),
  }
}
const namesIn = ({ lines }: { lines: readonly { content: string }[] }) => lines.map(({ content }) => content).toSorted()

describe('names behind the log', () => {
  test('are in no entry and in no row, but as commitments and sealed', async () => {
    const { rows } = await app.database.asSuperuser.query<{ all: string }>(
      `select (select string_agg(text, ' ') from staff_entry) || (select string_agg(encode(sealed, 'escape'), ' ') from entry_opening) as all`,
    )
    expect(rows[0]!.all).toContain('"who":"')
    for (const name of ['Okafor', 'Whitlock', 'Adeyemi']) expect(rows[0]!.all).not.toContain(name)
  })

  test('are in a bundle only where an auditor asks, and how many is recorded', async () => {
    const without = await take(false)
    expect([without.verdict.exitCode, without.lines]).toEqual([0, []])
    const withNames = await take(true)
    expect(withNames.verdict).toMatchObject({ exitCode: 0, findings: [] })
    expect(namesIn(withNames)).toEqual(expect.arrayContaining(['Grace Okafor', 'Sam Whitlock']))
    expect(withNames.verdict.checks.find(({ name }) => name === 'openings')).toMatchObject({ result: 'holds' })
    const taken = (await entriesOf('log_exported')).map(({ fields }) => fields)
    expect(taken.map(({ what, openings }) => [what, openings])).toEqual([
      ['bundle', undefined],
      ['bundle', 7],
    ])
  })

  test('need a second factor given just now, and an attempt without is recorded', async () => {
    const { logReads, auditing } = app.service
    const before = (await entriesOf('attempt_refused')).length
    const ctx = { ...(await app.contextOf('auditor')), freshCode: false }
    await expect(logReads.takeBundle(ctx, { names: true })).rejects.toMatchObject({ code: 'step_up_required' })
    await expect(auditing.takeSearch(ctx, newest())).rejects.toMatchObject({ code: 'step_up_required' })
    expect(await entriesOf('attempt_refused')).toHaveLength(before + 2)
  })

  test.each(['guardian', 'administrator', 'executive'] as const)('are nothing for the %s', async (person) => {
    const { logReads, auditing } = app.service
    const ctx = await steppedUp(person)
    await expect(logReads.takeBundle(ctx, { names: true })).rejects.toMatchObject({ code: 'permission_denied' })
    await expect(auditing.log.search(ctx, newest())).rejects.toMatchObject({ code: 'permission_denied' })
  })

  test('stand beside the aliases that a search shows', async () => {
    const { names } = await app.service.auditing.log.search(await app.contextOf('auditor'), newest())
    const { alias } = await aliasOf('guardian@demo.test')
    expect(names.get(alias)).toEqual({ state: 'known', name: 'Grace Okafor' })
  })

  test('are not shown where somebody exchanged what is kept', async () => {
    const { asSuperuser } = app.database
    const [grace, daniel] = [await aliasOf('guardian@demo.test'), await aliasOf('deputy@demo.test')]
    const sealed = async (alias: string) =>
      (await asSuperuser.query<{ sealed: Buffer }>('select sealed from entry_opening where alias = $1', [alias])).rows[0]!.sealed
    const [own, other] = [await sealed(grace.alias), await sealed(daniel.alias)]
    const put = async (bytes: Buffer) => {
      await asSuperuser.query('alter table entry_opening disable trigger all')
      await asSuperuser.query('update entry_opening set sealed = $1 where alias = $2', [bytes, grace.alias])
      await asSuperuser.query('alter table entry_opening enable trigger all')
      await asSuperuser.query('alter table entry_opening enable always trigger entry_opening_stays')
      await asSuperuser.query('alter table entry_opening enable always trigger entry_opening_only_destroyed')
    }
    await put(other)
    const { names } = await app.service.auditing.log.search(await app.contextOf('auditor'), newest())
    expect(names.get(grace.alias)).toEqual({ state: 'not_genuine' })
    expect((await take(true)).verdict.exitCode).toBe(0)
    await put(own)
  })
})

describe('a search that is taken away', () => {
  test('is a table whose every row the auditors’ verifier proves by what lies beside it', async () => {
    const query = logQueryOf({ kind: 'people' }, londonDate(app.clock.now()))
    const taken = await app.service.auditing.takeSearch(await steppedUp('auditor'), query)
    expect([taken.entries > 7, taken.more]).toEqual([true, false])
    const at = join(folder, 'search')
    await taken.write(createWriteStream(`${at}.zip`))
    spawnSync('unzip', ['-qo', `${at}.zip`, '-d', at])
    const [headings, ...rows] = readFileSync(join(at, 'rows.csv'), 'utf8').trimEnd().split('\r\n')
    expect(headings).toBe('index,hash,day,at,lane,kind,role,actor,concern,number,fields')
    expect(rows).toHaveLength(taken.entries)
    const [key] = await app.service.publishedLog.readVerifierKeys()
    for (const row of rows) {
      const [index = '', hash] = row.split(',')
      const entry = join(at, 'entries', `${index}.json`)
      const proven = verifyProof({ proof: join(at, 'proofs', `${index}.txt`), entry, keys: [readVerifierKey(key!.verifierKey)] })
      expect([proven.exitCode, proven.index]).toEqual([0, Number(index)])
      expect(Buffer.from(leafHash(readFileSync(entry, 'utf8'))).toString('hex')).toBe(hash)
    }
    expect(readFileSync(join(at, 'rows.csv'), 'utf8')).not.toMatch(/Okafor|Whitlock/)
    expect((await entriesOf('log_exported')).at(-1)?.fields).toMatchObject({ what: 'search', entries: taken.entries })
  })
})

describe('what the service itself can do to them', () => {
  test.each([
    ['deleting one', '42501', 'delete from entry_opening'],
    ['changing one', 'FR001', `update entry_opening set sealed = '\\x00'`],
    ['giving one away', 'FR001', 'update entry_opening set alias = gen_random_uuid(), sealed = null, destroyed_on = current_date'],
    ['destroying one without an entry', 'FR004', 'update entry_opening set sealed = null, destroyed_on = current_date'],
    ['adding one to no entry', 'FR004', `insert into entry_opening values (gen_random_uuid(), gen_random_uuid(), '\\x00', null)`],
  ])('%s is refused', async (_what, code, words) => {
    const { asSuperuser } = app.database
    await asSuperuser.query('set role forthright_app')
    await expect(asSuperuser.query(words).finally(() => asSuperuser.query('reset role'))).rejects.toMatchObject({ code })
    expect((await asSuperuser.query('select 1 from entry_opening where sealed is not null')).rowCount).toBe(7)
  })
})

describe('when somebody has left', () => {
  const forget = () => app.service.accounts.forgetNames()

  test('the name is kept for as many years as are set, then destroyed; the log verifies before and after', async () => {
    const { alias, id } = await aliasOf('investigator@demo.test')
    const ctx = await app.contextOf('administrator')
    app.clock.advance({ seconds: 30 })
    await app.service.people.deactivate(ctx, id, { otp: app.codeOf('administrator') })
    await integrateAll(app)
    expect(await forget()).toBe(0)
    const before = await take(true)
    expect([before.verdict.exitCode, namesIn(before).includes('Priya Nair')]).toEqual([0, true])

    const left = Temporal.PlainDate.from(londonDate(app.clock.now()))
    const wait = left.until(left.add({ years: 6 }), { largestUnit: 'days' }).days
    app.clock.advance({ hours: 24 * (wait - 1) })
    expect(await forget()).toBe(0)
    app.clock.advance({ hours: 24 })
    expect([await forget(), await forget()]).toEqual([1, 0])
    expect((await entriesOf('opening_destroyed')).map(({ fields }) => fields)).toEqual([{ person: alias, openings: 1 }])

    await integrateAll(app)
    const after = await take(true)
    expect(after.verdict).toMatchObject({ exitCode: 0, findings: [] })
    expect(namesIn(after)).toEqual(namesIn(before).filter((name) => name !== 'Priya Nair'))
    const { names } = await app.service.auditing.oversight.viewPeople(await app.contextOf('auditor'), londonDate(app.clock.now()))
    expect(names.get(alias)).toEqual({ state: 'destroyed' })
  })

  test('what they signed stays theirs: their row and the signed lists keep the name', async () => {
    const { id } = await aliasOf('investigator@demo.test')
    const directory = await app.service.accounts.directory.current()
    expect(directory.known(id)?.name).toBe('Priya Nair')
  })

  test('and come back, the name stays', async () => {
    const { alias, id } = await aliasOf('executive@demo.test')
    const act = async (what: 'deactivate' | 'reactivate') => {
      const ctx = await app.contextOf('administrator')
      app.clock.advance({ seconds: 30 })
      await app.service.people[what](ctx, id, { otp: app.codeOf('administrator') })
    }
    await act('deactivate')
    await act('reactivate')
    await integrateAll(app)
    app.clock.advance({ hours: 24 * 3000 })
    expect(await forget()).toBe(0)
    const { names } = await app.service.auditing.oversight.viewPeople(await app.contextOf('auditor'), londonDate(app.clock.now()))
    expect(names.get(alias)).toMatchObject({ state: 'known' })
  })
})
