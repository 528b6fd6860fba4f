import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiRoutes, type ApiDeps } from '../../../src/api/index.ts'
import { describeCalls } from '../../../src/api/openapi.ts'
import type { Role } from '../../../src/kernel/index.ts'
import type { PersonName } from '../../support/app.ts'
import type { Answer } from '../../support/http-client.ts'
import { keeping, type Components, type RequestSchema } from './arbitrary.ts'
import { narrative, setStage, type Stage } from './stage.ts'

// Every staff call of the route table, by every role, on a concern of somebody else and on one that does not exist.

const calls = apiRoutes({} as ApiDeps).filter(({ policy }) => policy.kind === 'staff')
const { schemas } = (JSON.parse(JSON.stringify(describeCalls(calls))) as { components: { schemas: Components } }).components
const document = JSON.parse(JSON.stringify(describeCalls(calls))) as {
  paths: Record<string, Record<string, { requestBody?: { content: { 'application/json': { schema: RequestSchema } } } }>>
}

const roleOf: Readonly<Record<PersonName, Role>> = {
  guardian: 'guardian',
  deputy: 'guardian',
  investigator: 'investigator',
  executive: 'executive_lead',
  nonExecutive: 'non_executive_lead',
  auditor: 'auditor',
  administrator: 'administrator',
}
const people = Object.keys(roleOf) as PersonName[]

/** A body with nothing wrong in it, so that only the right to act decides. */
function soundBody(method: string, path: string): unknown {
  const schema = document.paths[path.replaceAll(/[:*]([A-Za-z]+)/g, '{$1}')]?.[method]?.requestBody?.content['application/json'].schema
  if (schema === undefined) return undefined
  const [body] = fc.sample(keeping(schema, schemas), { numRuns: 1, seed: 7 }) as [Record<string, unknown>]
  const words = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' && schema.properties?.[name]?.maxLength !== undefined ? 'Some words.' : value,
  ])
  const clock = path.endsWith('_clock') ? { clock: 'T7', ...('until' in body && { until: '2026-12-01' }) } : {}
  return { ...Object.fromEntries(words), ...clock, ...('expectedVersion' in body && { expectedVersion: 1 }) }
}

let stage: Stage
let foreign: { readonly id: string }
beforeAll(async () => {
  stage = await setStage()
  // Nobody but the two guardians and recovery holds a key to it, and the deputy is left out
  foreign = await stage.raise({ deputyMayRead: false })
})
afterAll(() => stage.close())

const withoutInstance = (answer: Answer): object => {
  const { instance: _instance, ...rest } = answer.json<{ instance?: string }>()
  return rest
}

const onConcerns = calls.filter(({ path }) => path.includes(':id'))

describe('on a concern that is not theirs', () => {
  const cases = onConcerns.flatMap((call) =>
    people.filter((person) => person !== 'guardian').map((person) => ({ call, person, name: call.contract.name })),
  )

  test.each(cases)('$name tells the $person no more than on one that does not exist', async ({ call, person }) => {
    const bearer = await stage.bearerOf(person)
    const body = soundBody(call.method, call.path)
    const ask = (id: string) => {
      const path = call.path
        .replace('/api/v1', '')
        .replace(':id', id)
        .replaceAll(/:\w+Id/g, randomUUID())
      return stage.api.send(call.method, path, body, bearer)
    }
    const hidden = await ask(foreign.id)
    const missing = await ask(randomUUID())
    const inPolicy = call.policy.kind === 'staff' && call.policy.roles.includes(roleOf[person])
    expect(hidden.status).toBe(inPolicy ? 404 : 403)
    expect(withoutInstance(hidden)).toEqual(withoutInstance(missing))
  })

  test('nothing that anybody tried has changed it', async () => {
    const concern = await stage.api.ok<{ version: number; status: string }>(
      200,
      'get',
      `/concerns/${foreign.id}`,
      undefined,
      await stage.bearerOf('guardian'),
    )
    expect(concern).toMatchObject({ version: 1, status: 'raised' })
  })
})

describe('without a session', () => {
  // Without a header this address is the reporter's own call
  test.each(calls)('$contract.name asks for one before it looks at anything', async (call) => {
    const path = call.path
      .replace('/api/v1', '')
      .replace(':id', foreign.id)
      .replaceAll(/:\w+Id/g, randomUUID())
    const nobody = call.forBearer ? { bearer: 'no token' } : {}
    const answer = await stage.api.send(call.method, path, soundBody(call.method, call.path), nobody)
    expect(answer.status).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'session_required' })
  })
})

describe('a guardian whom a concern is about', () => {
  const lists = ['/concerns?limit=100', '/concerns?limit=1', '/concerns?stage=raised', '/concerns?owner=none', '/approvals'] as const
  const seenBy = async (person: PersonName) => {
    const bearer = await stage.bearerOf(person)
    return Promise.all(lists.map(async (path) => (await stage.api.send('get', path, undefined, bearer)).text))
  }

  test.each([
    ['by name', () => Promise.resolve('Daniel Reid')],
    ['by name, carelessly written', () => Promise.resolve('  daniel   REID ')],
    ['by the id the readers are listed with', () => stage.userIdOf('deputy')],
  ])('named %s, finds the same lists and counts to the byte, and the concern nowhere', async (_how, about) => {
    await stage.raise()
    const before = await seenBy('deputy')
    const { id } = await stage.raise({ about: [await about()] })
    expect(await seenBy('deputy')).toEqual(before)
    const bearer = await stage.bearerOf('deputy')
    for (const path of ['', '/content', '/choices']) {
      const hidden = await stage.api.send('get', `/concerns/${id}${path}`, undefined, bearer)
      const missing = await stage.api.send('get', `/concerns/${randomUUID()}${path}`, undefined, bearer)
      expect(hidden.status).toBe(404)
      expect(withoutInstance(hidden)).toEqual(withoutInstance(missing))
    }
    const { items } = await stage.api.ok<{ items: { id: string }[] }>(
      200,
      'get',
      '/concerns?limit=100',
      undefined,
      await stage.bearerOf('guardian'),
    )
    expect(items.map((item) => item.id)).toContain(id)
  })

  test('is not offered for it either', async () => {
    const { id } = await stage.raise({ about: ['Daniel Reid', 'executive lead'] })
    const choices = await stage.api.send('get', `/concerns/${id}/choices`, undefined, await stage.bearerOf('guardian'))
    expect(choices.text).not.toContain('Daniel Reid')
    expect(choices.text).not.toContain('Helen Marsh')
  })

  test('leaves somebody to read it, or the person is told', async () => {
    const about = ['Grace Okafor', 'Daniel Reid']
    const raised = await stage.api.ok<{ readers: { name: string }[] }>(201, 'post', '/concerns', { narrative, about })
    expect(raised.readers.map(({ name }) => name)).toEqual(['Owen Price'])
    await stage.api.refused('no_reader_left', 'post', '/concerns', { narrative, about: [...about, 'Owen Price', 'Helen Marsh'] })
  })
})
