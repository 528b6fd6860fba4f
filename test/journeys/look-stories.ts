import { expect } from 'vitest'
import { beginning } from '../../src/audit/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { TestSigning } from '../support/log.ts'
import type { Leaves } from './lost-keys.ts'

/** Every look at what is sealed, every copy taken away, every search, and an attempt that was refused. */
export async function lookEverywhere(world: HandlingWorld, signing: TestSigning, leaves: Leaves): Promise<void> {
  const { concerns, as, raise, otp, service } = world
  const { casework } = concerns
  await leaves(
    [
      ...['concern_viewed', 'content_viewed', 'identity_viewed', 'queue_viewed', 'summary_printed', 'concern_exported', 'time_exported'],
      ...['log_viewed', 'log_exported', 'log_checked', 'attempt_refused'],
    ],
    async () => {
      const { id } = await raise({ openness: 'confidential', identity: { name: 'A. Nurse' } })
      await concerns.viewQueue(as('guardian'), { limit: 10 })
      await concerns.viewConcern(as('guardian'), id)
      await concerns.viewContent(as('guardian'), id)
      await concerns.viewIdentity(as('guardian'), id, { reason: 'To ring back', otp: otp('guardian') })
      await casework.printSummary(as('guardian'), id, { preparedFor: 'The board', include: [] })
      await casework.exportConcern(as('guardian'), id, { otp: otp('guardian') })
      await casework.exportTime({ ...as('guardian'), steppedUp: true })
      await expect(concerns.viewContent(as('investigator'), id)).rejects.toThrow()
      await signing.integrate()
      await service.logReads.viewEntries(as('auditor'), beginning, 10)
      await service.logReads.takeProof(as('auditor'), 0)
      await service.auditing.compare(as('auditor'), (await service.publishedLog.readCheckpoint()).note)
    },
  )
}
