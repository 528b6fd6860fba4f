import { signerRole } from './bootstrap.ts'
import { CannotStart } from './cannot-start.ts'
import type { Database } from './database.ts'

const entryTables = ['reporter_entry', 'staff_entry']
/** What the signer alone writes. */
const treeTables = ['cover_entry', 'log_position', 'log_tile', 'log_checkpoint', 'log_cosignature', 'log_key']

interface Powers {
  readonly table: string
  readonly there: boolean
  readonly powerful: boolean
  readonly owns: boolean
  readonly alters: boolean
  readonly signs: boolean
}

/**
 * Refuses to start (`CannotStart`) on a login that could rewrite the log: a superuser or maker of roles, an owner of its tables or
 * a member of their owner, one with the right to UPDATE, DELETE or TRUNCATE them, or to give entries places (`security.md` 4, P4).
 */
export async function assertAppRoleIsHarmless(database: Database): Promise<void> {
  const found = await database.read(
    (tx) => tx.$queryRaw<Powers[]>`
      select wanted.name as table, c.oid is not null as there,
        (me.rolsuper or me.rolcreaterole or me.rolreplication or me.rolbypassrls) as powerful,
        coalesce(pg_has_role(current_user, c.relowner, 'member'), false) as owns,
        coalesce(has_table_privilege(current_user, c.oid, 'update, delete, truncate, trigger')
          or has_any_column_privilege(current_user, c.oid, 'update'), false) as alters,
        wanted.name = any(${treeTables}::text[]) and (coalesce(has_any_column_privilege(current_user, c.oid, 'insert'), false)
          or exists (select 1 from pg_roles r where r.rolname = ${signerRole} and pg_has_role(current_user, r.oid, 'member'))) as signs
      from unnest(${[...entryTables, ...treeTables]}::text[]) as wanted (name)
      left join pg_class c on c.oid = to_regclass('public.' || wanted.name)
      cross join pg_roles me where me.rolname = current_user`,
  )
  for (const fault of found.flatMap(faultsOf)) {
    throw new CannotStart(`The service's login to the database ${fault}. Use the login forthright_app, which owns nothing and may not.`)
  }
}

function faultsOf({ table, there, powerful, owns, alters, signs }: Powers): string[] {
  return [
    ...(powerful ? ['has powers over the whole server'] : []),
    ...(there ? [] : [`finds no table ${table}`]),
    ...(owns ? [`owns the log table ${table}`] : []),
    ...(alters ? [`may change or remove rows of the log table ${table}`] : []),
    ...(signs ? [`may write the log table ${table}, which is the signer's`] : []),
  ]
}

/**
 * Refuses to start (`CannotStart`) where the signer could do more than sign: own a table, have powers over the server, be a member of the
 * owner or the application, or write anything but the tree. Asked with any login: a catalogue tells everybody.
 */
export async function assertSignerIsHarmless(database: Database): Promise<void> {
  const found = await database.read(
    (tx) => tx.$queryRaw<{ fault: string }[]>`
      with signer as (select * from pg_roles where rolname = ${signerRole}),
        tables as (select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_')
      select 'does not exist' as fault where not exists (select 1 from signer)
      union all select 'has powers over the whole server' from signer
        where rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
      union all select 'is a member of ' || r.rolname from signer, pg_roles r
        where r.rolname like 'forthright%' and r.oid <> signer.oid and pg_has_role(signer.oid, r.oid, 'member')
      union all select 'owns the table ' || relname from tables, signer where relowner = signer.oid
      union all select 'may write the table ' || relname from tables, signer
        where not (relname = any(${treeTables}::text[])) and has_any_column_privilege(signer.oid, tables.oid, 'insert, update')
      union all select 'may remove rows of the table ' || relname from tables, signer
        where has_table_privilege(signer.oid, tables.oid, 'delete, truncate, trigger')
      union all select 'may change rows of the log table ' || relname from tables, signer
        where relname = any(${treeTables}::text[]) and relname <> 'log_key' and has_any_column_privilege(signer.oid, tables.oid, 'update')`,
  )
  for (const { fault } of found) {
    throw new CannotStart(`The login ${signerRole} ${fault}. Take that away: it signs the log, and may do nothing else.`)
  }
}
