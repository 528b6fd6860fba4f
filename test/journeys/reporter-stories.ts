import { sendOnInput } from '../../src/concerns/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Leaves } from './lost-keys.ts'

/** What a broken promise opens to the person who raised it, and the check that they answer. */
export async function reporterStories(world: HandlingWorld, leaves: Leaves): Promise<void> {
  const { concerns } = world
  const back = (token: string) => concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
  await leaves(['concern_sent_on', 'follow_up_answered'], async () => {
    const over = await world.raise()
    await world.bring(over.id, 'resolved')
    const { token } = await world.raise()
    world.clock.advance({ hours: 24 * 95 })
    await concerns.sendOn(await back(token), sendOnInput.parse({ reason: 'late' }), null)
    await concerns.answerFollowUp(await back(over.token), { months: 3, answer: 'fine' }, null)
  })
}
