import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { holdRecoveryCeremony } from '../../src/vault/index.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import { codeFor, converse, guardian, setsUp, type Conversation, type TakenHome } from '../support/terminal-process.ts'

const narrative = 'Canary heron: the night sister signs for controlled drugs alone.'
const answer = 'Thank you. I read this today, and I will ring the pharmacy.'
const again = { ...guardian, password: 'seven quiet herons on ice' }

/** The one story of a trust whose only guardian lost password, telephone and recovery code, told step by step. */
describe('everything is lost', { timeout: 240_000 }, () => {
  let house: Household
  let taken: TakenHome
  let service: RunningService
  let raised: { token: string }
  let newSeed: string
  let newFingerprint: string
  const file = (name: string) => join(house.tempDir, name)

  beforeAll(async () => {
    const fresh = await newHousehold({})
    house = { ...fresh, settings: { NODE_ENV: 'production', PUBLIC_ORIGIN: `http://127.0.0.1:${fresh.port}` } }
    taken = await setsUp(house)
  }, 200_000)
  afterAll(async () => {
    await house.remove()
  })

  const start = async () => {
    service = await startService(house)
    await untilReady(service)
  }
  const call = (path: string, options: Parameters<typeof send>[2] = {}) => send(service.origin, `/api/v1${path}`, options)
  const raise = async (body: object) => {
    const done = await call('/concerns', { body, headers: { 'Idempotency-Key': newId(systemRandom) } })
    expect(done.status).toBe(201)
    return done.json<{ token: string }>()
  }
  const signIn = async ({ email, password }: typeof guardian, seed: string) => {
    const signed = await call('/sessions', { body: { email, password, otp: codeFor(seed) } })
    return { status: signed.status, headers: { Authorization: `Bearer ${signed.json<{ accessToken?: string }>().accessToken ?? ''}` } }
  }
  const queue = async (headers: Record<string, string>) =>
    (await call('/concerns', { headers })).json<{ items: { id: string; version: number; raisedOn: string }[] }>().items
  /** The rest of a session's codes belong to the next half minute. */
  const untilNextCode = () => new Promise((resolve) => setTimeout(resolve, 30_000 - (Date.now() % 30_000) + 100))

  it('was well before: somebody raised a concern, and the guardian answered', async () => {
    await start()
    raised = await raise({ narrative, openness: 'confidential', identity: { name: 'Canary Kestrel' } })
    const { headers } = await signIn(guardian, taken.guardianSeed)
    const [concern] = await queue(headers)
    const body = { expectedVersion: concern!.version, message: answer }
    expect((await call(`/concerns/${concern!.id}/actions/acknowledge`, { body, headers })).status).toBe(200)
    await service.stop()
  })

  it('gives the guardian new keys at the server, which open nothing', async () => {
    const talk = converse(house, 'recover.ts', ['renew'])
    await talk.answers(/Work e-mail/, guardian.email)
    await talk.answers(/Password of 15/, again.password)
    await talk.answers(/same again/, again.password)
    newSeed = /by hand: ([A-Z2-7 ]+)/.exec(await talk.hears(/by hand: [A-Z2-7 ]+\n/))![1]!
    await talk.answers(/digits the app/, codeFor(newSeed))
    newFingerprint = /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(await talk.hears(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/))![0]
    expect(await talk.ended).toBe(0)

    await start()
    expect((await signIn(guardian, taken.guardianSeed)).status).toBe(401)
    // What comes in now is still sealed to the keys that were lost: nobody put new ones on the list
    await raise({ narrative: 'Canary heron again: it went on this week.' })
    const { status, headers } = await signIn(again, newSeed)
    expect(status).toBe(201)
    const shown = await call('/concerns', { headers })
    expect([shown.status === 200, shown.text.includes('Canary')]).toEqual([false, false])
    await service.stop()
  })

  it('lets out what the recovery key opens, for one person, and not a word of it can be read', async () => {
    const talk = converse(house, 'recover.ts', ['export', file('export.json')])
    await talk.answers(/Work e-mail/, guardian.email)
    expect(await talk.ended).toBe(0)
    const text = readFileSync(file('export.json'), 'utf8')
    for (const word of ['Canary', 'heron', 'controlled drugs', 'pharmacy']) {
      expect(text).not.toContain(word)
      expect(text).not.toContain(Buffer.from(word).toString('base64').replaceAll('=', ''))
    }
    const exported = JSON.parse(text) as { concerns: { grants: { kind: string }[] }[] }
    expect(exported.concerns).toHaveLength(2)
    expect(exported.concerns.map(({ grants }) => grants.length).toSorted()).toEqual([2, 3])
  })

  /** Up to the shares. What is written on the paper may be read by the machine apart, which has no data folder and no settings. */
  async function beginsRebuilding(out: string): Promise<Conversation> {
    const talk = converse({ ...house, settings: {}, dataDir: '/nowhere' }, 'recover.ts', ['rebuild', file('export.json'), out])
    const said = await talk.answers(/Is it the same\? Type YES:/, 'yes')
    const shown = /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(said)![0]
    expect(taken.page).toContain(shown)
    await talk.answers(/all six groups:/, newFingerprint.toLowerCase().replaceAll('-', ' '))
    const list = await talk.answers(/nobody else\? Type YES:/, 'yes')
    expect(list).toContain(guardian.name)
    expect(list).toContain(newFingerprint)
    return talk
  }
  const types = async (talk: Conversation, share: readonly string[]) => {
    for (const [at, row] of share.entries()) await talk.answers(new RegExp(`Row ${at + 1}:`), row)
  }

  it('gives nothing back for one share, however often it is typed, nor for one of another ceremony, which is named', async () => {
    const stray = (await holdRecoveryCeremony()).shares[1]!.map((groups) => groups.join(' '))
    const talk = await beginsRebuilding(file('never.json'))
    await types(talk, taken.shares[0]!)
    await talk.hears(/One share alone opens nothing/)
    await types(talk, taken.shares[0]!)
    await talk.hears(/Share 1 was given already/)
    await types(talk, stray)
    await talk.hears(/Share 2 belongs to another ceremony/)
    talk.hangUp()
    await talk.hears(/Stopped. Nothing was opened, changed or written/)
    expect(await talk.ended).toBe(1)
    expect(existsSync(file('never.json'))).toBe(false)
  })

  it('stops where the key in the file is not the one on the guardian’s paper', async () => {
    const talk = converse(house, 'recover.ts', ['rebuild', file('export.json'), file('never.json')])
    await talk.answers(/Is it the same/, 'yes')
    await talk.answers(/all six groups:/, taken.page.match(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/g)![1]!)
    await talk.hears(/not the key in the file/)
    await talk.kill()
    expect(existsSync(file('never.json'))).toBe(false)
  })

  it('gives it back for two, and names a group that was mistyped', async () => {
    const talk = await beginsRebuilding(file('recovered.json'))
    const [, , third] = taken.shares
    const mistyped = third![1]!.replace(/.$/, (symbol) => (symbol === '7' ? '8' : '7'))
    await talk.answers(/Row 1:/, third![0]!)
    await talk.answers(/Row 2:/, mistyped)
    await talk.answers(/typing error in group 4 of row 2[\s\S]+Row 2:/, third![1]!)
    for (const row of [3, 4, 5, 6]) await talk.answers(new RegExp(`Row ${row}:`), third![row - 1]!)
    await types(talk, taken.shares[0]!)
    expect(await talk.ended).toBe(0)
    expect(talk.all()).not.toContain('left out')
  })

  it('takes in only what the recovery key signed', async () => {
    const genuine = readFileSync(file('recovered.json'), 'utf8')
    const forged = JSON.parse(genuine) as { concerns: { grants: object[] }[] }
    forged.concerns[0]!.grants.pop()
    writeFileSync(file('forged.json'), JSON.stringify(forged))
    const refused = converse(house, 'recover.ts', ['import', file('forged.json')])
    expect(await refused.ended).toBe(1)
    expect(refused.all()).toContain('did not sign this file')
    for (const time of ['first', 'second']) {
      const talk = converse(house, 'recover.ts', ['import', file('recovered.json')])
      expect([time, await talk.ended, talk.all()]).toEqual([time, 0, expect.stringContaining(guardian.name)])
    }
  })

  it('left one entry for each thing that was done, and none for the second time', async () => {
    await start()
    const client = await asSuperuser(house)
    const { rows } = await client.query<{ kind: string; count: string }>(
      `select kind, count(*) from staff_entry where kind in ('access_recovered', 'recipient_set_recovered', 'recovery_exported', 'keys_renewed')
        group by kind order by kind`,
    )
    await client.end()
    expect(rows.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'access_recovered 2',
      'keys_renewed 1',
      'recipient_set_recovered 1',
      'recovery_exported 1',
    ])
  })

  it('is well again: the guardian reads what was raised before and after, what they wrote is theirs, and new concerns reach them', async () => {
    await raise({ narrative: 'Canary heron a third time, after the recovery.' })
    await untilNextCode()
    const { headers } = await signIn(again, newSeed)
    const items = await queue(headers)
    expect(items).toHaveLength(3)
    const contents: { narrative: string; thread: { body: string; genuine: boolean }[] }[] = []
    for (const { id } of items) {
      const content = await call(`/concerns/${id}/content`, { headers })
      expect(content.status).toBe(200)
      contents.push(content.json())
    }
    expect(contents.map((content) => content.narrative).filter((text) => text.startsWith('Canary heron'))).toHaveLength(3)
    const old = contents.find((content) => content.narrative === narrative)!
    expect(JSON.stringify(old)).toContain(answer)
    expect(JSON.stringify(old)).not.toContain('"genuine":false')
    const inbox = (await call('/inbox', { body: { token: raised.token } })).text
    expect(inbox).toContain(answer)
    expect(inbox).not.toContain('"genuine":false')
    await service.stop()
  })
})

describe('the commands of a recovery', { timeout: 60_000 }, () => {
  it.each([[[]], [['export']], [['rebuild', 'one']], [['everything']]])('say how they are used when they are given %j', async (args) => {
    const house = await newHousehold({})
    const talk = converse(house, 'recover.ts', args)
    expect(await talk.ended).toBe(2)
    expect(talk.all()).toContain('npm run recover -- export FILE')
    await house.remove()
  })

  it('say which file is missing, or is not theirs, or is there already', async () => {
    const house = await newHousehold({})
    const present = join(house.tempDir, 'present.json')
    writeFileSync(present, '{"format":"something else"}')
    const said = async (...args: string[]) => {
      const talk = converse(house, 'recover.ts', args)
      expect(await talk.ended).toBe(1)
      return talk.all()
    }
    expect(await said('rebuild', join(house.tempDir, 'absent.json'), join(house.tempDir, 'new.json'))).toContain('There is no file')
    expect(await said('rebuild', present, join(house.tempDir, 'new.json'))).toContain('is no file that npm run recover -- export made')
    expect(await said('rebuild', present, present)).toContain('is there already')
    expect(await said('import', present)).toContain('is no file that npm run recover -- rebuild made')
    expect(await said('export', present)).toContain('is there already')
    await house.remove()
  })
})
