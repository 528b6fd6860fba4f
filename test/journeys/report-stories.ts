import { expect } from 'vitest'
import { timelinessInput, timelinessQueryOf } from '../../src/reporting/index.ts'
import type { HandlingWorld } from '../integration/concerns/handling-world.ts'
import type { Leaves } from './lost-keys.ts'

/** Reports looked at, supposed and taken away, by everybody who may, and refused to who may not. */
export async function reportStories({ service, as }: HandlingWorld, leaves: Leaves): Promise<void> {
  await leaves(['report_viewed', 'report_exported'], async () => {
    const query = timelinessQueryOf(timelinessInput.parse({}))
    const { timeliness, simulate } = service.reporting
    await timeliness.view(as('auditor'), query)
    await timeliness.view(as('executive'), query)
    await timeliness.take({ ...as('auditor'), freshCode: true }, query, 'csv', 'concerns')
    await service.raisingGaps.view(as('guardian'), 2026)
    await service.raisingGaps.view(as('guardian'), 2026, 'csv')
    await simulate(as('administrator'), { code: 'T1', limit: 3, unit: 'working_days' })
    await expect(timeliness.view(as('guardian'), query)).rejects.toThrow()
  })
}
