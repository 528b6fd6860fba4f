import { expect } from 'vitest'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Leaves } from './lost-keys.ts'

/** What handlers do to clocks and with tasks, from the first look for risk to the check after three months. */
export async function clockStories(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { act, concerns, as, bring } = world
  const { id } = await world.raise({ immediateDanger: 'yes' })
  const inDays = (days: number) => addDays(londonDate(world.clock.now()), days)
  await leaves(['risk_screened', 'first_contact_recorded'], async () => {
    await act('guardian', id, 'screen_risk', { riskGrade: 'high', note: 'Nobody is hurt yet.' })
    await act('guardian', id, 'record_first_contact', { parts: ['thanked', 'understood'], note: 'Rang back.' })
  })
  await leaves(['clock_paused', 'clock_resumed', 'clock_extended'], async () => {
    await bring(id, 'investigating')
    const on = { clock: 'T7', reason: 'As the police asked.' }
    await act('guardian', id, 'pause_clock', { ...on, until: inDays(7), reasonCode: 'police_hold' })
    await act('guardian', id, 'resume_clock', { clock: 'T7' })
    await act('guardian', id, 'extend_clock', { ...on, until: inDays(80), reasonCode: 'people_unavailable' })
  })
  await leaves(['task_set', 'task_done', 'task_passed_on'], async () => {
    const task = { title: 'Mend the door', ownerName: 'Head of estates', dueOn: inDays(20) }
    const [first, second] = [
      await concerns.tasks.set(as('guardian'), id, task, null),
      await concerns.tasks.set(as('guardian'), id, task, null),
    ]
    await concerns.tasks.done(as('guardian'), id, { task: first.id, evidence: 'Seen.' }, null)
    await concerns.tasks.passOn(as('guardian'), id, { task: second.id, reason: 'Estates plan.' }, null)
  })
  await leaves(['task_link_made', 'task_link_withdrawn'], async () => {
    const task = { title: 'Paint the door', ownerName: 'Head of estates', dueOn: inDays(20) }
    const { id: third } = await concerns.tasks.set(as('guardian'), id, task, null)
    await concerns.tasks.makeLink(as('guardian'), id, { task: third, wording: 'Paint the door.' }, null)
    await concerns.tasks.withdrawLink(as('guardian'), id, { task: third })
  })
  await leaves(['follow_up_made'], async () => {
    const over = await world.raise()
    await bring(over.id, 'resolved')
    world.clock.advance({ hours: 24 * 80 })
    const view = await concerns.act(await world.contextOf('guardian'), over.id, 'record_follow_up', {
      expectedVersion: await world.version(over.id),
      months: 3,
      note: 'I rang her.',
    })
    expect(view.clocks.find(({ code }) => code === 'T11a')?.state).toBe('met')
  })
}
