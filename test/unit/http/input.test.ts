import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readInput } from '../../../src/http/index.ts'
import { Refusal } from '../../../src/kernel/index.ts'

const schema = z.strictObject({
  narrative: z.string().min(1, 'Tell us what happened').max(10),
  openness: z.enum(['anonymous', 'open']).default('anonymous'),
  elements: z
    .array(z.enum(['worker_safety', 'patient_safety']))
    .max(2)
    .default([]),
  identity: z.strictObject({ name: z.string(), 'a/b~c': z.string().optional() }).optional(),
  count: z.number().int().min(1).optional(),
  site: z
    .string()
    .refine((value) => value !== 'nowhere', { params: { code: 'unknown_site' }, message: 'Choose a site from the list.' })
    .optional(),
})

function faultsOf(given: unknown) {
  try {
    readInput(schema, given)
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect((error as Refusal).code).toBe('invalid_input')
    return (error as Refusal).faults.map((fault) => [fault.pointer, fault.code, fault.detail])
  }
  throw new Error('it was accepted')
}

describe('an input', () => {
  test('that fits comes back with its defaults', () => {
    expect(readInput(schema, { narrative: 'It fell' })).toEqual({ narrative: 'It fell', openness: 'anonymous', elements: [] })
  })

  test('that lacks something required says what to do in the words of the schema, or in plain ones', () => {
    expect(faultsOf({})).toEqual([['/narrative', 'required', 'Give an answer here.']])
    expect(faultsOf({ narrative: '' })).toEqual([['/narrative', 'required', 'Tell us what happened']])
  })

  test('names every fault at once, each at its place', () => {
    expect(
      faultsOf({
        narrative: 'x'.repeat(11),
        openness: 'shy',
        elements: ['worker_safety', 'parking'],
        identity: { name: 7, 'a/b~c': 1 },
        count: 0,
        site: 'nowhere',
      }),
    ).toEqual([
      ['/narrative', 'too_long', 'This is too long.'],
      ['/openness', 'not_an_option', 'Choose one of the options.'],
      ['/elements/1', 'not_an_option', 'Choose one of the options.'],
      ['/identity/name', 'wrong_type', 'This is not the kind of value that is needed here.'],
      ['/identity/a~1b~0c', 'wrong_type', 'This is not the kind of value that is needed here.'],
      ['/count', 'too_small', 'This number is too low.'],
      ['/site', 'unknown_site', 'Choose a site from the list.'],
    ])
  })

  test('with fields nobody knows is refused, each by name', () => {
    expect(faultsOf({ narrative: 'x', admin: true, identity: { name: 'x', staffNumber: '1' } })).toEqual([
      ['/identity/staffNumber', 'unknown_field', 'Leave this field out: it is not known here.'],
      ['/admin', 'unknown_field', 'Leave this field out: it is not known here.'],
    ])
  })

  test.each([null, undefined, 'text', 12, []])('that is no object at all is refused: %j', (given) => {
    expect(faultsOf(given)).toHaveLength(1)
  })

  test('is never repeated in what we say about it', () => {
    const said = JSON.stringify(faultsOf({ narrative: 'Nightingale ward, bed 4', openness: 'Nightingale', count: 'Nightingale' }))
    expect(said).not.toContain('Nightingale')
  })
})
