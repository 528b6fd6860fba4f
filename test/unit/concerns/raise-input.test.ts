import { describe, expect, it } from 'vitest'
import { raiseInput } from '../../../src/concerns/raising/raise-input.ts'
import { readCases } from '../../../src/demonstration/index.ts'
import { readInput } from '../../../src/http/index.ts'
import type { Refusal } from '../../../src/kernel/index.ts'

function faultOf(given: unknown): { pointer: string; code: string } {
  try {
    readInput(raiseInput, given)
  } catch (error) {
    const [fault] = (error as Refusal).faults
    return { pointer: fault!.pointer, code: fault!.code }
  }
  throw new Error('it was accepted')
}

describe('what a person may say when raising a concern', () => {
  it('is only a narrative, if they wish, and then they are anonymous', () => {
    expect(readInput(raiseInput, { narrative: 'Something is wrong.' })).toMatchObject({
      openness: 'anonymous',
      elements: [],
      about: [],
      recipient: 'guardians',
      deputyMayRead: true,
    })
  })

  it('takes all ten of the cases as they stand', () => {
    expect(readCases()).toHaveLength(10)
  })

  it('counts characters as people do: 20,000 emoji pass, one more does not', () => {
    expect(readInput(raiseInput, { narrative: '😀'.repeat(20_000) }).narrative).toHaveLength(40_000)
    expect(faultOf({ narrative: '😀'.repeat(20_001) })).toEqual({ pointer: '/narrative', code: 'too_long' })
  })

  it('treats every line end as one and composes letters, so that a copy compares as equal', () => {
    expect(readInput(raiseInput, { narrative: 'a\r\nb\rc e\u0301' }).narrative).toBe('a\nb\nc é')
  })

  it.each([
    [{}, '/narrative', 'required'],
    [{ narrative: '' }, '/narrative', 'required'],
    [{ narrative: ' \n\t ' }, '/narrative', 'required'],
    [{ narrative: 7 }, '/narrative', 'wrong_type'],
    [{ narrative: 'a\u0000b' }, '/narrative', 'control_characters'],
    [{ narrative: 'a\u001bb' }, '/narrative', 'control_characters'],
    [{ narrative: 'a', site: 'two\nlines' }, '/site', 'one_line'],
    [{ narrative: 'a', awareSince: '2026-02-30' }, '/awareSince', 'not_a_date'],
    [{ narrative: 'a', awareSince: 'last winter' }, '/awareSince', 'not_a_date'],
    [{ narrative: 'a', openness: 'secret' }, '/openness', 'not_an_option'],
    [{ narrative: 'a', elements: ['gossip'] }, '/elements/0', 'not_an_option'],
    [{ narrative: 'a', staffNumber: '123' }, '/staffNumber', 'unknown_field'],
    [{ narrative: 'a', identity: { name: 'A' } }, '/identity', 'identity_on_anonymous'],
    [{ narrative: 'a', intakeGroup: 'x' }, '/intakeGroup', 'not_an_option'],
  ])('refuses %j at %s as %s', (given, pointer, code) => {
    expect(faultOf(given)).toEqual({ pointer, code })
  })
})
