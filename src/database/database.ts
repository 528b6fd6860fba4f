import { PrismaPg } from '@prisma/adapter-pg'
import { openPool, type Connection, type Patience } from './connection.ts'
import { translateFailure } from './failures.ts'
import { PrismaClient, type Prisma } from './generated/client.ts'

/** A transaction: every store takes one first. Raw SQL goes through its tagged `$queryRaw` and `$executeRaw` only. */
export type Tx = Omit<Prisma.TransactionClient, '$queryRawUnsafe' | '$executeRawUnsafe'>

/** The database, open for reading. Writing needs the audited transaction, or one of the few callers of the unlogged one. */
export interface Database {
  /**
   * Runs `work` in a READ ONLY transaction: the server refuses every write in it. Throws `database_unavailable`, `overloaded` or
   * `storage_full`, or what `work` threw.
   */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One round trip to the server. Throws like `read`. */
  ping(): Promise<void>
  /** Waits for the transactions under way, then closes every connection. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connection: Connection
  /** Connections at most, shared by all callers of this process. */
  readonly maxConnections: number
  /** Ten seconds for a connection and twenty for a transaction where not said: 32 clients at once fail under Prisma's own 2 and 5. */
  readonly patience?: Patience
}

/** Opens a database. Connects at the first use, and again by itself after the server was away. */
export function createDatabase({ connection, maxConnections, patience = usualPatience }: DatabaseOptions): Database {
  const pool = openPool(connection, maxConnections, patience)
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() })
  // `minimal`: the longer formats quote the call, arguments included, into the error's text.
  const prisma = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    transactionOptions: { maxWait: patience.wait, timeout: patience.transaction },
  })
  const database: Database = {
    read: (work) =>
      transactionOn(prisma, async (tx) => {
        // SET TRANSACTION READ ONLY as a query: after a query the server refuses to go back to READ WRITE.
        await tx.$executeRaw`select set_config('transaction_read_only', 'on', true)`
        return work(tx)
      }),
    ping: async () => {
      await translated(pool.query('select 1'))
    },
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
  clients.set(database, prisma)
  return database
}

const usualPatience: Patience = { wait: 10_000, transaction: 20_000 }

/** Kept apart from `Database`, so that a writing transaction can't be had from it without importing `transaction.ts`. */
const clients = new WeakMap<Database, PrismaClient>()

/** Inside this room only: a transaction that may write. */
export function writeOn<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const prisma = clients.get(database)
  if (prisma === undefined) throw new TypeError('not a database of createDatabase')
  return transactionOn(prisma, work)
}

function transactionOn<T>(prisma: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  return translated(prisma.$transaction(work))
}

async function translated<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw translateFailure(error)
  }
}

/** Statements met again are parsed once per connection. Past a thousand different texts (lists of many lengths) the rest go unnamed. */
function statementNames() {
  const names = new Map<string, string>()
  return ({ sql }: { sql: string }): string => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= 1_000) return known ?? ''
    const name = `forthright_${names.size}`
    names.set(sql, name)
    return name
  }
}
