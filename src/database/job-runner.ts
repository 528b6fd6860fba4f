import { PgBoss } from 'pg-boss'
import { SturdyClient, type Connection } from './connection.ts'
import { jobSchema } from './job-tables.ts'

/** The runner of scheduled jobs, one run across all processes. Its tables were made by the migrations; this login cannot alter them. */
export function createJobRunner(connection: Connection): PgBoss {
  const fixed = {
    schema: jobSchema,
    migrate: false,
    createSchema: false,
    max: 2,
    application_name: 'forthright jobs',
    Client: SturdyClient,
  }
  if ('url' in connection) return new PgBoss({ ...fixed, connectionString: connection.url.reveal() })
  const { host, port, database, user, password } = connection
  return new PgBoss({ ...fixed, host, port, database, user, password: password.reveal() })
}
