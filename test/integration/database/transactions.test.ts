import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, isUniqueViolation, runTransaction, unloggedTransaction, type Tx } from '../../../src/database/index.ts'
import { freshDatabase } from '../../support/database.ts'

const fresh = await freshDatabase()
const { database } = fresh
afterAll(() => fresh.drop())

const receipt = (id: string) => ({ id: Buffer.from(id), sealed: Buffer.from('sealed'), purgeOn: new Date('2026-01-31') })
const ids = async () =>
  (await database.read((tx) => tx.receipt.findMany({ orderBy: { id: 'asc' } }))).map(({ id }) => Buffer.from(id).toString())

afterEach(async () => {
  await fresh.asSuperuser.query('delete from receipt')
})

describe('reading', () => {
  test('a reading transaction is refused every write, by the server itself', async () => {
    const writes: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => tx.receipt.create({ data: receipt('a') }),
      (tx) => tx.$executeRaw`delete from receipt`,
      (tx) => tx.$executeRaw`set transaction read write`,
    ]
    for (const write of writes) await expect(database.read(write)).rejects.toThrow()
    expect(await ids()).toEqual([])
  })

  test('it sees what a writing transaction committed, and nothing of one that was rolled back', async () => {
    await unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt('kept') }))
    const undone = runTransaction(database, async (tx) => {
      await tx.receipt.create({ data: receipt('undone') })
      throw new RangeError('changed my mind')
    })
    await expect(undone).rejects.toThrow(RangeError)
    expect(await ids()).toEqual(['kept'])
  })

  test('sessions keep UTC, name themselves, and bound how long a statement, a lock and an idle transaction may last', async () => {
    const settings = await database.read(
      (tx) => tx.$queryRaw<{ name: string; setting: string }[]>`
        select name, setting from pg_settings where name in
          ('TimeZone', 'application_name', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')`,
    )
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      TimeZone: 'UTC',
      application_name: 'forthright',
      statement_timeout: '15000',
      lock_timeout: '10000',
      idle_in_transaction_session_timeout: '30000',
    })
  })
})

test('statements that were prepared before a table was rewritten still run after it', async () => {
  for (let round = 0; round < 6; round += 1) {
    await unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt(`round ${round}`) }))
    expect(await ids()).toHaveLength(round + 1)
    await fresh.asSuperuser.query('select forget_reporter_order()')
  }
})

describe('a unique violation names its constraint', () => {
  beforeAll(() =>
    fresh.asSuperuser.query('create table twice (name text constraint twice_name_once unique); grant all on twice to forthright_app'),
  )

  test('from a model call', async () => {
    await unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt('a') }))
    const again = await failure(unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt('a') })))
    expect(isUniqueViolation(again, 'receipt_pk')).toBe(true)
    expect(isUniqueViolation(again, 'twice_name_once')).toBe(false)
  })

  test('from raw SQL, and it says nothing of the value', async () => {
    const again = await failure(runTransaction(database, (tx) => tx.$executeRaw`insert into twice values ('canary'), ('canary')`))
    expect(isUniqueViolation(again, 'twice_name_once')).toBe(true)
    expect(isUniqueViolation(again, 'receipt_pk')).toBe(false)
  })

  test('a deferred guard that speaks at COMMIT fails the transaction', async () => {
    const unlogged = runTransaction(database, (tx) => tx.$executeRaw`insert into site values (gen_random_uuid(), 'Ward 7')`)
    await expect(unlogged).rejects.toThrow()
    expect(await database.read((tx) => tx.site.count())).toBe(0)
  })
})

describe('when it cannot be done now', () => {
  test('more callers than connections wait their turn, and all are served', async () => {
    const served = await Promise.all(
      Array.from({ length: 64 }, (_, n) => unloggedTransaction(database, (tx) => tx.receipt.create({ data: receipt(`${n}`) }))),
    )
    expect(served).toHaveLength(64)
    expect(await ids()).toHaveLength(64)
  })

  test('a caller who would wait too long is told the service is overloaded', async () => {
    const small = createDatabase({ connection: fresh.app, maxConnections: 1, patience: { wait: 1_000, transaction: 8_000 } })
    while (
      await small.ping().then(
        () => false,
        () => true,
      )
    )
      await pause(100)
    const slow = small.read((tx) => tx.$queryRaw`select pg_sleep(3)::text`)
    await expect(small.read((tx) => tx.$queryRaw`select 1`)).rejects.toMatchObject({ name: 'Refusal', code: 'overloaded' })
    await slow
    await small.read((tx) => tx.$queryRaw`select 1`)
    await small.close()
  })

  test('a statement cancelled for its length, and the victim of a deadlock, are told the service is overloaded', async () => {
    const slow = database.read(async (tx) => {
      await tx.$executeRaw`set local statement_timeout = 50`
      await tx.$executeRaw`select pg_sleep(5)`
    })
    await expect(slow).rejects.toMatchObject({ code: 'overloaded' })

    await unloggedTransaction(database, (tx) => tx.receipt.createMany({ data: [receipt('a'), receipt('b')] }))
    const held: (() => void)[] = []
    /** Until both hold a row: only then does each wait for the other's. */
    const bothHold = () =>
      new Promise<void>((resolve) => {
        held.push(resolve)
        if (held.length === 2) for (const go of held) go()
      })
    const touchBoth = (first: string, second: string) =>
      unloggedTransaction(database, async (tx) => {
        await tx.receipt.update({ where: { id: Buffer.from(first) }, data: { sealed: Buffer.from('x') } })
        await bothHold()
        await tx.receipt.update({ where: { id: Buffer.from(second) }, data: { sealed: Buffer.from('x') } })
      })
    const ends = await Promise.allSettled([touchBoth('a', 'b'), touchBoth('b', 'a')])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'overloaded' } })
  })

  test('a session the server ends in the middle is a refusal, and the next caller is served', async () => {
    const cut = database.read(async (tx) => {
      const [me] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
      await fresh.asSuperuser.query('select pg_terminate_backend($1)', [me!.pid])
      await pause(50)
      await tx.$queryRaw`select 1`
    })
    await expect(cut).rejects.toMatchObject({ name: 'Refusal', code: 'database_unavailable' })
    await database.ping()
    expect(await ids()).toEqual([])
  })

  test('a server that is not there is a refusal', async () => {
    const nowhere = createDatabase({ connection: { ...fresh.app, port: 1 }, maxConnections: 1 })
    await expect(nowhere.read((tx) => tx.$queryRaw`select 1`)).rejects.toMatchObject({ code: 'database_unavailable' })
    await expect(nowhere.ping()).rejects.toMatchObject({ code: 'database_unavailable' })
    await nowhere.close()
  })
})

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('it went through'),
    (error: unknown) => error,
  )
}
