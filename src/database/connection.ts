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

/** How long things may take, in milliseconds. */
export interface Patience {
  /** A caller's wait for a connection. */
  readonly wait: number
  /** A whole transaction, from its first statement. */
  readonly transaction: number
}

/** A pool whose sessions all run by the same rules. `maxConnections` bounds it; the rest wait for a turn. */
export function openPool(connection: Connection, maxConnections: number, patience: Patience): pg.Pool {
  const pool = new pg.Pool({
    ...driverConfig(connection),
    ...sessionRules(patience.transaction),
    max: maxConnections,
    idleTimeoutMillis: 60_000,
    // Sooner than Prisma's own limit: the pool can tell a queue from a server that does not answer.
    connectionTimeoutMillis: patience.wait * 0.8,
    keepAlive: true,
    Client: SturdyClient,
  })
  // An idle connection that breaks is replaced at the next use. Without a listener its error would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * The server gives up on a lock or a statement before the transaction runner does, so a refused caller never leaves work behind
 * it. `query_timeout` is ours: it notices a server that no longer answers at all. Statements are not compiled, which takes longer than running
 * them (PostgreSQL 18, 30.1).
 */
function sessionRules(transaction: number) {
  return {
    application_name: 'forthright',
    options: '-c TimeZone=UTC -c jit=off',
    lock_timeout: transaction * 0.5,
    statement_timeout: transaction * 0.75,
    idle_in_transaction_session_timeout: transaction * 1.5,
    query_timeout: transaction * 1.25,
  } satisfies pg.ClientConfig
}

/**
 * A connection whose end never ends the process, and which is thrown away once it stopped answering. `pg` emits "error" when the
 * server hangs up, and between the pool's hands and the borrower's nobody listens for a moment; and it would hand a silent
 * connection to the next caller with the dead statement still in its queue.
 */
export class SturdyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    this.query = ((...args: unknown[]) => {
      const answer = query(...args)
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#leaveIfSilent(error))
      return answer
    }) as typeof this.query
  }

  #leaveIfSilent(error: unknown): void {
    if (error instanceof Error && error.message === 'Query read timeout') this.connection.stream.destroy()
  }
}
