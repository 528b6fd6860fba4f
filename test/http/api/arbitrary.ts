import fc from 'fast-check'

/** As much of JSON Schema as the document uses in requests. */
export interface RequestSchema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly RequestSchema[]
  readonly properties?: Readonly<Record<string, RequestSchema>>
  readonly required?: readonly string[]
  readonly items?: RequestSchema
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export type Components = Readonly<Record<string, RequestSchema>>

/** What people, pastes and attackers type. */
const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u001b[2J',
  '\ud800',
  '\ufffe',
  '\u202e',
  'ﷺ'.repeat(50),
  'Ἀ\u0301'.repeat(40),
  '🙏🏽',
  "' or 1=1; --",
  '{{7*7}}',
  '<script>',
  '${x}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '1e309',
  'NaN',
  '9007199254740993',
  '-0',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '+275760-09-13',
  '\r\n\r\nHTTP/1.1 200 OK',
]
export const hostileText = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 40 }))

/** Values that keep the schema, as far as it says what it wants. */
export function keeping(schema: RequestSchema, components: Components): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return keeping(components[schema.$ref.split('/').at(-1)!]!, components)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => keeping(one, components)))
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 5, (schema.minimum ?? 0) + 20) }),
        fc.constant(schema.maximum ?? 1),
      )
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(keeping(schema.items ?? {}, components), { maxLength: Math.min(schema.maxItems ?? 4, 4) })
    case 'object':
      return record(schema, components)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

/** Printable and not blank: the schema can't say that, and hostile text has its own place. */
function text(schema: RequestSchema): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid({ version: 4 })
  if (schema.format === 'date') return fc.constantFrom('2026-12-18', '2027-01-04', '2028-02-29')
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern))
  const minLength = schema.minLength ?? 0
  return fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(schema.maxLength ?? 60, 100) })
    .filter((words) => minLength === 0 || words.trim() !== '')
}

function record(schema: RequestSchema, components: Components): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, keeping(one, components)]))
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] })
}

/** Values that begin well and go wrong in one or two places, and values that were never right. */
export function breaking(schema: RequestSchema, components: Components): fc.Arbitrary<unknown> {
  const wrong = fc.oneof(hostileText, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, [], {}, -1, 1.5, 1e300, true))
  const spoiled = fc
    .tuple(keeping(schema, components), fc.array(fc.tuple(fc.nat(), wrong), { minLength: 1, maxLength: 2 }), fc.option(hostileText))
    .map(([value, places, stray]) => spoil(value, places, stray))
  return fc.oneof({ weight: 4, arbitrary: spoiled }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) })
}

function spoil(value: unknown, places: readonly (readonly [number, unknown])[], stray: string | null): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return places[0]?.[1]
  const spoiled: Record<string, unknown> = { ...value }
  const names = Object.keys(spoiled)
  for (const [at, wrong] of places) {
    const name = names[at % Math.max(1, names.length)]
    if (name !== undefined) spoiled[name] = wrong
  }
  if (stray !== null && stray !== '__proto__') spoiled[stray] = 1
  return spoiled
}
