import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootInGroups } from '../../../src/audit/index.ts'
import { parseProof } from '../../../src/audit/notes/index.ts'
import { readHtml } from '../../support/html.ts'
import type { Answer, HttpClient } from '../../support/http-client.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { openStaffStage, password, pressOn, triaged, type RaisedCase, type StaffStage } from './staff-stage.ts'
import { people } from '../../support/app.ts'

let stage: StaffStage
let signing: TestSigning
let auditor: HttpClient
let raised: RaisedCase

/** What the background process does, until nothing waits. */
async function sign(): Promise<void> {
  for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
}

beforeAll(async () => {
  stage = await openStaffStage()
  signing = startSigning(stage.app)
  const grace = await stage.staff('guardian')
  raised = await stage.raise('07', { openness: 'confidential', identity: { name: 'Nobody Knows' } })
  await grace.get(raised.path)
  await grace.submit(`${raised.path}/actions/acknowledge`, { message: 'Thank you for telling us.' })
  await grace.submit(`${raised.path}/actions/triage`, { ...triaged, riskGrade: 'high', decision: 'resolve_without_investigation' })
  const { deciders, approvers } = await stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), raised.id)
  const idOf = (listed: typeof deciders, name: string) => listed.find((person) => person.name === name)!.id
  const asked = await grace.submit(`${raised.path}/actions/resolve_without_investigation`, {
    reasonCode: 'facts_agreed',
    reason: 'The facts are agreed.',
    decidedBy: idOf(deciders, 'Grace Okafor'),
    approver: idOf(approvers, 'Helen Marsh'),
    message: 'It is put right.',
  })
  await pressOn(grace, asked, { confirmed: 'yes' })
  await grace.submit(`${raised.path}/notes`, { body: 'Unmistakable words of a note' })
  stage.app.clock.advance({ seconds: 30 })
  await grace.submit(`${raised.path}/identity`, { reason: 'She may be in danger at home.', otp: stage.app.codeOf('guardian') })
  await stage.raise('02')
  // A reader who does nothing else on it, and somebody who fails three times
  await (await stage.staff('deputy')).get(raised.path)
  for (let time = 0; time < 3; time += 1) {
    stage.app.clock.advance({ seconds: 600 })
    await stage.stranger().submit('/sign-in', { email: people.nonExecutive, password: `${password} not`, otp: '123456' })
  }
  await (await stage.staff('investigator')).get('/log')
  await sign()
  auditor = await stage.staff('auditor')
}, 120_000)
afterAll(async () => {
  await signing?.close()
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const rowsOf = ({ text }: Answer): string[] => (text.match(/<tr class="nhsuk-table__row"[\s\S]*?<\/tr>/g) ?? []).slice(0)
const wordsOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const firstHref = (html: string, shape: RegExp): string => (shape.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
/** The place of the first entry that a search finds. */
async function placeOf(query: string): Promise<number> {
  return Number(firstHref((await auditor.get(`/log?${query}`)).text, /href="\/log\/entries\/(\d+)"/))
}

describe('the log', () => {
  test('tells who did what and when, by name and alias, each entry once, and nothing that was said', async () => {
    let all = ''
    const places: string[] = []
    for (let path: string | undefined = '/log'; path !== undefined;) {
      const answer: Answer = await auditor.get(path)
      expect(answer.status).toBe(200)
      all += answer.text
      places.push(...[...answer.text.matchAll(/href="\/log\/entries\/(\d+)"/g)].map(([, place = '']) => place))
      path = answer.page.links.find(({ text }) => text === 'Earlier entries')?.href
    }
    expect(new Set(places).size).toBe(places.length)
    expect(places.map(Number)).toEqual(places.map(Number).toSorted((one, other) => other - one))
    const { rows } = await stage.app.database.asSuperuser.query(`select count(*)::int as placed from log_position where kind <> 'cover'`)
    expect(rows).toEqual([{ placed: places.length }])
    const kinds = ['Raised a concern', 'Looked at what was said', 'Wrote a team note', 'Signed in', 'Asked for a second person’s approval']
    for (const kind of kinds) expect(all).toContain(kind)
    expect(all).toMatch(/\d+ of them are cover entries/)
    const others = all.replaceAll('Ruth Adeyemi', '')
    for (const name of ['@demo.test', 'Nobody Knows']) expect(others).not.toContain(name)
    // Who acted is named to auditors; who raised it is not
    expect(wordsOf(others)).toMatch(/Guardian Grace Okafor [0-9a-f]{8}/)
    for (const said of ['isolation rooms', 'The facts are agreed', 'Unmistakable words', 'put right', 'in danger', raised.id])
      expect(all).not.toContain(said)
  })

  test('names the fields of an entry and gives the time in London and UTC', async () => {
    const [row = ''] = rowsOf(await auditor.get('/log?kind=concern_triaged')).slice(1)
    expect(wordsOf(row)).toMatch(/Guardian Grace Okafor [0-9a-f]{8} .*Triaged .*[0-9a-f]{8} .*riskGrade/)
    expect(wordsOf(row)).toMatch(/\d+ November 2026 at \d\d:\d\d \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)
  })

  test('gives a reporter’s act a date and no time', async () => {
    const answer = await auditor.get('/log?kind=reporters')
    const rows = rowsOf(answer).slice(1)
    expect(rows.length).toBeGreaterThanOrEqual(2)
    for (const row of rows) {
      expect(wordsOf(row)).toContain('The person who raised it')
      expect(wordsOf(row)).not.toMatch(/\d\d:\d\d/)
    }
    const entry = await auditor.get(`/log/entries/${await placeOf('kind=concern_raised')}`)
    expect(wordsOf(/<main[\s\S]*<\/main>/.exec(entry.text)![0])).not.toMatch(/\d\d:\d\d/)
  })

  test('is searched by kind, group, person, concern and period, alone and together', async () => {
    const triage = await auditor.get('/log?kind=concern_triaged')
    const [, row = ''] = rowsOf(triage)
    const actor = firstHref(row, /href="(\/log\?actor=[^"]+)"/)
    const concern = firstHref(row, /href="(\/log\?concern=[^"]+)"/)
    for (const [path, expected] of [
      [actor, 'Signed in'],
      [concern, 'Raised a concern'],
      [`${concern}&kind=steps`, 'Acknowledged'],
      [`${concern.slice(0, '/log?concern='.length + 8)}&kind=steps`, 'Acknowledged'],
      ['/log?kind=names', 'Opened the name of a person'],
      ['/log?from=2026-01-01&to=2030-01-01&kind=refused', 'Tried something that was refused'],
    ] as const) {
      const found = await auditor.get(path)
      expect([path, found.status, found.text.includes(expected)]).toEqual([path, 200, true])
    }
    expect(rowsOf(await auditor.get(`${concern}&kind=steps`)).every((each) => !each.includes('Signed in'))).toBe(true)
    expect((await auditor.get('/log?to=2026-01-01')).text).toContain('No entry in its place fits')
    expect((await auditor.get('/log?kind=cover')).text).toContain('Cover entry')
  })

  test.each([
    ['actor=x', 'Enter the alias of a person, or its first eight digits'],
    ['concern=%27+or+1%3D1', 'Enter the alias of a concern, or its first eight digits'],
    ['from=2026-02-30', 'Enter a real first day'],
    ['from=2026-11-02&to=2026-11-01', 'The last day must be the first day or later'],
    ['kind=nothing', 'Choose a kind from the list'],
  ])('says what to do about %s', async (query, words) => {
    const answer = await auditor.get(`/log?${query}`)
    expect([answer.status, answer.page.faults]).toEqual([422, [words]])
  })

  test('finds one fault in each box, and does not say that it shows anything', async () => {
    const answer = await auditor.get('/log?from=banana&to=2026-02-31')
    expect(answer.page.faults).toEqual(['Enter a real first day', 'Enter a real last day'])
    expect(wordsOf(answer.text)).not.toContain('Shown are entries with')
  })

  test.each(['before=x', 'before=-1', 'before=%00', 'cursor=e30', 'before=99999999999999999999'])(
    'begins with the newest where the address was changed by hand: %s',
    async (query) => {
      expect((await auditor.get(`/log?${query}`)).status).toBe(200)
    },
  )

  test('shows what waits for its place apart and last, but no act of a reporter of today', async () => {
    await stage.raise('03')
    const { text } = await auditor.get('/log')
    const [placed = '', waiting = ''] = text.split('Waiting for a place')
    expect(placed).toContain('/log/entries/')
    expect(waiting).toContain('Looked at this log')
    expect(waiting).not.toContain('Raised a concern')
  })
})

describe('one entry', () => {
  test('is shown word for word, as it was hashed, with its neighbours', async () => {
    const place = await placeOf('kind=concern_triaged')
    const { text } = await auditor.get(`/log/entries/${place}`)
    const shown = /<code class="app-entry__text"[^>]*>([\s\S]*?)<\/code>/.exec(text)![1]!.replaceAll('&quot;', '"')
    const { rows } = await stage.app.database.asSuperuser.query<{ hash: string; previous: string }>(
      `select encode(p.hash, 'hex') as hash, s.text::json ->> 'previous' as previous from staff_entry s join log_position p on p.entry_id = s.id where s.text = $1`,
      [shown],
    )
    expect(text).toContain(rows[0]!.hash)
    const before = firstHref(text, /href="(\/log\/entries\/\d+)">Entry before it/)
    expect((await auditor.get(before)).text).toContain(rows[0]!.previous)
  })

  test('is checked on the spot, and says what was checked', async () => {
    const place = await placeOf('kind=concern_triaged')
    const { text } = await auditor.get(`/log/entries/${place}?check=yes`)
    expect(text).toContain(`Entry ${place} fits.`)
    for (const said of ['gives the hash', 'signed with a key', 'is in the log', 'follows the entry before', 'names its hash'])
      expect(text).toContain(said)
  })

  test('of no concern, and a cover entry, are checked too', async () => {
    for (const query of ['kind=signed_in', 'kind=cover']) {
      const place = await placeOf(query)
      expect((await auditor.get(`/log/entries/${place}?check=yes`)).text).toContain(`Entry ${place} fits.`)
    }
  })

  test('can be taken away with its proof', async () => {
    const place = await placeOf('kind=concern_triaged')
    const page = await auditor.get(`/log/entries/${place}`)
    const proof = await pressOn(auditor, page, {}, `/log/entries/${place}/proof`)
    expect(parseProof(proof.text).index).toBe(place)
    expect(proof.headers.get('content-disposition')).toContain(`entry-${place}.tlog-proof`)
    const taken = await pressOn(auditor, page, {}, `/log/entries/${place}/text`)
    expect(JSON.parse(taken.text)).toMatchObject({ kind: 'concern_triaged' })
  })

  test.each(['x', '-1', '1e3', '99999999'])('is not found at %s', async (place) => {
    expect((await auditor.get(`/log/entries/${place}`)).status).toBe(404)
  })
})

describe('who opened what', () => {
  test('begins with names, and says where the reason is', async () => {
    const { text } = await auditor.get('/log/access')
    const [names = '', ...rest] = text.split('Read, printed, downloaded or taken away')
    const others = rest.join()
    expect(wordsOf(names)).toMatch(/Opened the name of a person .*[0-9a-f]{8} .*Reason sealed as [0-9a-f]{8}/)
    expect(others).toContain('Looked at what was said')
    expect(names).not.toContain('Looked at what was said')
  })

  test('is of the days that were asked for', async () => {
    const { text } = await auditor.get('/log/access?from=2026-01-01&to=2026-01-31')
    expect(text).toContain('Nobody opened a name')
    expect((await auditor.get('/log/access?from=x')).status).toBe(422)
  })
})

describe('roles and access', () => {
  test('are those of the end of a day, by alias', async () => {
    const { text } = await auditor.get('/log/people')
    expect(wordsOf(text)).toMatch(/7 people were in; the log knows 7 people by then/)
    for (const role of ['Guardian', 'Guardian, deputy', 'Auditor', 'Administrator', 'Executive lead']) expect(text).toContain(role)
    expect(text.replaceAll('Ruth Adeyemi', '')).not.toMatch(/demo\.test/)
    expect((await auditor.get('/log/people?on=2026-01-01')).text).toContain('The log knows nobody by that day')
    expect((await auditor.get('/log/people?on=yesterday')).status).toBe(422)
    // Rights of a day that is still to come are known to nobody
    const tooLate = await auditor.get('/log/people?on=2099-01-01')
    expect([tooLate.status, tooLate.page.faults]).toEqual([422, ['Choose today or a day before']])
  })
})

describe('a search that is taken away', () => {
  test('is a zip of the rows found, for whoever gives a fresh code, and an entry', async () => {
    stage.app.clock.advance({ minutes: 6 })
    const page = await auditor.get('/log?kind=people')
    const asked = await auditor.follow(await pressOn(auditor, page, {}, '/log/export'))
    expect([asked.status, asked.text.includes('Give the six-digit code')]).toEqual([422, true])
    expect(asked.text).toContain('Added a member of staff')
    const taken = await pressOn(auditor, page, { otp: stage.app.codeOf('auditor') }, '/log/export')
    expect([taken.status, taken.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename=forthright-search-\d+\.zip$/),
    ])
    await sign()
    expect((await auditor.get('/log?kind=log_exported')).text).toContain('Took a copy of a part of this log')
  })
})

describe('who stands behind an alias', () => {
  test('is shown beside it: in the search, on the entry, in who opened what and in who had which rights', async () => {
    for (const path of ['/log?kind=identity_viewed', '/log/access', '/log/people'])
      expect((await auditor.get(path)).text).toContain('Grace Okafor')
    const [, href = ''] = /href="(\/log\/entries\/\d+)"/.exec((await auditor.get('/log?kind=person_added')).text) ?? []
    expect(wordsOf((await auditor.get(href)).text)).toMatch(
      /Whom it names (Grace Okafor|Daniel Reid|Priya Nair|Helen Marsh|Owen Price|Ruth Adeyemi|Sam Whitlock)/,
    )
  })

  test('is said to be no longer kept once it was destroyed', async () => {
    const { asSuperuser } = stage.app.database
    await asSuperuser.query('begin')
    await asSuperuser.query('set local session_replication_role = replica')
    await asSuperuser.query('alter table entry_opening disable trigger entry_opening_only_destroyed')
    await asSuperuser.query(
      'update entry_opening set sealed = null, destroyed_on = current_date where alias = (select alias from person where email = $1)',
      [people.nonExecutive],
    )
    await asSuperuser.query('alter table entry_opening enable always trigger entry_opening_only_destroyed')
    await asSuperuser.query('commit')
    expect(wordsOf((await auditor.get('/log/people')).text)).toContain('Name no longer kept')
  })
})

describe('exceptions', () => {
  test('come with a count, a definition and their entries', async () => {
    const { text } = await auditor.get('/log/exceptions')
    const said = wordsOf(text)
    expect(said).toMatch(/Reads outside a duty: 1/)
    expect(said).toMatch(/Failed sign-ins in a row: 1/)
    expect(said).toMatch(/Refused attempts: [1-9]/)
    expect(said).toContain('get /log: permission_denied')
    expect(said).toContain('3 failures')
    expect(said).toMatch(/Back-dated records: 0/)
    expect(said).toContain('did nothing else on it within 14 days')
  })

  test('are shown one kind at a time, page by page', async () => {
    const { text } = await auditor.get('/log/exceptions?kind=refused_attempts')
    expect(text).toContain('Tried something that was refused')
    expect(text).not.toContain('Back-dated')
    expect((await auditor.get('/log/exceptions?kind=refused_attempts&before=0')).status).toBe(200)
  })
})

describe('the check of the whole log', () => {
  const press = async () => pressOn(auditor, await auditor.get('/log/check'), {}, '/log/check')
  const checked = async (): Promise<Answer> => {
    await press()
    await stage.app.service.auditing.checks.settled()
    return auditor.get('/log/check')
  }
  const noteOf = async () => (await stage.app.service.publishedLog.readCheckpoint()).note
  const compared = async (note: string) => auditor.submit('/log/check', { note })

  test('says nothing before there was one', async () => {
    const { text } = await auditor.get('/log/check')
    expect(text).toContain('The log has not been checked yet')
    expect(text).not.toContain('fit together')
  })

  test('says while it runs when to come back, then the verdict with how many and when', async () => {
    const { size } = await stage.app.service.publishedLog.readCheckpoint()
    await press()
    expect((await auditor.get('/log/check')).text).toMatch(/A check is running[\s\S]*Come back in a minute/)
    await stage.app.service.auditing.checks.settled()
    const said = wordsOf((await auditor.get('/log/check')).text)
    expect(said).toMatch(new RegExp(`All ${size} entries fit together\\. Checked \\d+ November 2026 at \\d\\d:\\d\\d\\.`))
    expect(said).toMatch(/Asked for by Ruth Adeyemi [0-9a-f]{8} \./)
    expect(said).not.toContain('A check is running')
  })

  test('is an entry too, and so is whatever was taken', async () => {
    await sign()
    const { text } = await auditor.get('/log?kind=log')
    for (const kind of ['Checked this log', 'Looked at this log', 'Took a copy of a part of this log']) expect(text).toContain(kind)
  })

  test('shows the key to write down and gives the bundle and the verifier', async () => {
    // Only with a fresh code: without one the page asks for it
    stage.app.clock.advance({ minutes: 6 })
    const page = await auditor.get('/log/check')
    const [{ verifierKey } = { verifierKey: '' }] = await stage.app.service.publishedLog.readVerifierKeys()
    expect(page.text.replaceAll('&#43;', '+')).toContain(verifierKey)
    for (const [otp, said] of [
      ['', 'Give the six-digit code'],
      ['000000', 'This code is not right'],
    ] as const) {
      const again = await auditor.follow(await pressOn(auditor, page, { otp }, '/log/bundle'))
      expect([again.status, again.text.includes(said)]).toEqual([422, true])
    }
    const bundle = await pressOn(auditor, page, { otp: stage.app.codeOf('auditor'), names: 'yes' }, '/log/bundle')
    expect([bundle.status, bundle.headers.get('content-type')]).toEqual([200, 'application/zip'])
    const verifier = await auditor.get('/log/verifier')
    expect(verifier.text).toContain("Forthright: the auditor's verifier")
  })

  test('finds a kept checkpoint on the same line, however it was pasted', async () => {
    const note = await noteOf()
    expect((await compared(note)).text).toContain('The same line of history')
    await sign()
    const later = await compared(`\r\n${note.replaceAll('\n', '\r\n')}  `)
    expect([later.status, later.text.includes('The same line of history')]).toEqual([200, true])
  })

  test('finds it as the file that came with the mail too, and takes one of the two ways at a time', async () => {
    const note = await noteOf()
    const [form] = (await auditor.get('/log/check')).page.forms.filter(({ names }) => names.has('file'))
    const send = async (pasted: string, file: string | Uint8Array<ArrayBuffer>) => {
      const body = new FormData()
      for (const [name, value] of form!.fields) if (name !== 'note' && name !== 'file') body.append(name, value)
      body.append('note', pasted)
      body.append('file', new Blob([file]), file === '' ? '' : 'checkpoint-2026-11-24.txt')
      const cookie = [...auditor.cookies].map((pair) => pair.join('=')).join('; ')
      const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }
      const answer = await fetch(`${auditor.origin}${form!.action}`, { method: 'POST', headers, body })
      return readHtml(await answer.text())
    }
    expect((await send('', note)).words).toContain('The same line of history')
    expect((await send('', `\uFEFF${note.replaceAll('\n', '\r\n')}`)).words).toContain('The same line of history')
    expect((await send(note, '')).words).toContain('The same line of history')
    expect((await send('', new Uint8Array([0xff, 0xfe, 0, 1]))).words).toContain('This is not a checkpoint')
    expect((await send(note, note)).faults).toEqual(['Paste the checkpoint or choose its file, not both'])
    expect((await send('', 'x'.repeat(70_000))).faults).toEqual(['Send one checkpoint only: this is longer than any'])
    expect((await send('', '')).faults).toEqual(['Paste the checkpoint that you kept, or choose its file'])
  })

  test('shows the fingerprint that stands in the minutes, of the newest checkpoint and of each before', async () => {
    const { size, root } = await stage.app.service.publishedLog.readCheckpoint()
    const said = wordsOf((await auditor.get('/log/check')).text)
    expect(said).toMatch(new RegExp(`Fingerprint at ${size} entries, signed on .*: ${rootInGroups(root)} `))
    await sign()
    const later = await stage.app.service.publishedLog.readCheckpoint()
    expect(later.size).toBeGreaterThan(size)
    expect(wordsOf((await auditor.get('/log/check')).text)).toContain(rootInGroups(later.root))
    expect(wordsOf((await auditor.get(`/log/check?entries=${size}`)).text)).toContain(`: ${rootInGroups(root)} `)
    for (const typed of [`${size + 1}`, 'x', '-1', '9'.repeat(20)])
      expect((await auditor.get(`/log/check?entries=${typed}`)).page.faults).toEqual([
        'No checkpoint of this log has so many entries: compare the number again, and keep the line',
      ])
  })

  test('tells a checkpoint of another log, a changed one, and what is none', async () => {
    const note = await noteOf()
    const [origin = '', size = ''] = note.split('\n')
    for (const [given, words] of [
      [note.replace(`\n${size}\n`, `\n${Number(size) + 1}\n`), 'Not signed by this log'],
      [note.replaceAll(origin, 'forthright/another'), 'Not signed by this log'],
      ['All is well.', 'This is not a checkpoint'],
      [`${note}\u0007`, 'This is not a checkpoint'],
    ] as const)
      expect((await compared(given)).text).toContain(words)
    expect((await compared('')).page.faults).toEqual(['Paste the checkpoint that you kept, or choose its file'])
    expect((await compared('x'.repeat(70_000))).page.faults).toEqual(['Send one checkpoint only: this is longer than any'])
  })

  test('names the entry of which one byte was changed, with what to do, and is never green', async () => {
    const place = await placeOf('kind=concern_triaged')
    await tamper(`update staff_entry set text = replace(text, '"riskGrade":"high"', '"riskGrade":"low"') where kind = 'concern_triaged'`)
    const { text } = await checked()
    const said = wordsOf(text)
    expect(said).toMatch(new RegExp(`Entry ${place} does not fit\\. .* Checked \\d+ November 2026 at \\d\\d:\\d\\d\\.`))
    expect(said).toContain('What to do now Change nothing.')
    expect(text).toContain(`href="/log/entries/${place}"`)
    expect(said.split('Earlier checks')[0]).not.toContain('fit together')
    expect(text).not.toContain('app-verdict--good')
    const entry = await auditor.get(`/log/entries/${place}?check=yes`)
    expect(entry.text).toContain(`Entry ${place} does not fit.`)
  })

  test('tells that a kept checkpoint does not fit a past that was changed', async () => {
    const note = await noteOf()
    await tamper(`update log_position set hash = sha256(hash) where index = 3`)
    await tamper(`delete from log_tile`)
    expect((await compared(note)).text).toContain('It does not fit')
  })

  async function tamper(sql: string): Promise<void> {
    const { asSuperuser } = stage.app.database
    const table = / (staff_entry|log_position|log_tile)/.exec(sql)![1]!
    await asSuperuser.query(`alter table ${table} disable trigger user`)
    expect((await asSuperuser.query(sql)).rowCount).toBeGreaterThan(-1)
    await asSuperuser.query(`alter table ${table} enable trigger user`)
  }
})
