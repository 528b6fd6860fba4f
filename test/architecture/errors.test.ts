import { describe, expect, test } from 'vitest'
import { problemTable } from '../../src/http/index.ts'
import { errorCodes } from '../../src/kernel/index.ts'

const rows = Object.entries(problemTable)

describe('the problem table', () => {
  test('has a row for every error code, and no other', () => {
    expect(Object.keys(problemTable).toSorted()).toEqual([...errorCodes].toSorted())
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
  })

  test.each(rows)('%s answers with a status of the 400s or 500s', (_code, { status }) => {
    expect(Number.isInteger(status)).toBe(true)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
  })

  test.each(rows)(
    '%s has a title without a full stop and a detail that says what to do, in sentences a tired person can read',
    (_code, { title, detail }) => {
      expect(title).toMatch(/^[A-Z][^.]+$/)
      expect(detail).toMatch(/^[A-Z].*\.$/)
      for (const sentence of detail.split(/[.!?] /)) expect(sentence.split(' ').length).toBeLessThanOrEqual(20)
    },
  )

  test('says the same status for a token that is wrong as for a page that is missing: neither is known to exist', () => {
    expect(problemTable.token_not_recognised.status).toBe(problemTable.not_found.status)
  })
})
