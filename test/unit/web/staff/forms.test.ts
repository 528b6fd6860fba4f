import fc from 'fast-check'
import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import { csrfField } from '../../../../src/http/index.ts'
import { byName, writtenIn } from '../../../../src/web/staff/kept.ts'
import { dateTyped, typedFrom } from '../../../../src/web/staff/typed.ts'
import { firstRowIn, queueHref, without } from '../../../../src/web/pages/queue/form.ts'

describe('a date in three boxes', () => {
  test.each([
    [['18', '12', '2026'], '2026-12-18'],
    [[' 1 ', '3', '2027'], '2027-03-01'],
    [['1', 'March', '2027'], '2027-03-01'],
    [['01', 'sep', '2027'], '2027-09-01'],
    [['', '', ''], ''],
    [['31', '2', '2027'], '2027-02-31'],
    [['18', '', '2026'], '2026-00-18'],
  ] as const)('%j is read as %s', ([day, month, year], date) => {
    expect(dateTyped(typedFrom({ 'd-day': day, 'd-month': month, 'd-year': year }), 'd')).toBe(date)
  })
})

describe('what somebody was writing when their session ended', () => {
  const name = fc.stringMatching(/^[a-z][a-zA-Z-]{0,12}$/)
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }))
  const steering = new Set([csrfField, 'otp', 'password', 'confirmed', 'change', 'add', 'remove'])
  const post = (path: string, body: object) => writtenIn({ path, body } as Request)

  test('comes back as it was sent, ticked boxes and all', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (body) => {
        fc.pre(Object.keys(body).length > 0 && Object.keys(body).every((key) => !steering.has(key)))
        const given = Object.fromEntries(Object.entries(body).map(([key, held]) => [key, [held].flat()]))
        expect(byName(post('/concerns/x/notes', body)!.fields)).toEqual(given)
      }),
    )
  })

  test('is kept without codes, passwords and tokens', () => {
    const kept = post('/concerns/x/identity', { reason: 'To meet', otp: '123456', password: 'secret', [csrfField]: 'token' })
    expect(kept).toEqual({ place: '/concerns/x/identity', fields: { reason: 'To meet' } })
  })

  test.each([
    ['/sign-out', { [csrfField]: 'token' }],
    ['/kept', { body: 'x', kept: '1' }],
    ['/concerns/x/notes', {}],
  ] as const)('is nothing worth keeping at %s with %j', (path, body) => {
    expect(post(path, body)).toBeNull()
  })
})

describe('the queue’s addresses', () => {
  test('hold the chosen codes and nothing that was not chosen', () => {
    expect(queueHref({})).toBe('/concerns')
    expect(queueHref({ status: 'raised', danger: 'yes' })).toBe('/concerns?status=raised&danger=yes')
    expect(queueHref(without({ status: 'raised', danger: 'yes' }, 'status'))).toBe('/concerns?danger=yes')
    expect(queueHref({ due: 'today' }, { cursor: 'abc', from: 26 })).toBe('/concerns?due=today&cursor=abc&from=26')
  })

  test.each([
    [{ from: '26', cursor: 'abc' }, 26],
    [{ from: '26' }, 1],
    [{ from: '-5', cursor: 'abc' }, 1],
    [{ from: '1e99', cursor: 'abc' }, 1],
    [{ from: '<b>', cursor: 'abc' }, 1],
  ] as const)('begin to count where they say, or at one: %j', (query, first) => {
    expect(firstRowIn(typedFrom(query))).toBe(first)
  })
})
