import { sampleCommitmentOf } from '../../src/audit/index.ts'
import { addDays, londonDate } from '../../src/kernel/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { TestSigning } from '../support/log.ts'
import type { Leaves } from './lost-keys.ts'

const numbers = '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6'

/** A draw that an auditor fixes, draws when the next checkpoint is there, and what becomes of each concern in it. */
export async function drawByChance(world: HandlingWorld, signing: TestSigning, leaves: Leaves): Promise<void> {
  const { as, raise, otp } = world
  const { samples } = world.concerns
  const kinds = ['sample_fixed', 'sample_drawn', 'sample_unlocked', 'sample_refused', 'sample_viewed']
  await leaves(kinds, async () => {
    for (let at = 0; at < 8; at += 1) await raise()
    world.clock.advance({ hours: 48 })
    await signing.integrate()
    const today = londonDate(world.clock.now())
    const { id } = await samples.fix(as('auditor'), {
      ...{ from: addDays(today, -60), to: addDays(today, -1), count: 2, commitment: sampleCommitmentOf(numbers) },
      otp: otp('auditor'),
    })
    await signing.integrate()
    await samples.reveal(as('auditor'), id, { numbers })
    const { rows } = await world.database.asSuperuser.query<{ id: string; place: number }>('select id, place from sample_concern')
    const [first, second] = rows.toSorted((a, b) => a.place - b.place)
    const shown = { text: 'Checks are signed for that nobody did.', showSite: false, showProfession: false, harmless: true }
    await samples.unlock(as('guardian'), first!.id, { ...shown, otp: otp('guardian') })
    await samples.refuse(as('guardian'), second!.id, 'proceedings')
    await samples.open(as('auditor'), id, 1)
  })
}
