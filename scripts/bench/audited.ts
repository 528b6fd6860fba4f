import { loadavg } from 'node:os'
import { dirname } from 'node:path'
import pg from 'pg'
import { actorOf, createAuditedTransaction, type AuditDraft } from '../../src/audit/index.ts'
import { createDatabase, driverConfig, unloggedTransaction, type Connection, type Database, type Tx } from '../../src/database/index.ts'
import { newId, systemClock, systemRandom, type Alias, type ConcernId, type StaffMember, type UserId } from '../../src/kernel/index.ts'
import { changeConcern, lockConcern, readConcern } from '../../test/support/concern-rows.ts'
import { withLogServer, type LogServer } from '../../test/support/log-kill.ts'
import { syncs } from './machine.ts'
import { line, perSecond, spread, title } from './paper.ts'

/** As many as the web process has. */
const connections = 24

const guardian: StaffMember = {
  userId: newId<UserId>(systemRandom),
  alias: newId<Alias>(systemRandom),
  name: 'Guardian',
  roles: ['guardian'],
}

/** What is measured: the work in a transaction, and the entry it owes. */
interface Act {
  readonly name: string
  readonly work: (tx: Tx, id: ConcernId, version: number) => Promise<unknown>
  readonly entry: (concernId: ConcernId) => AuditDraft
}

const base = (concernId: ConcernId) => ({ actor: actorOf(guardian), at: systemClock.now(), concernId })

const versions = new Map<ConcernId, number>()

const acts: readonly Act[] = [
  {
    name: 'a change',
    work: async (tx, id, version) => {
      await lockConcern(tx, id)
      await changeConcern(tx, id, version, { ownerId: guardian.userId })
      versions.set(id, version + 1)
    },
    entry: (id) => ({
      ...base(id),
      kind: 'concern_assigned',
      fields: { action: 'assign', from: 'raised', to: 'raised', owner: guardian.alias },
    }),
  },
  {
    name: 'a look',
    work: async (tx, id) => {
      await lockConcern(tx, id)
      await readConcern(tx, id)
    },
    entry: (id) => ({ ...base(id), kind: 'concern_viewed', fields: {} }),
  },
]

/**
 * Audited transactions a second, each on a concern of its own: locked, then given an owner under its version ("a change") or read ("a look"), as
 * the use cases do it, and committed with its entry by the audited transaction. Beside it the same statements in a plain transaction of the same
 * runner and connections, without an entry; the trigger that would refuse that is switched off for it, in this throw-away database. We aim at 500 a
 * second at 8 clients. Two statements are the least there is to be logged; what the log takes of whole acts is measured beside (`measureActs`), and
 * there we aim at a quarter.
 */
export async function measureAudited(quick: boolean): Promise<void> {
  title('Audited transactions, beside the same without the log')
  await withLogServer(16_000, async (server) => {
    line('other work on the machine (load of the last minute)', (loadavg()[0] ?? 0).toFixed(1))
    line('8 KiB written and synced on its disk', perSecond(syncs(dirname(server.secretsDir))))
    const superuser = new pg.Client(driverConfig(server.superuser))
    await superuser.connect()
    const database = createDatabase({ connection: server.app, maxConnections: connections })
    const { rows } = await superuser.query<{ id: ConcernId }>('select id from concern')
    const ids = rows.map(({ id }) => id)
    const seconds = quick ? 2 : 5
    for (const act of acts) {
      for (const clients of [1, 8, 32]) {
        const load = { ids, clients, seconds, server }
        await superuser.query('alter table concern enable trigger concern_logged')
        const logged = await repeat(load, loggedBy(database, act))
        await superuser.query('alter table concern disable trigger concern_logged')
        const plain = await repeat(load, (id, version) => unloggedTransaction(database, (tx) => act.work(tx, id, version)))
        const use = (run: Run) => `; processor time for one: node ${run.node.toFixed(2)} ms, database ${run.database.toFixed(2)} ms`
        const share = ((logged.rate / plain.rate) * 100).toFixed(0)
        line(`${act.name}, ${clients} clients`, `${perSecond(logged.rate)}, ${spread(logged.milliseconds)}${use(logged)}`)
        line('  without the log', `${perSecond(plain.rate)}, ${spread(plain.milliseconds)}${use(plain)}; with it ${share} %`)
      }
    }
    await plainPg(server.app, { ids, clients: 8, seconds: 2, server })
    await database.close()
    await superuser.end()
  })
}

type Once = (id: ConcernId, version: number, client: number) => Promise<unknown>

function loggedBy(database: Database, act: Act): Once {
  const audited = createAuditedTransaction(database, systemRandom)
  return (id, version) => audited(async (tx) => ({ value: await act.work(tx, id, version), entries: [act.entry(id)] }))
}

interface Repeated {
  readonly server: LogServer
  readonly ids: readonly ConcernId[]
  readonly clients: number
  readonly seconds: number
}

interface Run {
  readonly rate: number
  readonly milliseconds: readonly number[]
  /** Milliseconds of processor time for one: what a machine with nothing else to do would need. */
  readonly node: number
  readonly database: number
}

/** Closed loop; clients share no concern. */
async function repeat({ ids, clients, seconds, server }: Repeated, once: Once): Promise<Run> {
  const milliseconds: number[] = []
  const run = async (until: number, samples: number[] | null): Promise<void> => {
    await Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (let at = client; performance.now() < until; at = (at + clients) % (ids.length - (ids.length % clients))) {
          const id = ids[at]!
          const began = performance.now()
          await once(id, versions.get(id) ?? 1, client)
          samples?.push(performance.now() - began)
        }
      }),
    )
  }
  await run(performance.now() + 500, null)
  const used = processorUse(server)
  const began = performance.now()
  await run(began + seconds * 1000, milliseconds)
  const rate = (milliseconds.length * 1000) / (performance.now() - began)
  const after = processorUse(server)
  const each = (part: 'node' | 'database') => (after[part] - used[part]) / milliseconds.length
  return { rate, milliseconds, node: each('node'), database: each('database') }
}

function processorUse(server: LogServer): { node: number; database: number } {
  const { user, system } = process.cpuUsage()
  return { node: (user + system) / 1000, database: server.processorTime() }
}

/** What the database does at best: one update and its commit by `pg` alone, prepared, at 8 clients. */
async function plainPg(login: Connection, load: Repeated): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: load.clients }, async () => {
      const client = new pg.Client(driverConfig(login))
      await client.connect()
      return client
    }),
  )
  const statement = { name: 'change', text: 'update concern set version = version + 1 where id = $1' }
  const { rate, milliseconds } = await repeat(load, (id, _version, client) => clients[client]!.query({ ...statement, values: [id] }))
  line('one update and its commit by plain pg, 8 clients', `${perSecond(rate)}, ${spread(milliseconds)}`)
  await Promise.all(clients.map((each) => each.end()))
}
