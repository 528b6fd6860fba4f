import pg from 'pg'
import type { Secret } from '../kernel/index.ts'

/** One login to one database: an operator's URL, or a server of ours behind a socket folder. */
export type Connection = { readonly url: Secret<string> } | ServerLogin

export interface ServerLogin {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: Secret<string>
}

/** What `pg`, Prisma's adapter and pg-boss all take to find and enter a database. */
export function driverConfig(connection: Connection): pg.ClientConfig {
  if ('url' in connection) return { connectionString: connection.url.reveal() }
  const { host, port, database, user } = connection
  return { host, port, database, user, password: connection.password.reveal() }
}

/** A pool whose sessions all run by the same rules. `maxConnections` bounds it; the rest wait up to ten seconds for a turn. */
export function openPool(connection: Connection, maxConnections: number): pg.Pool {
  const pool = new pg.Pool({
    ...driverConfig(connection),
    ...sessionRules,
    max: maxConnections,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    Client: DisposableClient,
  })
  // An idle connection that breaks is replaced at the next use. Without a listener its error would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * The server gives up on a lock or a statement before the transaction runner does, so a refused caller never leaves work behind
 * it. `query_timeout` is ours: it notices a server that no longer answers at all.
 */
const sessionRules = {
  application_name: 'forthright',
  options: '-c TimeZone=UTC',
  lock_timeout: 10_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  query_timeout: 25_000,
} satisfies pg.ClientConfig

/** A connection that stopped answering is thrown away: `pg` would hand it to the next caller with the dead statement still in its queue. */
class DisposableClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    this.query = ((...args: unknown[]) => {
      const answer = query(...args)
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#leaveIfSilent(error))
      return answer
    }) as typeof this.query
  }

  #leaveIfSilent(error: unknown): void {
    if (error instanceof Error && error.message === 'Query read timeout') {
      ;(this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
    }
  }
}
