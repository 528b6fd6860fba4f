import { Refusal, type ErrorCode } from '../kernel/index.ts'

/**
 * What a failure of the database means to the caller: a `Refusal` that a retry may cure, or the error itself where it is about the
 * work (a constraint, a guard, a mistake of ours). The original is not kept as the cause of a refusal: it quotes statements.
 */
export function translateFailure(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const code = refusalCode(error)
  return code === null ? error : new Refusal(code)
}

/** True for the violation of this unique constraint or index, from a model call or from raw SQL. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return chain(error).some((part) => (part.code ?? part.originalCode) === '23505' && constraintOf(part) === constraint)
}

interface Part {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly kind?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
  readonly constraint?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

/** The error with everything it was made from: Prisma's error, the adapter's, the driver's. */
function chain(error: unknown): Part[] {
  const parts: Part[] = []
  const open: unknown[] = [error]
  while (open.length > 0 && parts.length < 10) {
    const next = open.shift()
    if (typeof next !== 'object' || next === null) continue
    const part: Part = next
    parts.push(part)
    open.push(part.cause, part.meta?.driverAdapterError)
  }
  return parts
}

function refusalCode(error: unknown): ErrorCode | null {
  for (const part of chain(error)) {
    const code = byCode(part.originalCode) ?? byCode(part.code) ?? byKind(part.kind) ?? byWords(part)
    if (code !== null) return code
  }
  return null
}

/** SQLSTATE (PostgreSQL appendix A), Node's system errors, Prisma's codes. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  '53100': 'storage_full',
  ENOSPC: 'storage_full',
  '53000': 'overloaded',
  '53200': 'overloaded',
  '53300': 'overloaded',
  '55P03': 'overloaded',
  '57014': 'overloaded',
  '25P03': 'overloaded',
  '40001': 'overloaded',
  '40P01': 'overloaded',
  P2024: 'overloaded',
  P2034: 'overloaded',
  P2037: 'overloaded',
  ECONNREFUSED: 'database_unavailable',
  ECONNRESET: 'database_unavailable',
  EPIPE: 'database_unavailable',
  ETIMEDOUT: 'database_unavailable',
  ENOTFOUND: 'database_unavailable',
  EAI_AGAIN: 'database_unavailable',
  EHOSTUNREACH: 'database_unavailable',
  ENETUNREACH: 'database_unavailable',
  P1001: 'database_unavailable',
  P1002: 'database_unavailable',
  P1008: 'database_unavailable',
  P1017: 'database_unavailable',
}

function byCode(code: unknown): ErrorCode | null {
  if (typeof code !== 'string') return null
  const known = meanings[code]
  if (known !== undefined) return known
  // Class 08 is the connection, 57P0x a server that shuts down or starts up, 58 its disk and files.
  return /^(08...|57P0.|58...)$/.test(code) ? 'database_unavailable' : null
}

const kinds: Readonly<Record<string, ErrorCode>> = {
  DatabaseNotReachable: 'database_unavailable',
  ConnectionClosed: 'database_unavailable',
  SocketTimeout: 'database_unavailable',
  TooManyConnections: 'overloaded',
  TransactionWriteConflict: 'overloaded',
}

function byKind(kind: unknown): ErrorCode | null {
  return typeof kind === 'string' ? (kinds[kind] ?? null) : null
}

/** The driver, its pool and Prisma's transaction manager say some things in words alone; a socket that is not there fails to connect. */
function byWords({ code, message, syscall }: Part): ErrorCode | null {
  if (syscall === 'connect') return 'database_unavailable'
  if (typeof message !== 'string') return null
  if (/^(Connection terminated|Client has encountered a connection error|Query read timeout|Client was closed)/.test(message))
    return 'database_unavailable'
  return message === 'timeout exceeded when trying to connect' || code === 'P2028' ? 'overloaded' : null
}

function constraintOf({ constraint }: Part): unknown {
  return typeof constraint === 'object' && constraint !== null && 'index' in constraint ? constraint.index : constraint
}
