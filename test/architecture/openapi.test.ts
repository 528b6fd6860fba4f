import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { apiRoutes, type ApiDeps } from '../../src/api/index.ts'
import { describeCalls } from '../../src/api/openapi.ts'
import { checkRoutes, problemTable } from '../../src/http/index.ts'
import { actions } from '../../src/workflow/index.ts'

// Handlers reach for what they need when they run, and nothing runs here.
const calls = apiRoutes({} as ApiDeps)
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: readonly object[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}
const document = JSON.parse(JSON.stringify(describeCalls(calls))) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
)

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document))
    expect(result).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('describes every route of the API, and no route that is not there', () => {
    const served = calls.map(({ method, path }) => `${method} ${path.replaceAll(/[:*]([A-Za-z]+)/g, '{$1}')}`)
    // With a bearer and without one the same address is one operation
    expect(operations.map(({ name }) => name).toSorted()).toEqual([...new Set(served)].toSorted())
  })

  test('names every schema it uses', () => {
    const text = JSON.stringify(document)
    const used = [...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name!)
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter((name) => !(name in document.components.schemas))).toEqual([])
    expect(Object.keys(document.components.schemas).filter((name) => name.startsWith('__'))).toEqual([])
  })

  test.each(operations)('$name says what it is for, who may call it, and what comes back', ({ path, operation }) => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.summary).not.toBe('')
    expect(operation.tags).toHaveLength(1)
    const call = calls.find(({ contract }) => contract.name === operation.operationId)!
    const alsoSignedIn = calls.some(({ forBearer, path: other, method }) => forBearer && other === call.path && method === call.method)
    expect(operation.security).toEqual(alsoSignedIn ? [{}, { bearer: [] }] : call.policy.kind === 'staff' ? [{ bearer: [] }] : [])
    const statuses = Object.keys(operation.responses).map(Number)
    expect(statuses.filter((status) => status < 300)).toHaveLength(1)
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      if (status === '204') expect(content).toEqual({})
      else for (const { schema } of Object.values(content)) expect(schema).toBeDefined()
    }
    if (path.startsWith('/api/')) expect(operation.responses['500']?.content).toHaveProperty('application/problem+json')
  })

  test('gives each operation a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
  })

  test('offers each action of the workflow and no other', () => {
    const offered = operations.flatMap(({ path }) => /\/actions\/(\w+)$/.exec(path)?.[1] ?? [])
    expect(offered.toSorted()).toEqual([...actions].toSorted())
  })

  test('says of every refusal which codes it may carry, in the words of the problem table', () => {
    for (const { operation } of operations) {
      for (const { content } of Object.values(operation.responses)) {
        const schema = content?.['application/problem+json']?.schema
        if (schema === undefined) continue
        const { allOf } = schema as {
          readonly allOf: readonly [
            object,
            { readonly properties: { status: { const: number }; code: { enum: (keyof typeof problemTable)[] } } },
          ]
        }
        const { status, code } = allOf[1].properties
        expect(code.enum.length).toBeGreaterThan(0)
        for (const one of code.enum) expect(problemTable[one].status).toBe(status.const)
      }
    }
  })
})

describe('the API route table', () => {
  test('passes the check that every route has a policy and no two are alike', () => {
    expect(() => checkRoutes(calls)).not.toThrow()
  })

  test('keeps every call that bears a token on the tick', () => {
    const bearing = calls.filter(({ contract }) => contract.body !== undefined && JSON.stringify(bodyOf(contract.name)).includes('"token"'))
    expect(bearing.map(({ contract }) => contract.name).toSorted()).toEqual([
      'answerFollowUp',
      'askToWithdraw',
      'chooseNotices',
      'giveFeedback',
      'openInbox',
      'proveRaising',
      'replaceToken',
      'reportDetriment',
      'sayMore',
      'sendOn',
      'writeFromInbox',
    ])
    for (const call of bearing) expect(call.onTick).toBe(true)
  })

  test('puts no token, name or password in an address', () => {
    for (const { path } of calls)
      expect(path).not.toMatch(
        /:(?!(?:id|index|place|size)\b|(?:absence|approval|duty|link|group|site|category|user|reset|view|reader|sample)Id\b)/,
      )
    const queries = operations.flatMap(({ operation }) =>
      (JSON.stringify(operation).match(/"in":"query","name":"(\w+)"/g) ?? []).map((text) => text.slice(21, -1)),
    )
    expect(queries.filter((name) => /token|about|name|email|password/i.test(name))).toEqual([])
  })

  test('lets nobody in to a concern without a role that handles concerns', () => {
    const open = calls
      .filter(({ policy, path }) => policy.kind === 'staff' && /concerns|approvals|escalations/.test(path))
      .map(({ policy, contract }) => ({ name: contract.name, roles: policy.kind === 'staff' ? policy.roles : [] }))
      .filter(({ roles }) => roles.length === 0 || roles.includes('administrator') || roles.includes('auditor'))
    expect(open).toEqual([])
  })
})

function bodyOf(name: string): unknown {
  return operations.find(({ operation }) => operation.operationId === name)?.operation.requestBody ?? null
}
