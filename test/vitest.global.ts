import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bootstrap } from '../src/database/bootstrap.ts'
import type { ServerLogin } from '../src/database/connection.ts'
import { binariesFolder } from '../src/database/embedded/binaries.ts'
import { placesFor } from '../src/database/embedded/places.ts'
import { startEmbeddedServer } from '../src/database/embedded/start.ts'
import { applyMigrations } from '../src/database/migrations.ts'
import { systemRandom } from '../src/kernel/index.ts'
import { makeDemonstration } from './support/demonstration.ts'
import { compileCacheName } from './support/process.ts'
import { templateName, type TestLogin, type TestServer } from './support/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly testServer: TestServer
  }
}

/** Names a folder with `initdb` and `postgres`: whether the service runs on the oldest version that `docs/deployment.md` promises. */
const otherPostgres = 'TEST_POSTGRES'

/** One real server per run, with one migrated database that each test file copies. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-test-'))
  // Root's server runs under another account, which must be able to walk through.
  chmodSync(folder, 0o711)
  process.env[compileCacheName] = join(folder, 'compiled')
  const server = await startEmbeddedServer({
    dataDir: join(folder, 'data'),
    rootsFolder: join(folder, 'root'),
    // Another version of PostgreSQL where the run asks for one; else ours, and root's copy of it stays from run to run, as that of `npm start` does
    binaries: process.env[otherPostgres] ?? binariesFolder(placesFor(join(folder, 'data')).binariesCopy),
    durable: false,
    log: () => {},
  })
  const { superuser, places } = server
  const { owner, app, signer, auditor } = await bootstrap(superuser, places.secrets, systemRandom, templateName)
  await applyMigrations(owner)
  const demonstrationSecrets = join(folder, 'secrets')
  await makeDemonstration(superuser, app, demonstrationSecrets)
  project.provide('testServer', {
    host: superuser.host,
    port: superuser.port,
    superuser: testLogin(superuser),
    owner: testLogin(owner),
    app: testLogin(app),
    signer: testLogin(signer),
    auditor: testLogin(auditor),
    demonstrationSecrets,
  })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function testLogin({ user, password }: ServerLogin): TestLogin {
  return { user, password: password.reveal() }
}
