import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { createScanner, newCanaryWord } from '../support/canary.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import { faultsOfRows } from '../support/process-whole.ts'
import { converse } from '../support/terminal-process.ts'

interface Raised {
  readonly narrative: string
  readonly token: string
}

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** One of the two commands, from its start to its end. */
async function run(house: Household, script: 'backup.ts' | 'restore.ts', ...args: string[]): Promise<Ended> {
  const talk = converse(house, script, args)
  const code = await talk.ended
  return { code, said: talk.all() }
}

async function raise(origin: string): Promise<Raised> {
  const narrative = `The ${newCanaryWord()} pump was taken out of service and put back untested.`
  const answer = await send(origin, '/api/v1/concerns', { body: { narrative }, headers: { 'Idempotency-Key': newId(systemRandom) } })
  if (answer.status !== 201) throw new Error(`not raised: ${answer.status}`)
  return { narrative, token: answer.json<{ token: string }>().token }
}

const open = (origin: string, { token }: Raised) => send(origin, '/api/v1/inbox', { body: { token } })

async function newestCheckpoint(client: pg.Client, above: number): Promise<{ size: number; note: string }> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const { rows } = await client.query<{ size: string; note: string }>('select size, note from log_checkpoint order by size desc limit 1')
    const [row] = rows
    if (row !== undefined && Number(row.size) > above) return { size: Number(row.size), note: row.note }
    if (performance.now() > deadline) throw new Error('the log does not grow')
    await pause(200)
  }
}

describe('a service that is backed up, goes on, is lost and comes back', { timeout: 300_000 }, () => {
  let house: Household
  let again: Household
  let service: RunningService
  const before: Raised[] = []
  const meanwhile: Raised[] = []
  const after: Raised[] = []
  let bearer: string
  let outside: { size: number; note: string }
  let kept: number
  const inTemp = (name: string) => join(house.tempDir, name)
  const backup = (out: string) => run(house, 'backup.ts', '--to', inTemp('key.public'), '--out', inTemp(out))
  const restore = (...more: string[]) =>
    run(again, 'restore.ts', '--from', inTemp('monday'), '--key', inTemp('key'), '--outside', inTemp('checkpoint'), ...more)
  const call = (path: string, options: Parameters<typeof send>[2] = {}) => send(service.origin, `/api/v1${path}`, options)

  async function signIn(): Promise<string> {
    const { email, password } = demonstrationPeople[0]!
    const answer = await call('/sessions', { body: { email, password, otp: demonstrationCode(Temporal.Now.instant()) } })
    expect(answer.status).toBe(201)
    return answer.json<{ accessToken: string }>().accessToken
  }

  beforeAll(async () => {
    house = await newHousehold()
    again = await newHousehold()
    service = await startService(house)
    await untilReady(service)
    bearer = await signIn()
    for (let count = 0; count < 6; count += 1) before.push(await raise(service.origin))
  }, 120_000)
  afterAll(async () => {
    await service.killTree()
    await house.remove()
    await again.remove()
  })

  it('has a key made for it: the private half on six rows for paper, nowhere else', async () => {
    const { code, said } = await run(house, 'backup.ts', '--make-key', inTemp('key'))
    expect([code, said]).toEqual([0, expect.stringContaining('--to forthright-backup-1:')])
    const rows = readFileSync(inTemp('key'), 'utf8').match(/^ {4}\d\. {2}(\w{4} ?){4}$/gm) ?? []
    expect(rows).toHaveLength(6)
    for (const row of rows) expect(said).not.toContain(row.slice(8))
    expect(statSync(inTemp('key')).mode & 0o077).toBe(0)
    expect((await run(house, 'backup.ts', '--make-key', inTemp('key'))).said).toContain('is there already')
    expect(readdirSync(house.dataDir).toSorted()).not.toContain('key')
  })

  it('leaves nothing that looks like a backup when one is killed in the middle', async () => {
    const talk = converse(house, 'backup.ts', ['--to', inTemp('key.public'), '--out', inTemp('killed')])
    while (!existsSync(inTemp('killed.unfinished')) && !existsSync(inTemp('killed'))) await pause(1)
    await talk.kill()
    expect(existsSync(inTemp('killed'))).toBe(false)
    copyFileSync(inTemp('killed.unfinished'), inTemp('cut'))
    const refused = await run(again, 'restore.ts', '--from', inTemp('cut'), '--key', inTemp('key'), '--outside-unknown')
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/\((truncated|not_a_backup)\)/)])
  })

  it('is backed up while concerns come in', async () => {
    await newestCheckpoint(await connected(house), 0)
    let done = false
    const making = backup('monday').finally(() => (done = true))
    // Spread over the whole of it, and no more than one page of the list holds: a slow machine would take in hundreds
    while (!done && meanwhile.length < 50) {
      meanwhile.push(await raise(service.origin))
      await pause(100)
    }
    const { code, said } = await making
    expect([code, said]).toEqual([0, expect.stringMatching(/tables with \d+ rows/)])
    expect(existsSync(inTemp('monday.unfinished'))).toBe(false)
    expect((await backup('monday')).said).toContain('is there already')
  })

  it('goes on for two days, until it is lost', async () => {
    for (let count = 0; count < 3; count += 1) after.push(await raise(service.origin))
    const client = await connected(house)
    const { rows } = await client.query<{ size: number }>('select count(*)::int as size from log_position')
    outside = await newestCheckpoint(client, rows[0]!.size)
    writeFileSync(inTemp('checkpoint'), outside.note)
    await service.killTree()
  })

  it('shows in the file no word of anybody, no code, no time of the day, and the size of a class', () => {
    const file = readFileSync(inTemp('monday'))
    const canaries = [...before, ...meanwhile].map(({ narrative }) => ({ name: 'narrative', text: narrative.split(' ')[1]! }))
    const tokens = before.map(({ token }) => ({ name: 'token', text: token.replaceAll(/[^0-9A-Z]/gi, '') }))
    expect(createScanner(canaries, tokens).scan('backup', file)).toEqual([])
    expect(file.includes('concern')).toBe(false)
    expect((file.length - (file.length % 65_553)) / 65_553).toBe(64)
    expect(statSync(inTemp('monday')).mtime.toISOString()).toMatch(/T00:00:00.000Z$/)
  })

  it('is not put back without a word on what is known outside, nor over anything', async () => {
    const unasked = await run(again, 'restore.ts', '--from', inTemp('monday'), '--key', inTemp('key'))
    expect([unasked.code, unasked.said]).toEqual([1, expect.stringContaining('(outside_missing)')])
    const over = await run(
      { ...again, dataDir: house.dataDir },
      'restore.ts',
      '--from',
      inTemp('monday'),
      '--key',
      inTemp('key'),
      '--outside-unknown',
    )
    expect([over.code, over.said]).toEqual([1, expect.stringContaining('is not empty')])
    expect(readdirSync(again.dataDir)).toEqual([])
  })

  it('cannot be started on what a killed restore leaves, and is put back whole by the next', async () => {
    const talk = converse(again, 'restore.ts', ['--from', inTemp('monday'), '--key', inTemp('key'), '--outside', inTemp('checkpoint')])
    while (!existsSync(join(again.dataDir, 'secrets', 'server', 'token-pepper'))) await pause(1)
    await talk.kill()
    expect(existsSync(join(again.dataDir, 'restore-unfinished'))).toBe(true)
    await expect(startService(again)).rejects.toThrow(/was not finished/)

    const { code, said } = await restore()
    expect([code, said]).toEqual([0, expect.stringContaining('declares this as restore 1')])
    expect(said).toMatch(new RegExp(`known outside has ${outside.size} entries: \\d+ of them are missing`))
    expect(readdirSync(again.dataDir).toSorted()).toEqual(['database-folder', 'secrets'])
    service = await startService(again)
    await untilReady(service)
  })

  it('opens every concern that was acknowledged before, and answers the later codes as it answers unknown ones', async () => {
    for (const each of before) {
      const answer = await open(service.origin, each)
      expect([answer.status, answer.json<{ narrative: string }>().narrative]).toEqual([200, each.narrative])
    }
    // Each of those that came in meanwhile is whole or absent
    for (const each of meanwhile) expect([200, 404]).toContain((await open(service.origin, each)).status)
    for (const each of after) expect((await open(service.origin, each)).status).toBe(404)
    const client = await connected(again)
    expect(await faultsOfRows(client, 2)).toEqual([])
  })

  it('has nobody signed in, and lets the guardian in who reads every one of them', async () => {
    expect((await call('/concerns', { headers: { Authorization: `Bearer ${bearer}` } })).status).toBe(401)
    const client = await connected(again)
    const { rows } = await client.query('select (select count(*) from staff_session)::int + (select count(*) from receipt)::int as left')
    expect(rows).toEqual([{ left: 0 }])
    const headers = { Authorization: `Bearer ${await signIn()}` }
    const { items } = (await call('/concerns?limit=100', { headers })).json<{ items: { id: string }[] }>()
    const read = new Set<string>()
    for (const { id } of items) {
      const content = (await call(`/concerns/${id}/content`, { headers })).text
      for (const { narrative } of before) if (content.includes(narrative)) read.add(narrative)
    }
    expect(read.size).toBe(before.length)
  })

  it('tells whoever comes what may be lost, and what to do', async () => {
    for (const path of ['/', '/b']) {
      const page = await send(service.origin, path)
      expect(page.text).toContain('We had to go back to a copy of')
      expect(page.text).toContain('tell us again')
    }
  })

  it('says in the log what it kept, what is known outside and how much of it is missing', async () => {
    const client = await connected(again)
    const { rows } = await client.query<{ text: string; kept: string; root: Buffer }>(
      `select text, kept_size as kept, outside_root as root from staff_entry cross join log_restore where kind = 'restore_declared'`,
    )
    kept = Number(rows[0]!.kept)
    expect(rows).toHaveLength(1)
    expect(kept).toBeGreaterThan(0)
    const { actor, fields } = JSON.parse(rows[0]!.text) as { actor: unknown; fields: unknown }
    expect(actor).toEqual({ role: 'system' })
    expect(fields).toEqual({
      restore: 1,
      kept,
      outsideSize: outside.size,
      outsideRoot: rows[0]!.root.toString('base64'),
      missing: outside.size - kept,
    })
    expect(outside.note).toContain(rows[0]!.root.toString('base64'))
  })

  it('signs on with the same key, and says in every checkpoint that it was put back once', async () => {
    const next = await newestCheckpoint(await connected(again), kept)
    const [origin, , , extension] = next.note.split('\n')
    expect([origin, extension]).toEqual([outside.note.split('\n')[0], 'restored 1'])
    // Four bytes: five symbols of base64 and a part of the sixth
    const keyIds = (note: string) => [...note.matchAll(/^— \S+ (\S{5})/gm)].map(([, id]) => id)
    expect(keyIds(next.note)).toEqual(keyIds(outside.note))
  })

  it('guards its log as before: nothing is changed, removed or left out', async () => {
    const client = await connected(again)
    for (const table of ['staff_entry', 'reporter_entry', 'log_position', 'log_checkpoint', 'log_restore'])
      await expect(client.query(`delete from ${table}`)).rejects.toThrow(/append-only/)
    await expect(client.query(`update concern set status = 'closed'`)).rejects.toThrow(/without an entry/)
    const { rows } = await client.query(
      `select tgname from pg_trigger where not tgisinternal and tgenabled <> (select t.tgenabled from pg_trigger t where t.tgname = 'staff_entry_append_only')
       and (tgname like 'log\\_%' or tgname like '%append\\_only' or tgname like '%\\_linked') and tgname not like '%logged' and not tgdeferrable`,
    )
    expect(rows).toEqual([])
  })

  it('lays reporters’ rows in an order that says nothing, all under one transaction', async () => {
    const client = await connected(again)
    for (const [table, key] of Object.entries({ reporter_item: 'id', reporter_key: 'concern_id', key_grant: 'id' })) {
      const placed = await client.query<{ key: string; xmin: string }>(`select ${key} as key, xmin::text from ${table} t order by ctid`)
      expect(placed.rows.map((row) => row.key)).toEqual(placed.rows.map((row) => row.key).toSorted())
      expect(new Set(placed.rows.map(({ xmin }) => xmin)).size).toBe(1)
    }
  })

  const clients: pg.Client[] = []
  async function connected(of: Household): Promise<pg.Client> {
    const client = await asSuperuser(of)
    clients.push(client)
    return client
  }
  afterAll(async () => {
    for (const client of clients) await client.end().catch(() => {})
  })
})
