import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { send, type PlainAnswer } from '../support/process-http.ts'

const hospital = '127.0.0.1'
const home = '127.0.0.2'
const elsewhere = '127.0.0.3'

/** As the service runs: so many in flight from one address, and so many more in line. */
const atOnceFromOneAddress = 16
const lineOfOneAddress = atOnceFromOneAddress + 256

describe('many at once', { timeout: 90_000 }, () => {
  let app: TestApp
  let server: Server
  let origin: string
  /** Requests that have reached the service. */
  let came = 0
  beforeAll(async () => {
    app = await startTestApp()
    server = createServer((request, response) => {
      came += 1
      app.app(request, response)
    }).listen(0, hospital)
    await once(server, 'listening')
    origin = `http://${hospital}:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    expect(app.unexpected).toEqual([])
    server.closeAllConnections()
    server.close()
    await app.close()
  })

  const raise = (from: string, narrative = 'The alarm was switched off again.') =>
    send(origin, '/api/v1/concerns', { from, body: { narrative } })
  const count = async () => Number((await app.database.asSuperuser.query<{ count: string }>('select count(*) from concern')).rows[0]?.count)

  it('two hundred concerns from one address within the hour are all taken', async () => {
    const before = await count()
    const answers: PlainAnswer[] = []
    for (let sent = 0; sent < 200; sent += 25) answers.push(...(await Promise.all(Array.from({ length: 25 }, () => raise(hospital)))))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 201))
    expect(await count()).toBe(before + 200)
    const tokens = new Set(answers.map((answer) => answer.json<{ token: string }>().token))
    expect(tokens.size).toBe(200)
  })

  it('a whole hospital pressing Send in the same moment is let in, one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => raise(hospital)))
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
  })

  /** Holds a table so that whoever needs it waits: the line behind them is then as long as it can get, on any machine. */
  async function holding(table: string, work: () => Promise<void>): Promise<void> {
    const { asSuperuser } = app.database
    await asSuperuser.query(`begin; lock table ${table} in access exclusive mode`)
    try {
      await work()
    } finally {
      await asSuperuser.query('commit')
    }
  }

  describe('a flood from one address', () => {
    /** Who was answered, in the order of the answers. */
    const order: ('flood' | 'turned away' | 'home')[] = []
    let fromHome: PlainAnswer
    let fromElsewhere: PlainAnswer
    let answers: PlainAnswer[]
    let answeredMeanwhile = 0
    beforeAll(async () => {
      const note = (who: (typeof order)[number]) => (answer: PlainAnswer) => {
        order.push(who === 'flood' && answer.status !== 201 ? 'turned away' : who)
        return answer
      }
      let flood: Promise<PlainAnswer>[] = []
      let other: Promise<PlainAnswer> | undefined
      await holding('concern', async () => {
        flood = Array.from({ length: 700 }, () => raise(hospital).then(note('flood')))
        // All that find no place in the line are told so while nobody is served yet
        while (order.length < 700 - lineOfOneAddress) await pause(5)
        other = raise(home).then(note('home'))
        fromElsewhere = await send(origin, '/accessibility', { from: elsewhere })
        answeredMeanwhile = order.filter((who) => who === 'flood').length
      })
      fromHome = await other!
      answers = await Promise.all(flood)
    }, 60_000)

    it('is turned away beyond what a line can hold, with a word on when to come back', () => {
      const away = answers.filter(({ status }) => status === 429)
      expect(away).toHaveLength(700 - lineOfOneAddress)
      for (const answer of away) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    })

    it('still has every concern taken that it was told is taken', () => {
      const taken = answers.filter(({ status }) => status === 201)
      expect(new Set(taken.map((answer) => answer.json<{ token: string }>().token)).size).toBe(taken.length)
      // Whoever waited too long for the table we held was told "not now"
      const notNow = answers.filter(({ status }) => status === 503)
      expect([taken.length + notNow.length, taken.length > 200]).toEqual([lineOfOneAddress, true])
    })

    it('leaves others served: one from elsewhere while it stands still, one who needs the same table before its line', () => {
      expect([fromElsewhere.status, answeredMeanwhile]).toEqual([200, 0])
      expect(fromHome.status).toBe(201)
      const before = order.slice(0, order.indexOf('home')).filter((who) => who === 'flood').length
      expect(before).toBeLessThan(3 * atOnceFromOneAddress)
    })

    it('leaves its own address free again when it is over', async () => {
      expect((await raise(hospital)).status).toBe(201)
    })
  })

  it('a flood of sign-ins lets a reporter from the same address go first', async () => {
    const order: string[] = []
    const flood: Promise<number>[] = []
    const before = came
    let reporter: Promise<PlainAnswer> | undefined
    await holding('person', async () => {
      for (let count = 0; count < 150; count += 1) {
        const body = { email: `nobody${count}@demo.test`, password: 'a wrong password indeed', otp: '000000' }
        flood.push(send(origin, '/api/v1/sessions', { from: hospital, body }).then(({ status }) => (order.push('sign-in'), status)))
      }
      while (came < before + 150) await pause(5)
      reporter = raise(hospital).then((answer) => (order.push('reporter'), answer))
      while (came < before + 151) await pause(5)
    })
    expect((await reporter!).status).toBe(201)
    const statuses = new Set(await Promise.all(flood))
    expect([...statuses].filter((each) => ![401, 429, 503].includes(each))).toEqual([])
    expect(order.indexOf('reporter')).toBeLessThan(3 * atOnceFromOneAddress)
  })

  it('leaves no trace of an address in the database', async () => {
    const { rows } = await app.database.asSuperuser.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    for (const { name } of rows) {
      const found = await app.database.asSuperuser.query(`select 1 from ${name} t where (t.*)::text ~ '127\\.0\\.0\\.[123]' limit 1`)
      expect([name, found.rowCount]).toEqual([name, 0])
    }
  })
})
