/**
 * `npm run migrate`: brings the database to this release and says how many migrations that took. With DATABASE_URL and
 * DATABASE_OWNER_URL set, the operator's; without, the one in DATA_DIR (`./data`), whether the service runs or not.
 */
import { CannotStart, migrate, type ServerChoice } from '../src/database/index.ts'
import { createLog, Secret } from '../src/kernel/index.ts'

const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir = './data' } = process.env

try {
  const count = await migrate(choice(), createLog(true))
  console.log(count === 0 ? 'The database is up to date.' : `Migrations applied: ${count}.`)
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function choice(): ServerChoice {
  const login = url ?? ownerUrl
  if (login === undefined) return { dataDir }
  if (ownerUrl === undefined) throw new CannotStart('Migrations need DATABASE_OWNER_URL, the login of the tables’ owner.')
  return { url: new Secret(login), ownerUrl: new Secret(ownerUrl) }
}
