import { expect, it } from 'vitest'
import { killWhileIntegrating } from '../support/log-kill.ts'

it(
  'gives every entry one place, without a gap, whatever is killed before, at and after each commit, and signs the root of exactly those',
  { timeout: 600_000 },
  async () => {
    const entries = 20_000
    const { faults, kills, size, checkpoints } = await killWhileIntegrating({ entries, integratorKills: 30, databaseKills: 10 })
    expect(faults).toEqual([])

    // Spread over the whole: batches were committed before the first kill, between any two, and after the last
    const sizes = [0, ...kills.map((kill) => kill.size), size]
    for (const [at, later] of sizes.slice(1).entries()) expect(later).toBeGreaterThan(sizes[at]!)
    expect(kills).toHaveLength(40)
    expect(checkpoints).toBeGreaterThan(kills.length)
    for (const kill of kills) expect(kill.size % 16).toBe(0)
    for (const stage of ['before', 'at', 'after'] as const) expect(kills.filter((kill) => kill.stage === stage)).not.toEqual([])
    expect(new Set(kills.map(({ victim }) => victim))).toEqual(new Set(['integrator', 'database']))
  },
)
