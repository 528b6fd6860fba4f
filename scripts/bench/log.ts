import { createIntegrator, realPace } from '../../src/audit/index.ts'
import { createDatabase } from '../../src/database/index.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { killWhileIntegrating, withLogServer } from '../../test/support/log-kill.ts'
import { openSigner } from '../../test/support/log.ts'
import { line, perSecond, title } from './paper.ts'

/** How fast waiting entries get their places, the checkpoint and its signature included: 5,000 a second is the aim. */
export async function measureIntegrator(quick: boolean): Promise<void> {
  const entries = quick ? 20_000 : 100_000
  title(`Integrating ${entries.toLocaleString('en-GB')} entries`)
  const { rate, added } = await withLogServer(entries, async ({ app, signer: login, secretsDir }) => {
    const database = createDatabase({ connection: app, maxConnections: 1 })
    const { signer, keys } = openSigner({ database, signer: login, secretsDir, clock: systemClock })
    const pace = { ...realPace, byTheClock: false, patience: 0 }
    const began = performance.now()
    const integrated = await createIntegrator({ signer, random: systemRandom, pace, signers: keys.settle }).integrate(systemClock.now())
    const seconds = (performance.now() - began) / 1000
    await signer.close()
    await database.close()
    return { rate: integrated.added / seconds, added: integrated.added }
  })
  line(`${added} places`, perSecond(rate))
}

/** 30 × kill -9 to the integrator and 10 × to PostgreSQL over 20,000 entries. True where the log is whole afterwards. */
export async function measureLogKills(quick: boolean): Promise<boolean> {
  title('Killing the integrator and its database')
  const plan = quick
    ? { entries: 4_000, integratorKills: 6, databaseKills: 2 }
    : { entries: 20_000, integratorKills: 30, databaseKills: 10 }
  const { faults, size, checkpoints, kills } = await killWhileIntegrating(plan)
  line(`${plan.integratorKills} and ${plan.databaseKills} kills over ${plan.entries} entries`, `${size} places, ${checkpoints} checkpoints`)
  line('places at each kill', kills.map((kill) => kill.size).join(' '))
  const stages = (['before', 'at', 'after'] as const).map((stage) => `${kills.filter((kill) => kill.stage === stage).length} ${stage}`)
  line('where the batch stood at its commit', stages.join(', '))
  line('rebuilt from the leaves', faults.length === 0 ? 'contiguous, every root equal' : faults.join('; '))
  return faults.length === 0
}
