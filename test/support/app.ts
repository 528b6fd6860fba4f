import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { demonstrationCode, demonstrationPeople, type StaffContext } from '../../src/accounts/index.ts'
import { createApp } from '../../src/app.ts'
import { compose, prepare, type Service } from '../../src/composition.ts'
import type { Route, Timer } from '../../src/http/index.ts'
import type { CallWay } from '../../src/notifications/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { demonstrationSecrets, freshDatabase, type FreshDatabase } from './database.ts'
import { cheapPasswords } from './passwords.ts'

/** A short name for each demonstration person. */
export const people = {
  guardian: 'guardian@demo.test',
  deputy: 'deputy@demo.test',
  investigator: 'investigator@demo.test',
  executive: 'executive@demo.test',
  nonExecutive: 'nonexecutive@demo.test',
  auditor: 'auditor@demo.test',
  administrator: 'admin@demo.test',
} as const
export type PersonName = keyof typeof people

/** The whole service as it is put together for use, on a database of its own; only the clock and the tick's timer are the test's. */
export interface TestApp {
  readonly app: Express
  readonly routes: readonly Route[]
  readonly service: Service
  readonly clock: TestClock
  readonly database: FreshDatabase
  readonly dataDir: string
  readonly origin: string
  /** Errors that were no refusals: a test that does not expect one finds none here. */
  readonly unexpected: unknown[]
  /** Signs in and gives the access token. Moves the clock on by half a minute first: a code works once. */
  signIn(person: PersonName): Promise<string>
  /** The same as the use cases get it. */
  contextOf(person: PersonName): Promise<StaffContext>
  /** The person's code at this moment of the test's clock. */
  codeOf(person: PersonName): string
  close(): Promise<void>
}

export interface TestAppOptions {
  readonly timer?: Timer
  readonly publicOrigin?: string
  /** The address letters come from; without it mail is not set up. */
  readonly mailFrom?: string
  /** The way to who is on call beside mail. */
  readonly calls?: CallWay
}

/** Ticks without waiting: what the tick does to an answer's time has a test of its own. */
const noWait: Timer = { now: () => 0, wait: async () => {} }

/** Letters are carried by the background process alone. */
const noServer = (): never => {
  throw new Error('the web process sends no mail')
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = createTestClock()
  const database = await freshDatabase({ holds: 'demonstration' })
  const dataDir = mkdtempSync(join(tmpdir(), 'forthright-app-'))
  demonstrationSecrets(join(dataDir, 'secrets'))
  const world = {
    config: {
      mode: 'demonstration' as const,
      data: { dir: dataDir, secretsDir: join(dataDir, 'secrets') },
      mail: options.mailFrom === undefined ? null : { from: options.mailFrom, smtp: noServer },
      calls: options.calls ?? null,
    },
    clock,
    random: systemRandom,
    log: () => {},
    passwordCost: cheapPasswords,
  }
  const service = await compose(world, database.app, { maxConnections: 8 })
  await prepare(service, world)
  const origin = options.publicOrigin ?? 'http://127.0.0.1:3000'
  const unexpected: unknown[] = []
  const { app, routes } = createApp(service, {
    publicOrigin: origin,
    trustProxy: false,
    demonstration: true,
    open: true,
    timer: options.timer ?? noWait,
    onUnexpected: (error) => unexpected.push(error),
  })

  const codeOf = (_person: PersonName) => demonstrationCode(clock.now())
  const signIn = async (person: PersonName): Promise<string> => {
    clock.advance({ seconds: 30 })
    const password = demonstrationPeople[0]!.password
    const { accessToken } = await service.accounts.signIn({ requestId: 'test' }, { email: people[person], password, otp: codeOf(person) })
    return accessToken
  }
  return {
    app,
    routes,
    service,
    clock,
    database,
    dataDir,
    origin,
    unexpected,
    signIn,
    codeOf,
    contextOf: async (person) => service.accounts.openSession(await signIn(person), 'test'),
    close: async () => {
      await service.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
