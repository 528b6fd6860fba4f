import { PrismaPg } from '@prisma/adapter-pg'
import { openPool, type Connection } from './connection.ts'
import { translateFailure } from './failures.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

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
}

/** Opens a database. Connects at the first use, and again by itself after the server was away. */
export function createDatabase({ connection, maxConnections }: DatabaseOptions): Database {
  const pool = openPool(connection, maxConnections)
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() })
  // `minimal`: the longer formats quote the call, arguments included, into the error's text.
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: { maxWait: 10_000, timeout: 20_000 } })
  const database: Database = {
    read: (work) =>
      transactionOn(prisma, async (tx) => {
        await tx.$executeRaw`set transaction read only`
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
