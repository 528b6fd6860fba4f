import { afterAll, expect, test } from 'vitest'
import { assertAppRoleIsHarmless, assertSignerIsHarmless, CannotStart, createDatabase } from '../../../src/database/index.ts'
import { freshDatabase } from '../../support/database.ts'

const fresh = await freshDatabase()
afterAll(() => fresh.drop())

const refusal = (reason: RegExp) => expect.objectContaining({ name: 'CannotStart', message: expect.stringMatching(reason) })

test('the login that migrations prepared may start the service', async () => {
  await assertAppRoleIsHarmless(fresh.database)
  await assertSignerIsHarmless(fresh.database)
})

test.each(['update', 'delete', 'truncate'])('a login that may %s entries may not', async (right) => {
  for (const table of ['reporter_entry', 'staff_entry', 'log_position', 'log_checkpoint']) {
    await fresh.asSuperuser.query(`grant ${right} on ${table} to forthright_app`)
    await expect(assertAppRoleIsHarmless(fresh.database)).rejects.toEqual(
      refusal(new RegExp(`may change or remove rows of the log table ${table}`)),
    )
    await fresh.asSuperuser.query(`revoke ${right} on ${table} from forthright_app`)
  }
})

test('nor may one that may update a single column of them', async () => {
  await fresh.asSuperuser.query('grant update (text) on staff_entry to forthright_app')
  await expect(assertAppRoleIsHarmless(fresh.database)).rejects.toThrow(CannotStart)
  await fresh.asSuperuser.query('revoke update (text) on staff_entry from forthright_app')
})

test.each(['cover_entry', 'log_position', 'log_tile', 'log_checkpoint', 'log_cosignature', 'log_key'])(
  'nor one that may put rows into %s, which is the signer’s',
  async (table) => {
    await fresh.asSuperuser.query(`grant insert on ${table} to forthright_app`)
    await expect(assertAppRoleIsHarmless(fresh.database)).rejects.toEqual(refusal(new RegExp(`may write the log table ${table}`)))
    await fresh.asSuperuser.query(`revoke insert on ${table} from forthright_app`)
  },
)

test.each([
  [
    'write entries',
    'grant insert on staff_entry to forthright_signer',
    'revoke insert on staff_entry from forthright_signer',
    /staff_entry/,
  ],
  [
    'change a concern',
    'grant update (status) on concern to forthright_signer',
    'revoke update (status) on concern from forthright_signer',
    /concern/,
  ],
  ['make jobs', 'grant insert on pgboss.job to forthright_signer', 'revoke insert on pgboss.job from forthright_signer', /job/],
  [
    'remove positions',
    'grant delete on log_position to forthright_signer',
    'revoke delete on log_position from forthright_signer',
    /remove rows/,
  ],
  ['change a tile', 'grant update on log_tile to forthright_signer', 'revoke update on log_tile from forthright_signer', /change rows/],
  ['own a table', 'alter table site owner to forthright_signer', 'alter table site owner to forthright_owner', /owns the table site/],
])('a signer that may %s stops the start', async (_what, give, take, reason) => {
  await fresh.asSuperuser.query(give)
  await expect(assertSignerIsHarmless(fresh.database)).rejects.toEqual(refusal(reason))
  await fresh.asSuperuser.query(take)
  await assertSignerIsHarmless(fresh.database)
})

test('nor the owner of the log, nor a superuser', async () => {
  for (const [connection, reason] of [
    [fresh.owner, /owns the log table/],
    [fresh.superuser, /powers over the whole server/],
  ] as const) {
    const database = createDatabase({ connection, maxConnections: 1 })
    await expect(assertAppRoleIsHarmless(database)).rejects.toEqual(refusal(reason))
    await database.close()
  }
})

test('a database without a log is refused', async () => {
  const empty = await freshDatabase({ holds: 'nothing' })
  await expect(assertAppRoleIsHarmless(empty.database)).rejects.toEqual(refusal(/finds no table/))
  await empty.drop()
})

test('the service’s login can neither change nor remove an entry, nor switch the guards off', async () => {
  for (const attempt of [
    'update staff_entry set text = text',
    'delete from reporter_entry',
    'truncate staff_entry',
    'alter table staff_entry disable trigger all',
    'set session_replication_role = replica',
  ]) {
    await fresh.asSuperuser.query('set role forthright_app')
    await expect(fresh.asSuperuser.query(attempt)).rejects.toThrow(/permission denied|must be owner/)
    await fresh.asSuperuser.query('reset role')
  }
})
