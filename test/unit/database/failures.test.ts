import { describe, expect, test } from 'vitest'
import { isUniqueViolation, translateFailure } from '../../../src/database/failures.ts'
import { Refusal } from '../../../src/kernel/index.ts'

/** Errors in the forms that the driver, its pool, the adapter and Prisma give them. */
const fromDriver = (code: string) => Object.assign(new Error('words'), { code, severity: 'ERROR' })
const fromSystem = (code: string, syscall: string) => Object.assign(new Error('words'), { code, syscall, errno: -1 })
const fromAdapter = (cause: object) => Object.assign(new Error('words'), { name: 'DriverAdapterError', cause })
const fromPrisma = (code: string, cause?: object) =>
  Object.assign(new Error('words'), {
    name: 'PrismaClientKnownRequestError',
    code,
    meta: { ...(cause && { driverAdapterError: fromAdapter(cause) }) },
  })

describe('a failure of the database is a refusal that a retry may cure', () => {
  test.each([
    ['a disk without room', 'storage_full', fromPrisma('P2010', { kind: 'postgres', code: '53100' })],
    ['a disk without room, said by the system', 'storage_full', fromSystem('ENOSPC', 'write')],
    ['too many sessions', 'overloaded', fromPrisma('P2037', { kind: 'TooManyConnections', originalCode: '53300' })],
    ['a lock not granted in time', 'overloaded', fromPrisma('P2010', { kind: 'postgres', originalCode: '55P03' })],
    ['a statement that took too long', 'overloaded', fromPrisma('P2010', { kind: 'postgres', originalCode: '57014' })],
    ['a deadlock', 'overloaded', fromPrisma('P2034', { kind: 'TransactionWriteConflict', originalCode: '40P01' })],
    ['a transaction that could not begin in time', 'overloaded', fromPrisma('P2028')],
    ['a pool without a free session', 'overloaded', new Error('timeout exceeded when trying to connect')],
    ['a server that shuts down', 'database_unavailable', fromDriver('57P01')],
    ['a server that starts up', 'database_unavailable', fromAdapter({ kind: 'postgres', originalCode: '57P03' })],
    ['a lost connection', 'database_unavailable', fromDriver('08006')],
    ['an input/output error of its disk', 'database_unavailable', fromDriver('58030')],
    ['a server that refuses', 'database_unavailable', fromPrisma('P1001', { kind: 'DatabaseNotReachable' })],
    ['a socket that is not there', 'database_unavailable', fromSystem('ENOENT', 'connect')],
    ['a connection that ended', 'database_unavailable', new Error('Connection terminated unexpectedly')],
    ['a server that does not answer', 'database_unavailable', new Error('Query read timeout')],
    ['a server that does not let us in in time', 'database_unavailable', new Error('Connection terminated due to connection timeout')],
  ])('%s is %s', (_what, code, error) => {
    const refusal = translateFailure(error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code })
  })

  test('the refusal carries nothing of the original, which may quote what was sent', () => {
    const refusal = translateFailure(Object.assign(new Error('canary'), { code: '53100', detail: 'Key (name)=(canary)' }))
    expect(JSON.stringify(refusal) + String(refusal) + String((refusal as Error).stack)).not.toContain('canary')
    expect((refusal as Error).cause).toBeUndefined()
  })
})

describe('a failure of the work stays what it is', () => {
  test.each([
    ['a refusal', new Refusal('concern_changed')],
    ['a guard of the log', fromPrisma('P2010', { kind: 'postgres', originalCode: 'FR004' })],
    ['a foreign key', fromPrisma('P2003', { kind: 'ForeignKeyConstraintViolation', originalCode: '23503' })],
    ['a missing file', fromSystem('ENOENT', 'open')],
    ['a mistake of ours', new TypeError('undefined is not a function')],
    ['no error at all', 'a thrown word'],
  ])('%s', (_what, error) => {
    expect(translateFailure(error)).toBe(error)
  })
})

describe('a unique violation', () => {
  const violation = (constraint: object) => fromPrisma('P2002', { kind: 'UniqueConstraintViolation', originalCode: '23505', constraint })

  test('is known by the constraint’s name, through Prisma and from the driver', () => {
    expect(isUniqueViolation(violation({ index: 'receipt_pk' }), 'receipt_pk')).toBe(true)
    expect(isUniqueViolation(Object.assign(fromDriver('23505'), { constraint: 'receipt_pk' }), 'receipt_pk')).toBe(true)
  })

  test('is not another constraint’s, nor another failure', () => {
    expect(isUniqueViolation(violation({ index: 'person_email_once' }), 'receipt_pk')).toBe(false)
    expect(isUniqueViolation(Object.assign(fromDriver('23503'), { constraint: 'receipt_pk' }), 'receipt_pk')).toBe(false)
    expect(isUniqueViolation(new Error('receipt_pk'), 'receipt_pk')).toBe(false)
    expect(isUniqueViolation(null, 'receipt_pk')).toBe(false)
  })
})
