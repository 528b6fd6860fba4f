import type { z } from 'zod'
import { Refusal, type Fault } from '../kernel/index.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/**
 * What a body or a form says, by the schema of the use case it is for. Throws `Refusal` `invalid_input` with one fault per issue: where (JSON
 * Pointer), a code, and what to do: the schema's own words where it has some, plain ones of ours elsewhere. They never repeat what was sent.
 * A rule made with `refine` gives its code as `params: { code: 'lower_snake' }`.
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const result = schema.safeParse(given, { error: (issue) => sentences[codeOf(issue)] ?? sentences['invalid'], reportInput: true })
  if (result.success) return result.data
  throw new Refusal('invalid_input', { faults: result.error.issues.flatMap(faultsOf).slice(0, mostFaults) })
}

// A body of nothing but faults must not make an answer ten times its size
const mostFaults = 50
const longestName = 100

function faultsOf(issue: Issue): readonly Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(issue.path), code: codeOf(issue), detail: issue.message }]
  return issue.keys.slice(0, mostFaults).map((key) => ({
    pointer: pointerOf(key.length > longestName ? issue.path : [...issue.path, key]),
    code: 'unknown_field',
    detail: issue.message,
  }))
}

/** RFC 6901: `~` and `/` inside a name are escaped. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const codes: Readonly<Record<string, string>> = {
  invalid_type: 'wrong_type',
  invalid_format: 'wrong_format',
  invalid_value: 'not_an_option',
  invalid_union: 'not_an_option',
  not_multiple_of: 'not_a_multiple',
}

function codeOf(issue: Issue | RawIssue): string {
  if (issue.code === 'custom') return ownCode(issue.params)
  if (issue.code === 'unrecognized_keys') return 'unknown_field'
  if (issue.input === undefined) return 'required'
  if (issue.code === 'too_small') return sizeCode(issue.origin, issue.input === '' ? 'required' : 'too_short', 'too_few', 'too_small')
  if (issue.code === 'too_big') return sizeCode(issue.origin, 'too_long', 'too_many', 'too_big')
  return codes[issue.code] ?? 'invalid'
}

function ownCode(params: Readonly<Record<string, unknown>> | undefined): string {
  const code = params?.['code']
  return typeof code === 'string' ? code : 'invalid'
}

function sizeCode(origin: string, text: string, list: string, number: string): string {
  if (origin === 'string') return text
  return origin === 'array' || origin === 'set' ? list : number
}

const sentences: Readonly<Record<string, string>> = {
  required: 'Give an answer here.',
  wrong_type: 'This is not the kind of value that is needed here.',
  wrong_format: 'Write this in the form that is asked for.',
  not_an_option: 'Choose one of the options.',
  not_a_multiple: 'This number is not one of those allowed.',
  unknown_field: 'Leave this field out: it is not known here.',
  too_short: 'This is too short.',
  too_long: 'This is too long.',
  too_few: 'Choose or list more.',
  too_many: 'Choose or list fewer.',
  too_small: 'This number is too low.',
  too_big: 'This number is too high.',
  invalid: 'This is not right. Check it and try again.',
}
