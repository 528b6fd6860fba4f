import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { binariesFolder } from '../../../src/database/embedded/binaries.ts'
import { livingIn } from '../../../src/database/embedded/processes.ts'
import {
  ask,
  begin,
  isRoot,
  kill,
  launch,
  leaveNothing,
  newGround,
  placesOf,
  postmasterOf,
  startStray,
  type Launcher,
  type RunAs,
} from '../../support/database-process.ts'

leaveNothing()
const kinds: RunAs[] = isRoot ? ['self', 'nobody'] : ['self']
const onLinux = process.platform === 'linux'

describe('where things are kept', () => {
  test.each(kinds)('one account can read the passwords and the data, and neither lies with the other (%s)', async (as) => {
    const { cluster, socketDir, secrets } = placesOf(await launch(newGround(as), as))
    expect([cluster, socketDir, secrets].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o700])
    expect(readdirSync(secrets)).toEqual(['database-superuser'])
    expect(statSync(join(secrets, 'database-superuser')).mode & 0o777).toBe(0o600)
    expect(cluster.startsWith(secrets)).toBe(false)
    expect(statSync(cluster).uid).not.toBe(0)
  })

  test.each(kinds)('the server listens on no port, lets nobody in without a password, and writes no statement down (%s)', async (as) => {
    const launcher = await launch(newGround(as), as)
    const [settings] = await ask(
      launcher,
      `select current_setting('listen_addresses') as addresses, current_setting('track_commit_timestamp') as times,
         current_setting('log_statement') as statements, current_setting('fsync') as fsync,
         (select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256') as open_doors`,
    )
    expect(settings).toEqual({ addresses: '', times: 'off', statements: 'none', fsync: 'on', open_doors: 0 })
    await ask(launcher, `select 'canary in an error'::int`).catch(() => {})
    await ask(launcher, `do $$ begin raise log 'plain'; end $$`)
    const log = readFileSync(join(placesOf(launcher).home, 'server.log'), 'utf8')
    expect(log).toContain('plain')
    expect(log).not.toContain('canary')
  })

  test('a data folder with a long path still gets a socket', async () => {
    const as: RunAs = isRoot ? 'nobody' : 'self'
    const launcher = await launch(newGround(as, `${'long-'.repeat(30)}path`), as)
    const { socketDir, dataDir } = placesOf(launcher)
    expect(dataDir.length).toBeGreaterThan(150)
    expect(statSync(socketDir).mode & 0o777).toBe(0o700)
    expect(await ask(launcher, 'select 1 as one')).toEqual([{ one: 1 }])
    await launcher.stop()
    rmSync(socketDir, { recursive: true })
  })
})

describe.each(kinds)('starting again without hands (%s)', (as) => {
  const ground = newGround(as)

  test('after an orderly stop', async () => {
    const first = await launch(ground, as)
    await leaveMark(first)
    await first.stop()
    expect(livingIn(placesOf(first).cluster)).toEqual([])
    expect(await marks(await launch(ground, as))).toBe(1)
  })

  test('after kill -9 of the launcher and of every process of the server', async () => {
    const first = await launch(ground, as)
    const processes = livingIn(placesOf(first).cluster)
    expect(processes.length).toBeGreaterThan(1)
    await first.kill()
    for (const { pid } of processes) kill(pid)
    expect(await marks(await launch(ground, as))).toBe(1)
  })

  test('after kill -9 of the server’s first process while its others still end', async () => {
    const first = await launch(ground, as)
    kill(postmasterOf(first))
    await first.kill()
    expect(await marks(await launch(ground, as))).toBe(1)
  })

  test('after kill -9 of the launcher alone', async () => {
    await (await launch(ground, as)).kill()
    expect(await marks(await launch(ground, as))).toBe(1)
  })

  test.runIf(onLinux)('the server follows a killed launcher by itself', async () => {
    const first = await launch(ground, as)
    await first.kill()
    await until(async () => livingIn(placesOf(first).cluster).length === 0)
  })

  test('when a server of a launcher long dead still lives: it is stopped first', async () => {
    const first = await launch(ground, as)
    await first.stop()
    startStray(placesOf(first), binariesFolder(placesOf(first).binariesCopy), '4000000.1')
    await until(async () => (await marks(first)) === 1)
    const stray = postmasterOf(first)
    const second = await launch(ground, as)
    expect(await marks(second)).toBe(1)
    expect(postmasterOf(second)).not.toBe(stray)
  })

  test('when the number in its lock files now belongs to a stranger', async () => {
    const first = await launch(ground, as)
    const lock = await lockAfterStop(first)
    lock.name(process.pid)
    expect(await marks(await launch(ground, as))).toBe(1)
  })

  test.runIf(onLinux)('when the number in its lock files is a zombie’s', async () => {
    const first = await launch(ground, as)
    const lock = await lockAfterStop(first)
    const { zombie, bury } = await newZombie()
    lock.name(zombie)
    expect(await marks(await launch(ground, as))).toBe(1)
    bury()
  })

  test('when the server itself is killed, the living launcher starts it again', async () => {
    const launcher = await launch(ground, as)
    const killed = postmasterOf(launcher)
    kill(killed)
    await until(async () => (await marks(launcher)) === 1)
    expect(postmasterOf(launcher)).not.toBe(killed)
  })
})

test('a launcher killed at any moment of making the database leaves nothing in the way', async () => {
  const ground = newGround()
  for (const milliseconds of [150, 300, 450, 600, 800, 1000]) {
    const early = begin(ground)
    early.answer.catch(() => {})
    await pause(milliseconds)
    await early.kill()
  }
  const first = await launch(ground)
  expect(await marks(first)).toBe(0)
  await first.stop()
  // What a killed one's `initdb` was still writing when the first looked is gone by the next start
  const last = await launch(ground)
  expect(await marks(last)).toBe(0)
  expect(readdirSync(placesOf(last).home).filter((name) => name.startsWith('draft'))).toEqual([])
})

describe('one server for one data folder', () => {
  const ground = newGround()

  test('of two launchers that meet on an empty folder one wins; the other is refused and told who is there', async () => {
    const answers = (await Promise.all([launch(ground), launch(ground)])).map(({ answer }) => answer)
    expect(answers.filter(({ ready }) => ready !== undefined)).toHaveLength(1)
    const { refused } = answers.find((answer) => answer.refused !== undefined)!
    expect(refused).toMatch(/^Forthright already runs on this data folder: process \d+, database in /)
  })

  test('a second launcher is refused; the first goes on', async () => {
    const first = await launch(ground)
    expect((await launch(ground)).answer.refused).toMatch(/already runs on this data folder/)
    expect(await marks(first)).toBe(0)
  })

  test('a server that somebody else started in its folder is left alone, and named', async () => {
    const first = await launch(ground)
    await first.stop()
    startStray(placesOf(first), binariesFolder(placesOf(first).binariesCopy), null)
    await until(async () => (await marks(first)) === 0)
    expect((await launch(ground)).answer.refused).toContain(`Another PostgreSQL (process ${postmasterOf(first)})`)
    expect(await marks(first)).toBe(0)
  })

  test('two data folders run side by side', async () => {
    const launchers = [await launch(newGround()), await launch(newGround())]
    await leaveMark(launchers[0]!)
    expect(await Promise.all(launchers.map(marks))).toEqual([1, 0])
  })
})

describe('a data folder and its database that no longer belong together', () => {
  test.runIf(isRoot)('a moved data folder is refused, and told where its database is', async () => {
    const ground = newGround()
    const first = await launch(ground)
    await first.stop()
    const moved = { ...ground, dataDir: `${ground.dataDir}-moved` }
    renameSync(ground.dataDir, moved.dataDir)
    expect((await launch(moved)).answer.refused).toContain(placesOf(first).home)
  })

  test('lost passwords are said; so is a database that vanished, which is not quietly replaced by an empty one', async () => {
    const ground = newGround()
    const first = await launch(ground)
    await first.stop()
    const password = join(placesOf(first).secrets, 'database-superuser')
    renameSync(password, `${password}-away`)
    expect((await launch(ground)).answer.refused).toMatch(/passwords .* are missing/)
    renameSync(`${password}-away`, password)
    rmSync(placesOf(first).home, { recursive: true })
    expect((await launch(ground)).answer.refused).toMatch(/is missing/)
  })

  test.runIf(isRoot)('a data folder deleted and made anew starts empty, and the old database is put aside whole', async () => {
    const ground = newGround()
    const first = await launch(ground)
    await leaveMark(first)
    await first.stop()
    rmSync(ground.dataDir, { recursive: true })
    mkdirSync(ground.dataDir)
    const second = await launch(ground)
    expect(await marks(second)).toBe(0)
    expect(existsSync(join(second.answer.ready!.putAside!, 'cluster', 'PG_VERSION'))).toBe(true)
  })
})

/** A committed row, to be found again. */
async function leaveMark(launcher: Launcher): Promise<void> {
  await ask(launcher, `create table mark (); insert into mark default values`)
}

async function marks(launcher: Launcher): Promise<number> {
  const [table] = await ask<{ there: boolean }>(launcher, `select to_regclass('mark') is not null as there`)
  if (!table!.there) return 0
  const [found] = await ask<{ count: number }>(launcher, `select count(*)::int as count from mark`)
  return found!.count
}

/** The lock files that an orderly stop takes away, to be put back with another process in them. */
async function lockAfterStop(launcher: Launcher): Promise<{ name: (pid: number) => void }> {
  const { cluster, socketDir } = placesOf(launcher)
  const files = [join(cluster, 'postmaster.pid'), join(socketDir, '.s.PGSQL.5432.lock')]
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  await launcher.stop()
  return { name: (pid) => files.forEach((file, n) => writeFileSync(file, texts[n]!.replace(/^\d+/, String(pid)))) }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds().catch(() => false)) return
    await pause(50)
  }
  expect.unreachable('it never came about')
}

/** A process that ended and whose parent does not look: it is ended only once the shell, which would look, has become a `sleep`. */
async function newZombie(): Promise<{ zombie: number; bury: () => void }> {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const { promise, resolve } = Promise.withResolvers<string>()
  parent.stdout.once('data', (text: Buffer) => resolve(text.toString()))
  const zombie = Number(await promise)
  await until(async () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n')
  kill(zombie)
  await until(async () => / Z /.test(readFileSync(`/proc/${zombie}/stat`, 'utf8')))
  return { zombie, bury: () => parent.kill() }
}
