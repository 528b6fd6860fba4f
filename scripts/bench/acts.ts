import { loadavg } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { demonstrationCode, demonstrationPeople, type StaffContext } from '../../src/accounts/index.ts'
import { compose } from '../../src/composition.ts'
import { createConcernUseCases, type ConcernUseCases } from '../../src/concerns/index.ts'
import { loadSecrets, readDutyPublicKey } from '../../src/config/index.ts'
import { connectionOf, unloggedTransaction, type Database } from '../../src/database/index.ts'
import { systemClock, systemRandom, type ConcernId } from '../../src/kernel/index.ts'
import type { AuditedTransaction } from '../../src/audit/index.ts'
import { assertStrong, dutyKeysOf, passwordCost } from '../../src/vault/index.ts'
import { asSuperuser, startDatabase, type Household } from '../../test/support/process.ts'
import { fillTo } from './filling.ts'
import { line, perSecond, spread, title } from './paper.ts'

const connections = 24

type Once = (concerns: ConcernUseCases, ctx: StaffContext, id: ConcernId) => Promise<unknown>

/** What staff do all day, each an entry of the log. */
const acts: Readonly<Record<string, Once>> = {
  'a concern opened': (concerns, ctx, id) => concerns.viewConcern(ctx, id),
  'what was said, opened': (concerns, ctx, id) => concerns.viewContent(ctx, id),
  'a note written': (concerns, ctx, id) => concerns.writeNote(ctx, id, { body: 'Rang the ward, nobody free.' }, null),
}

/**
 * Audited transactions a second by the product's own use cases, keys and seals included, each on a concern of its own; beside them the same use
 * cases whose transactions leave no entry, with the guards that would refuse that switched off, in this throw-away database.
 */
export async function measureActs(house: Household, quick: boolean): Promise<void> {
  const { dataDir } = house
  const server = await startDatabase(house)
  await fillTo(house, 2_000)
  const superuser = await asSuperuser(house)
  try {
    title('What staff do, with the log and without it')
    line('other work on the machine (load of the last minute)', (loadavg()[0] ?? 0).toFixed(1))
    const config = { mode: 'demonstration' as const, data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') } }
    const world = { config, clock: systemClock, random: systemRandom, log: () => {}, passwordCost }
    const service = await compose(world, connectionOf({ dataDir }), { maxConnections: connections })
    const ctx = await guardianOf(service)
    const unlogged = withoutLog(service, config.data.secretsDir)
    const { rows } = await superuser.query<{ id: ConcernId }>(
      'select distinct concern_id as id from key_grant where holder = $1 and kind = $2 limit 2000',
      [ctx.person.userId, 'internal'],
    )
    const ids = rows.map(({ id }) => id)
    const seconds = quick ? 2 : 5
    for (const [name, once] of Object.entries(acts)) {
      for (const clients of [1, 8, 32]) {
        const logged = await repeat({ ids, clients, seconds }, (id) => once(service.concerns, ctx, id))
        await guards(superuser, 'disable')
        const plain = await repeat({ ids, clients, seconds }, (id) => once(unlogged, ctx, id))
        await guards(superuser, 'enable')
        line(`${name}, ${clients} clients`, `${perSecond(logged.rate)}, ${spread(logged.milliseconds)}`)
        line(
          '  without the log',
          `${perSecond(plain.rate)}, ${spread(plain.milliseconds)}; with it ${((logged.rate / plain.rate) * 100).toFixed(0)} %`,
        )
      }
    }
    line('', 'aim: 75 %')
    await service.close()
  } finally {
    await superuser.end()
    await server.stop()
  }
}

type Service = Awaited<ReturnType<typeof compose>>

async function guardianOf({ accounts }: Service): Promise<StaffContext> {
  const { email, password } = demonstrationPeople.find(({ roles }) => roles.includes('guardian'))!
  const otp = demonstrationCode(systemClock.now().add({ seconds: 30 }))
  const { accessToken } = await accounts.signIn({ requestId: 'bench' }, { email, password, otp })
  return accounts.openSession(accessToken, 'bench')
}

/** The same use cases over the same database, whose transactions drop the entries they owe. */
function withoutLog(service: Service, secretsDir: string): ConcernUseCases {
  const { clock, random, database, settings, texts, outbox } = service
  const { tokenPepper, receiptPepper } = loadSecrets(secretsDir, { random, assertStrong })
  return createConcernUseCases({
    ...{ database, clock, random, settings, texts, outbox },
    audited: unaudited(database),
    directory: service.accounts.directory,
    checkSecondFactor: async () => {},
    peppers: { token: tokenPepper, receipt: receiptPepper },
    dutyKey: readDutyPublicKey(secretsDir, random, (key) => dutyKeysOf(key).publicKey),
  })
}

const unaudited =
  (database: Database): AuditedTransaction =>
  (work) =>
    unloggedTransaction(database, async (tx) => (await work(tx, async () => {})).value)

/** Every trigger that asks for an entry, by its name. */
async function guards(superuser: pg.Client, turn: 'enable' | 'disable'): Promise<void> {
  const { rows } = await superuser.query<{ on: string; name: string }>(
    `select tgrelid::regclass::text as on, tgname as name from pg_trigger where not tgisinternal and tgname like '%\\_logged'`,
  )
  await superuser.query(rows.map(({ on, name }) => `alter table ${on} ${turn} trigger ${name}`).join(';'))
}

interface Load {
  readonly ids: readonly ConcernId[]
  readonly clients: number
  readonly seconds: number
}

/** Closed loop; clients share no concern. */
async function repeat({ ids, clients, seconds }: Load, once: (id: ConcernId) => Promise<unknown>) {
  const milliseconds: number[] = []
  const run = (until: number, samples: number[] | null) =>
    Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (let at = client; performance.now() < until; at = (at + clients) % (ids.length - (ids.length % clients))) {
          const began = performance.now()
          await once(ids[at]!)
          samples?.push(performance.now() - began)
        }
      }),
    )
  await run(performance.now() + 500, null)
  const began = performance.now()
  await run(began + seconds * 1000, milliseconds)
  return { rate: (milliseconds.length * 1000) / (performance.now() - began), milliseconds }
}
