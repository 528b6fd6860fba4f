import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { urgencyBounds, urgencyOf, urgencyReasons, type UrgencyFacts } from '../../../src/timeliness/index.ts'
import { anyDay, calendar, day } from './days.ts'

const today = day('2026-11-20') // a Friday
const calm: UrgencyFacts = {
  danger: false,
  status: 'acknowledged',
  nextDueOn: null,
  unreadSince: null,
  detrimentWithoutPlan: false,
  ownerId: 'Grace',
}
const urgency = (facts: Partial<UrgencyFacts>) => urgencyOf({ ...calm, ...facts }, today, calendar)

describe('the published order of the queue', () => {
  test.each([
    [1, 'someone in danger and no answer yet', { danger: true, status: 'raised' }, 'Someone may be in danger and nobody has answered yet'],
    [2, 'a limit that has passed', { nextDueOn: day('2026-11-18') }, 'Its date has passed'],
    [3, 'a limit that ends today', { nextDueOn: today }, 'Its date is today'],
    [4, 'an unread message', { unreadSince: day('2026-11-19') }, 'A new message from the person who raised it'],
    [5, 'bad treatment with no plan', { detrimentWithoutPlan: true }, 'Bad treatment reported and no plan made'],
    [6, 'a limit three working days off, over the weekend', { nextDueOn: day('2026-11-25') }, 'Its date is near'],
    [7, 'nobody in charge', { ownerId: null }, 'Nobody owns it'],
    [8, 'a limit further off', { nextDueOn: day('2026-11-26') }, 'Its next date'],
    [8, 'no limit at all', {}, 'Nothing due'],
  ])('puts at %i: %s', (rank, _, facts, words) => {
    expect(urgency(facts)).toMatchObject({ rank, words, code: urgencyReasons[rank - 1] })
  })

  it('no longer puts danger first once a person has answered', () => {
    expect(urgency({ danger: true, status: 'acknowledged' }).rank).toBe(8)
  })

  it('puts a concern where its most urgent reason stands', () => {
    const everything: UrgencyFacts = {
      danger: true,
      status: 'raised',
      nextDueOn: day('2026-11-18'),
      unreadSince: today,
      detrimentWithoutPlan: true,
      ownerId: null,
    }
    expect(urgency(everything).rank).toBe(1)
    expect(urgency({ ...everything, danger: false }).rank).toBe(2)
    expect(urgency({ ...everything, danger: false, nextDueOn: today }).rank).toBe(3)
    expect(urgency({ ...everything, danger: false, nextDueOn: day('2026-11-25') }).rank).toBe(4)
    expect(urgency({ detrimentWithoutPlan: true, nextDueOn: day('2026-11-25'), ownerId: null }).rank).toBe(5)
    expect(urgency({ nextDueOn: day('2026-11-25'), ownerId: null }).rank).toBe(6)
    expect(urgency({ nextDueOn: day('2026-11-26'), ownerId: null }).rank).toBe(7)
  })

  it('sorts within a place by the date that put it there', () => {
    expect(urgency({ nextDueOn: day('2026-11-18'), unreadSince: day('2026-11-01') }).date).toBe('2026-11-18')
    expect(urgency({ nextDueOn: day('2026-12-18'), unreadSince: day('2026-11-01') }).date).toBe('2026-11-01')
    expect(urgency({ nextDueOn: day('2026-12-18') }).date).toBe('2026-12-18')
    expect(urgency({ nextDueOn: day('2026-12-18'), detrimentWithoutPlan: true }).date).toBeNull()
  })

  it('gives the database bounds that split the dates as the words do', () => {
    fc.assert(
      fc.property(anyDay(60), fc.integer({ min: -30, max: 30 }), (now, away) => {
        const bounds = urgencyBounds(now, calendar)
        const nextDueOn = Temporal.PlainDate.from(now).add({ days: away }).toString() as DateText
        const expected = nextDueOn < bounds.today ? 2 : nextDueOn === bounds.today ? 3 : nextDueOn <= bounds.soonUntil ? 6 : 8
        expect(urgencyOf({ ...calm, nextDueOn }, now, calendar).rank).toBe(expected)
        const left = calendar.workingDaysBetween(now, nextDueOn)
        if (nextDueOn > now) expect(expected).toBe(left <= 3 ? 6 : 8)
      }),
    )
  })
})
