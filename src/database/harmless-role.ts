import { CannotStart } from './cannot-start.ts'
import type { Database } from './database.ts'

const logTables = ['reporter_entry', 'staff_entry']

interface Powers {
  readonly table: string
  readonly there: boolean
  readonly powerful: boolean
  readonly owns: boolean
  readonly alters: boolean
}

/**
 * Refuses to start (`CannotStart`) on a login that could rewrite the log: a superuser or maker of roles, an owner of its tables or
 * a member of their owner, or one with the right to UPDATE, DELETE or TRUNCATE them (`security.md` 4, P4).
 */
export async function assertAppRoleIsHarmless(database: Database): Promise<void> {
  const found = await database.read(
    (tx) => tx.$queryRaw<Powers[]>`
      select wanted.name as table, c.oid is not null as there,
        (me.rolsuper or me.rolcreaterole or me.rolreplication or me.rolbypassrls) as powerful,
        coalesce(pg_has_role(current_user, c.relowner, 'member'), false) as owns,
        coalesce(has_table_privilege(current_user, c.oid, 'update, delete, truncate, trigger')
          or has_any_column_privilege(current_user, c.oid, 'update'), false) as alters
      from unnest(${logTables}::text[]) as wanted (name)
      left join pg_class c on c.oid = to_regclass('public.' || wanted.name)
      cross join pg_roles me where me.rolname = current_user`,
  )
  for (const fault of found.flatMap(faultsOf)) {
    throw new CannotStart(`The service's login to the database ${fault}. Use the login forthright_app, which owns nothing and may not.`)
  }
}

function faultsOf({ table, there, powerful, owns, alters }: Powers): string[] {
  return [
    ...(powerful ? ['has powers over the whole server'] : []),
    ...(there ? [] : [`finds no table ${table}`]),
    ...(owns ? [`owns the log table ${table}`] : []),
    ...(alters ? [`may change or remove rows of the log table ${table}`] : []),
  ]
}
