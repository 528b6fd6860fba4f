import { expect, it } from 'vitest'
import { killWhileIntegrating } from '../support/log-kill.ts'

// A share of what `npm run bench -- --only=log-kills` does: 30 kills of the integrator and 10 of PostgreSQL over 20,000 entries
it(
  'gives every entry one place, without a gap, whatever is killed meanwhile, and signs the root of exactly those',
  { timeout: 240_000 },
  async () => {
    const killed = await killWhileIntegrating({ entries: 4_000, integratorKills: 6, databaseKills: 2 })
    expect(killed.faults).toEqual([])
    expect(new Set(killed.sizesAtKills).size).toBeGreaterThan(3)
    for (const size of killed.sizesAtKills) expect(size % 16).toBe(0)
  },
)
