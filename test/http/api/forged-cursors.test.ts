import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonName } from '../../support/app.ts'
import { signIn } from '../pages/staff-stage.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
const raised: string[] = []
/** A concern that Daniel Reid has no key to: it is about him. */
let kept: string
beforeAll(async () => {
  stage = await setStage()
  for (let one = 0; one < 4; one += 1) raised.push((await stage.raise()).id)
  kept = (await stage.raise({ about: ['Daniel Reid'] })).id
  for (const id of [...raised.slice(0, 3), kept]) await stage.act(id, 'escalate', { to: 'executive_lead', reason: 'Nobody has answered.' })
}, 60_000)
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

const written = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const id = randomUUID()

/** What no page ever gave, by what it looks like. */
const garbage: Readonly<Record<string, string>> = {
  'no text at all': '',
  'a word': 'nonsense',
  'an empty object': written({}),
  'an empty list': written([]),
  null: written(null),
  'too few parts': written([1]),
  'too many parts': written([1, '2026-11-20', '2026-11-20', id, 'x', 'y']),
  'lists in lists': written([[1], ['2026-11-20'], ['2026-11-20'], [id]]),
  'objects for parts': written([{}, {}, {}, {}]),
  'a quote': written([1, "2026-11-20'--", '2026-11-20', id]),
  'a day that is none': written([1, '2026-02-31', '2026-11-20', id]),
  'the year nought': written([1, '0000-01-01', '0000-01-01', id]),
  'the last year of four digits': written([1, '9999-12-31', '9999-12-31', id]),
  'the end of time': written([8, 'infinity', 'infinity', id]),
  'a rank that is none': written([9, '2026-11-20', '2026-11-20', id]),
  'a long time to come': written([999_999_999_999_999, id]),
  'before all time': written([-1, id]),
  'a fraction': written([0.5, id]),
  'more than a number holds': written(['9'.repeat(15), id]),
  'an upper-case id': written([1, '2026-11-20', '2026-11-20', id.toUpperCase()]),
  'nothing but noughts': '0',
  'an id': id,
  'bytes that are no text': Buffer.from([0xff, 0xfe, 0x00, 0x80]).toString('base64url'),
  'a zero byte': '%00',
  'a row of the report': `T1~2026-11-20~${id}~1~1~`,
  'a row of the year nought': `T1~0000-01-01~${id}~1~1~`,
  'a row of great numbers': `T1~9999-12-31~${id}~999999~999999~${id}`,
  'a number before all': '-1',
  'a great number': '9007199254740991',
  'a number too great': '99999999999999999999',
  'what waits, of no entry': `waiting.${id}`,
  'a hundred thousand letters': 'A'.repeat(10_000),
}

const lists: readonly (readonly [string, string, PersonName, string])[] = [
  ['the queue', '/concerns?limit=2', 'guardian', 'cursor'],
  ['the queue of what is late', '/concerns?due=overdue&limit=2', 'guardian', 'cursor'],
  ['what went up', '/escalations?', 'executive', 'cursor'],
  ['people', '/users?limit=2', 'administrator', 'cursor'],
  ['the timeliness report', '/reports/timeliness?limit=2', 'auditor', 'cursor'],
  ['entries of the log', '/log/entries?limit=2', 'auditor', 'from'],
]
const pages: readonly (readonly [string, string, PersonName, string])[] = [
  ['the queue', '/concerns?', 'guardian', 'cursor'],
  ['what went up', '/escalated?', 'executive', 'cursor'],
  ['people', '/people?', 'administrator', 'cursor'],
  ['the timeliness report', '/log/timeliness?', 'auditor', 'cursor'],
  ['the log', '/log?', 'auditor', 'before'],
  ['exceptions', '/log/exceptions?', 'auditor', 'before'],
  ['who opened what', '/log/access?', 'auditor', 'before'],
]

describe('a place to go on from that no page gave', () => {
  test.each(lists)('%s through the API answers with a page or says what is wrong, and never breaks', async (_what, path, person, name) => {
    const by = await stage.bearerOf(person)
    const broken: string[] = []
    for (const [what, forged] of Object.entries(garbage)) {
      const { status, text } = await stage.client.api('get', `/api/v1${path}&${name}=${forged}`, undefined, by)
      if (![200, 400, 422].includes(status)) broken.push(`${what}: ${status}`)
      if (status === 200 && forged !== '' && forged !== '0') {
        // A sound place of nobody's: a page of one's own list at most
        const { items = [] } = JSON.parse(text) as { items?: readonly { id?: string }[] }
        if (person === 'guardian' && items.some((item) => ![...raised, kept].includes(item.id!))) broken.push(`${what}: shows others`)
      }
    }
    expect(broken).toEqual([])
  })

  test.each(pages)('%s as a page does the same', async (_what, path, person, name) => {
    const client = stage.client.someoneElse()
    await signIn(client, stage.test, person)
    const broken: string[] = []
    for (const [what, forged] of Object.entries(garbage)) {
      const { status } = await client.get(`${path}&${name}=${forged}`)
      if (![200, 303, 400, 422].includes(status)) broken.push(`${what}: ${status}`)
    }
    expect(broken).toEqual([])
  })

  test.each<[string, PersonName]>([
    ['/reports/timeliness?from=0000-01-01&to=0000-12-31', 'auditor'],
    ['/reports/timeliness?to=0000-12-31&format=json', 'executive'],
    ['/log/search/export?from=0000-01-01', 'auditor'],
  ])('%s: the year nought is a day that is none, and breaks nothing', async (path, person) => {
    const answer = await stage.client.api('get', `/api/v1${path}`, undefined, await stage.bearerOf(person))
    expect(answer.status).toBe(422)
  })

  test('of people, one of nobody is refused: it would begin again and hide that', async () => {
    const by = await stage.bearerOf('administrator')
    expect((await stage.api.refused('invalid_input', 'get', `/users?cursor=${randomUUID()}`, undefined, by)).status).toBe(422)
  })
})

interface Queue {
  readonly items: readonly { readonly id: string }[]
  readonly next: string | null
}
const queue = async (person: PersonName, query: string) =>
  stage.api.ok<Queue>(200, 'get', `/concerns?${query}`, undefined, await stage.bearerOf(person))

describe('somebody else’s place in a list', () => {
  test('shows nobody what is kept from them, nor that it is there', async () => {
    const mine = new Set((await queue('deputy', 'limit=100')).items.map((item) => item.id))
    expect(mine.has(kept)).toBe(false)
    let next: string | null = null
    const places: string[] = []
    do {
      const page: Queue = await queue('guardian', `limit=1${next === null ? '' : `&cursor=${next}`}`)
      next = page.next
      if (next !== null) places.push(next)
    } while (next !== null)
    expect(places.length).toBe(raised.length)
    for (const place of places)
      for (const item of (await queue('deputy', `limit=100&cursor=${place}`)).items) expect(mine.has(item.id)).toBe(true)
    // Behind the place of what is kept from them stands what stands there anyway
    const all = (await queue('guardian', 'limit=100')).items.map((item) => item.id)
    const [at, before] = [places[all.indexOf(kept)], all.slice(all.indexOf(kept) + 1).filter((one) => mine.has(one))]
    if (at !== undefined) expect((await queue('deputy', `limit=100&cursor=${at}`)).items.map((item) => item.id)).toEqual(before)
  })

  test('of another filter, or of another list, loses nobody their list and gives nothing the filter leaves out', async () => {
    const place = (await queue('guardian', 'limit=1')).next!
    const late = await queue('guardian', `due=overdue&limit=100&cursor=${place}`)
    const own = new Set((await queue('guardian', 'due=overdue&limit=100')).items.map((item) => item.id))
    for (const item of late.items) expect(own.has(item.id)).toBe(true)
    const lead = await stage.bearerOf('executive')
    expect((await stage.client.api('get', `/api/v1/escalations?cursor=${place}`, undefined, lead)).status).toBe(422)
  })

  test('gives whoever may not see the list nothing at all', async () => {
    const place = (await queue('guardian', 'limit=1')).next!
    for (const person of ['auditor', 'administrator'] as const) {
      const { status, text } = await stage.client.api('get', `/api/v1/concerns?cursor=${place}`, undefined, await stage.bearerOf(person))
      expect([person, status, raised.some((one) => text.includes(one))]).toEqual([person, 403, false])
    }
  })
})
