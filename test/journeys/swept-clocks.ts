import { expect } from 'vitest'
import { keepAllClocks } from '../../src/concerns/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import { sweepOf } from '../support/sweep.ts'
import type { Leaves } from './lost-keys.ts'

/** A concern that nobody answers: the clock warns, passes it up and, as its reporter agreed, lets the non-executive lead read it. */
export async function leaveUnanswered(world: HandlingWorld, leaves: Leaves): Promise<void> {
  await leaves(['clock_warned', 'clock_escalated', 'access_granted'], async () => {
    await world.raise({ standby: true })
    world.clock.advance({ hours: 14 * 24 })
    await keepAllClocks(world.service)
    expect(await sweepOf(world)()).toBeGreaterThan(0)
  })
}
