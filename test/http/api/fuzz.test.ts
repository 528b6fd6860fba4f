import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiRoutes, type ApiDeps } from '../../../src/api/index.ts'
import { describeCalls } from '../../../src/api/openapi.ts'
import type { PersonName } from '../../support/app.ts'
import { breaking, hostileText, keeping, type Components, type RequestSchema } from './arbitrary.ts'
import type { ApiMethod } from './contract.ts'
import { setStage, type Stage } from './stage.ts'

// Every call, from the published document: well-formed bodies, spoiled bodies, hostile queries and ids, right and wrong people. The program
// that sends them throws on any answer the contract does not allow, and 5xx is never allowed here.

interface Operation {
  readonly operationId: string
  readonly description?: string
  readonly security: readonly object[]
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: RequestSchema }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: RequestSchema } } }
}
const document = JSON.parse(JSON.stringify(describeCalls(apiRoutes({} as ApiDeps)))) as {
  readonly paths: Readonly<Record<string, Readonly<Record<ApiMethod, Operation>>>>
  readonly components: { readonly schemas: Components }
}
const { schemas } = document.components
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: operation.operationId, method: method as ApiMethod, path, operation })),
)
/** Who uses a call when it goes well is tried most; everybody else, too. */
const roles = {
  guardian: 'guardian',
  investigator: 'investigator',
  executive: 'executive_lead',
  nonExecutive: 'non_executive_lead',
  auditor: 'auditor',
  administrator: 'administrator',
} as const
const staff = Object.keys(roles) as (keyof typeof roles)[]

let stage: Stage
let concerns: readonly { readonly id: string; readonly token: string }[]
beforeAll(async () => {
  stage = await setStage()
  const fresh = await stage.raise()
  const { token, concern } = await stage.triaged()
  concerns = [fresh, { token, id: concern.id }]
})
afterAll(() => stage.close())

function bodies(operation: Operation): fc.Arbitrary<unknown> {
  const schema = operation.requestBody?.content['application/json'].schema
  if (schema === undefined) return fc.constant(undefined)
  return fc.oneof({ weight: 3, arbitrary: keeping(schema, schemas) }, { weight: 2, arbitrary: breaking(schema, schemas) })
}

function queries(operation: Operation): fc.Arbitrary<string> {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const fields = Object.fromEntries(
    known.map(({ name, schema }) => [name, fc.oneof({ weight: 4, arbitrary: keeping(schema, schemas) }, hostileText)]),
  )
  const stray = rarely(fc.tuple(hostileText, hostileText))
  return fc.tuple(fc.record(fields, { requiredKeys: [] }), stray).map(([values, extra]) => {
    const pairs = Object.entries(values).map(([name, value]) => [name, String(value)] as [string, string])
    const query = new URLSearchParams([...pairs, ...(extra === null ? [] : [extra])]).toString()
    return query === '' ? '' : `?${query}`
  })
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const ids = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 1 }) },
  fc.uuid(),
  hostileText.filter((text) => text !== '' && text.isWellFormed() && !/^\.{1,2}$/.test(text)).map(encodeURIComponent),
)
const keys = rarely(
  fc.oneof(
    fc.uuid({ version: 4 }),
    fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x21-\x7e]/g, '')),
  ),
)

describe('whatever is sent to the API, the answer is one the document names, and no fault of ours', () => {
  test.each(operations)('$name', async ({ method, path, operation, name }) => {
    // A session that a fuzz signs out or renews is not the one the others use
    const inPolicy = staff.filter((one) => (operation.description ?? '').includes(roles[one]))
    const person: fc.Arbitrary<PersonName | null> =
      /renewSession|signOut/.test(name) || inPolicy.length === 0
        ? fc.constant(null)
        : fc.oneof(
            { weight: 6, arbitrary: fc.constantFrom(...inPolicy) },
            { weight: 2, arbitrary: fc.constantFrom(...staff) },
            fc.constant(null),
          )
    const request = fc.record({ body: bodies(operation), query: queries(operation), id: ids, other: ids, person, key: keys })
    await fc.assert(
      fc.asyncProperty(request, async ({ body, query, id, other, person: who, key }) => {
        const at = (one: number | string) => (typeof one === 'number' ? concerns[one]!.id : one)
        const full =
          path
            .replace('/api/v1', '')
            .replace('{id}', at(id))
            .replaceAll(/\{(index|path)\}/g, () => at(other))
            .replaceAll(/\{\w+Id\}/g, () => at(other)) + query
        const bearer = operation.security.length > 0 && who !== null ? await stage.bearerOf(who) : {}
        const answer = await stage.api.send(method, full, body, { ...bearer, ...(key !== null && { idempotencyKey: key }) })
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 25 },
    )
    expect(stage.test.unexpected).toEqual([])
  })

  test('also where the code is right and the rest is not', async () => {
    const schema = operations.find(({ name }) => name === 'writeFromInbox')!.operation.requestBody!.content['application/json'].schema
    await fc.assert(
      fc.asyncProperty(breaking(schema, schemas), async (body) => {
        const { token } = concerns[0]!
        const sent = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, token } : body
        const answer = await stage.api.send('post', '/inbox/messages', sent, { idempotencyKey: randomUUID() })
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 60 },
    )
  })

  test('also for bytes that are no JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const response = await fetch(`${stage.client.origin}/api/v1/concerns`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: new Uint8Array(bytes),
        })
        expect([400, 422]).toContain(response.status)
      }),
      { numRuns: 60 },
    )
    expect(stage.test.unexpected).toEqual([])
  })
})
