import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiParameters, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { z } from 'zod'
import { anyone, problemTable } from '../http/index.ts'
import type { Answer, Call, Contract } from './call.ts'
import { problemAnswer } from './problem-schema.ts'
import { refusalsByStatus } from './refusals.ts'
import { tags } from './tags.ts'

export type ApiDocument = ReturnType<typeof createDocument>

/** The OpenAPI 3.1 document of these calls, made from the schemas that judge their bodies and describe their answers. */
export function describeCalls(calls: readonly Call[]): ApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const call of calls) {
    const path = call.path.replaceAll(/[:*]([A-Za-z]+)/g, '{$1}')
    const twin = calls.find((other) => other.forBearer && other !== call && other.path === call.path && other.method === call.method)
    paths[path] = { ...paths[path], [call.method]: twin === undefined ? describeCall(call) : describeTwins(call, twin) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Forthright',
      version: '1',
      description: 'Raising concerns and handling them. Unknown fields and query parameters are refused. No answer may be stored.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.values(tags).map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      schemas: { Problem: problemAnswer },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From `POST /api/v1/sessions`.' } },
    },
  })
}

function describeCall(call: Call): ZodOpenApiOperationObject {
  const { contract, policy } = call
  const roles = policy.kind === 'staff' && policy.roles.length > 0 ? `For: ${policy.roles.join(', ')}.` : undefined
  const description = [contract.description, roles].filter((text) => text !== undefined).join('\n\n')
  return {
    operationId: contract.name,
    tags: [tags[contract.tag].name],
    summary: contract.summary,
    ...(description !== '' && { description }),
    security: policy.kind === 'staff' ? [{ bearer: [] }] : [],
    ...parametersOf(call),
    ...(contract.body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: contract.body } } } }),
    responses: responsesOf(call),
  }
}

/**
 * An address that takes a call with a bearer and one without is one operation to OpenAPI: named as the call that anybody may make, with the
 * bodies, answers and refusals of both.
 */
function describeTwins(open: Call, bearer: Call): ZodOpenApiOperationObject {
  const contract: Contract = {
    ...open.contract,
    description: [open, bearer]
      .map((call) => describeCall(call))
      .map(({ summary, description }, place) =>
        [place === 0 ? '' : `**With a bearer.** ${summary}.`, description].filter((text) => text).join(' '),
      )
      .filter((text) => text !== '')
      .join('\n\n'),
    body: z.union([open.contract.body ?? z.never(), bearer.contract.body ?? z.never()]),
    answers: unitedAnswers(open.contract.answers, bearer.contract.answers),
  }
  return {
    ...describeCall({ ...open, contract }),
    security: [{}, { bearer: [] }],
    responses: { ...responsesOf(bearer), ...responsesOf({ ...open, contract }), ...refusalsOfBoth(open, bearer) },
  }
}

function unitedAnswers(open: Contract['answers'], bearer: Contract['answers']): Contract['answers'] {
  const united: Record<number, Answer> = { ...bearer, ...open }
  for (const [status, one] of Object.entries(open)) {
    const other = bearer[Number(status)]
    if (one.schema === undefined || other?.schema === undefined) continue
    united[Number(status)] = { description: `${one.description} ${other.description}`, schema: z.union([one.schema, other.schema]) }
  }
  return united
}

function refusalsOfBoth(open: Call, bearer: Call): ZodOpenApiResponsesObject {
  const found: ZodOpenApiResponsesObject = {}
  const [one, other] = [refusalsByStatus(open), refusalsByStatus(bearer)]
  for (const status of new Set([...one.keys(), ...other.keys()])) {
    const codes = new Set([...(one.get(status) ?? []), ...(other.get(status) ?? [])])
    found[String(status) as `4${string}`] = describeRefusals(status, [...codes])
  }
  return found
}

const idempotencyKey = z.string().min(22).max(255).optional().meta({
  description:
    'A random UUID (version 4), or at least 22 random base64url characters. The same key and body give the same answer for a day; as secret as the answer.',
})

/** Those that are no ids. */
const pathParameters: Readonly<Record<string, z.ZodType>> = {
  index: z.int().min(0).meta({ description: "The entry's place in the log." }),
  size: z.int().min(0).meta({ description: 'How many entries a checkpoint is of.' }),
  path: z.string().meta({ description: 'The rest of a C2SP tlog-tiles path, slashes included, as `x001/234.p/17`.' }),
}

function parametersOf({ path, contract }: Call): { requestParams?: ZodOpenApiParameters } {
  const names = [...path.matchAll(/[:*]([A-Za-z]+)/g)].map(([, name]) => name!)
  const params: ZodOpenApiParameters = {
    ...(names.length > 0 && { path: z.object(Object.fromEntries(names.map((name) => [name, pathParameters[name] ?? z.uuid()]))) }),
    ...(contract.query instanceof z.ZodObject && { query: contract.query }),
    ...(contract.takesKey && { header: z.object({ 'Idempotency-Key': idempotencyKey }) }),
  }
  return Object.keys(params).length > 0 ? { requestParams: params } : {}
}

function responsesOf(call: Call): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponsesObject[`${1 | 2 | 3 | 4 | 5}${string}`]> = {}
  for (const [status, answer] of Object.entries(call.contract.answers)) responses[status] = describeAnswer(answer)
  for (const [status, codes] of refusalsByStatus(call)) {
    if (responses[String(status)] === undefined) responses[String(status)] = describeRefusals(status, codes)
  }
  return responses
}

function describeAnswer({ description, schema, type, otherTypes = [] }: Answer) {
  if (type !== undefined) return { description, content: { [type]: { schema: { type: 'string' as const } } } }
  const others = Object.fromEntries(otherTypes.map((other) => [other, { schema: { type: 'string' as const } }]))
  return { description, ...(schema !== undefined && { content: { 'application/json': { schema }, ...others } }) }
}

/** Which codes may come with this status here, each in the words of the problem table. */
function describeRefusals(status: number, codes: readonly (keyof typeof problemTable)[]) {
  const waits = codes.some((code) => problemTable[code].page === 'wait')
  return {
    description: codes.map((code) => `\`${code}\`: ${problemTable[code].title}.`).join('\n'),
    ...(waits && { headers: z.object({ 'Retry-After': z.string().optional().meta({ description: 'Seconds.' }) }) }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object' as const, properties: { status: { const: status }, code: { enum: [...codes] } } },
          ],
        },
      },
    },
  }
}

/** Serves the document. It describes itself too. */
export function documentCall(others: readonly Call[]): Call {
  let text: string | null = null
  const call: Call = {
    method: 'get',
    path: '/api/v1/openapi.json',
    policy: anyone,
    contract: {
      name: 'describeApi',
      tag: 'service',
      summary: 'This document',
      takesKey: false,
      answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
      refusals: [],
    },
    handle: (_request, response) => {
      text ??= JSON.stringify(describeCalls([...others, call]))
      response.type('application/json').send(text)
    },
  }
  return call
}
