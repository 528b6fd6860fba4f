import { expect } from 'vitest'
import { keepAllClocks } from '../../src/concerns/index.ts'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import { sweepOf } from '../support/sweep.ts'
import type { Leaves } from './lost-keys.ts'

/** Days away entered and taken back. */
export async function beAway(world: HandlingWorld, leaves: Leaves): Promise<void> {
  await leaves(['absence_entered', 'absence_removed'], async () => {
    const { absences } = world.service.people
    const guardian = await world.contextOf('guardian')
    const today = londonDate(world.clock.now())
    await absences.remove(guardian, await absences.enter(guardian, { from: today, to: addDays(today, 7) }))
  })
}

/** A concern that nobody answers: the clock warns, passes it up and, as its reporter agreed, lets the non-executive lead read it. */
export async function leaveUnanswered(world: HandlingWorld, leaves: Leaves): Promise<void> {
  await leaves(['clock_warned', 'clock_escalated', 'access_granted'], async () => {
    await world.raise({ standby: true })
    world.clock.advance({ hours: 14 * 24 })
    await keepAllClocks(world.service)
    expect(await sweepOf(world)()).toBeGreaterThan(0)
  })
}
