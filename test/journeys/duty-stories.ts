import { expect } from 'vitest'
import { createDutySweep, dutyBeginning, dutyDone } from '../../src/duties/index.ts'
import { londonDate } from '../../src/kernel/index.ts'
import { limitChange } from '../../src/settings/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Leaves } from './lost-keys.ts'

/** What the organisation owes as a whole, and a limit that is announced and taken back. */
export async function dutyStories({ as, service, clock }: HandlingWorld, leaves: Leaves): Promise<void> {
  const { duties, settingsAdministration: settings } = service
  const today = () => londonDate(clock.now())
  await leaves(['duty_began', 'duty_paused', 'duty_resumed', 'duty_extended', 'duty_done'], async () => {
    const { id, dueOn } = await duties.begin(as('guardian'), dutyBeginning.parse({ code: 'T17', startedOn: today() }))
    await duties.pause(as('guardian'), id, { reasonCode: 'clarification_awaited' })
    await duties.resume(as('guardian'), id)
    const until = Temporal.PlainDate.from(dueOn).add({ months: 1 }).toString() as typeof dueOn
    await duties.extend(as('guardian'), id, { until, reasonCode: 'complex' })
    await duties.done(as('guardian'), id, dutyDone.parse({ doneOn: today() }))
  })
  await leaves(['duty_warned', 'duty_escalated'], async () => {
    await duties.begin(as('guardian'), dutyBeginning.parse({ code: 'T19', startedAt: clock.now().toString() }))
    clock.advance({ hours: 73 })
    expect(await createDutySweep({ ...service, directory: service.accounts.directory })()).toBe(2)
  })
  await leaves(['limit_announced', 'limit_withdrawn'], async () => {
    const ctx = () => ({ ...as('administrator'), steppedUp: true })
    const { seen, earliest } = await settings.viewLimits(ctx())
    const said = { code: 'T4', limit: 8, unit: 'working_days', force: 'LOCAL', source: 'A test', validFrom: earliest }
    const { version } = await settings.changeLimit(ctx(), { change: limitChange.parse(said), seen, reason: 'To see' })
    const again = await settings.viewLimits(ctx())
    await settings.withdrawLimit(ctx(), { code: 'T4', version, seen: again.seen, reason: 'To see' })
  })
}
