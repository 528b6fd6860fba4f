import type { StaffContext } from '../../src/accounts/index.ts'
import { createTellUrgentCalls, createUrgentLook } from '../../src/concerns/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'

/** Somebody may be in danger, who is on call is called, and the night writes it down. */
export async function callWhoIsOnCall(world: HandlingWorld, ctx: StaffContext): Promise<void> {
  const { settingsAdministration: settings } = world.service
  const { seen } = await settings.viewOnCall(ctx)
  const person = {
    name: 'Site manager',
    number: '2222',
    email: 'site@oncall.example',
    days: 'every_day',
    from: '00:00',
    until: '00:00',
  } as const
  await settings.changeOnCall(ctx, { people: [person], outside: '', patience: 30, seen, reason: 'Rota' })
  await world.raise({ immediateDanger: 'yes' })
  await createUrgentLook(world.service)()
  await createTellUrgentCalls(world.service)()
}
