import { describe, expect, it } from 'vitest'
import { resembles } from '../../../src/accounts/people/resemblance.ts'

const person = (name: string, email = `${name.length}@new.test`) => ({ name, email })
const gone = person('Jane Małgorzata O’Neil', 'jane.oneil@old.test')

describe('a newcomer', () => {
  it.each([
    ['the same name', person('Jane Małgorzata O’Neil')],
    ['the same surname with a title, written another way', person('Dr J. ONEIL')],
    ['two names in common, in another order', person('Małgorzata Jane Brown')],
    ['the same mailbox elsewhere', person('Kate Brown', 'JaneONeil2@new.test')],
  ])('may be somebody who left: %s', (_what, newcomer) => {
    expect(resembles(newcomer, gone)).toBe(true)
    expect(resembles(gone, newcomer)).toBe(true)
  })

  it.each([
    ['another name', person('Kate Brown', 'kate.brown@new.test')],
    ['one first name in common', person('Jane Brown', 'jane.brown@new.test')],
    ['a short mailbox that many have', person('Kate Brown', 'kb1@new.test')],
    ['no letters at all', person('李 明', '12@new.test')],
  ])('is somebody else: %s', (_what, newcomer) => {
    expect(resembles(newcomer, gone)).toBe(false)
    expect(resembles(newcomer, person('Sam Cole', 'kb2@old.test'))).toBe(false)
  })
})
