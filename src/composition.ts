import {
  checkSecretsFit,
  createCheckSecondFactor,
  createDirectory,
  createForgetNames,
  createKeepText,
  createOpenSession,
  createPeopleUseCases,
  createPurgeSessions,
  createRenewSession,
  createSignIn,
  createSignOut,
  createStepUp,
  createTakeKeptText,
  seedDemonstration,
  type AccountsDeps,
  type StaffContext,
} from './accounts/index.ts'
import {
  createAuditedTransaction,
  createAuditing,
  createNameOpenings,
  createPublishedLog,
  createRecordedReads,
  createRecordRefusal,
  createRestoreNotices,
  demonstrationPace,
  realPace,
  type Pace,
} from './audit/index.ts'
import { clockedKinds, clocksIn, createConcernUseCases, createCountGaps, createOpenDeadlines, timelineOf } from './concerns/index.ts'
import { loadSecrets, openPinFile, readDutyPublicKey, type Config } from './config/index.ts'
import { assertAppRoleIsHarmless, assertSignerIsHarmless, createDatabase, type Connection, type Tx } from './database/index.ts'
import { createDuties, dutiesInLog } from './duties/index.ts'
import { createHealth, type Lack, type SigningState } from './health.ts'
import { createGate } from './http/index.ts'
import { newId, type Clock, type IntakeGroupId, type Log, type Random } from './kernel/index.ts'
import { createOutbox, limitCause, limitLetter, readMailState, type MailState, type Outbox } from './notifications/index.ts'
import { createRaisingGaps, createReporting, type ReckonClocks } from './reporting/index.ts'
import {
  assertBrandReadable,
  checkpointCause,
  checkStamp,
  completeSettings,
  createAdministration,
  createSettings,
  createStoredTexts,
  demonstrationOrganisation,
  publishRules,
  readNameYears,
  seedSettings,
  type AdministrationDeps,
} from './settings/index.ts'
import { assertStrong, dutyKeysOf, type PasswordCost } from './vault/index.ts'
import { publishedWorkflow } from './workflow/index.ts'

/** The world the service lives in. Tests bring their own clock and chance; nothing else is ever replaced. */
export interface World {
  /** Without `mail` none is sent. */
  readonly config: Pick<Config, 'mode' | 'data'> & Partial<Pick<Config, 'mail' | 'calls'>>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly passwordCost: PasswordCost
}

export interface ComposeOptions {
  readonly maxConnections: number
  readonly workerAlive?: () => boolean
  /** How the background process last found the log. */
  readonly signing?: () => SigningState
  readonly lacks?: () => readonly Lack[]
}

/** Argon2id takes 64 MiB a run: two at once, and a short queue, whatever a flood of sign-ins wants. */
const signInsAtOnce = 2
const signInsWaiting = 32
/** A wrong second factor is counted on a connection of its own while its act still holds one: a few at once can never take the pool. */
const codesAtOnce = 4

/** The one place where everything is put together. Opens the database; asks it nothing yet. */
export async function compose(world: World, connection: Connection, options: ComposeOptions) {
  const { clock, random, log } = world
  const database = createDatabase({ connection, maxConnections: options.maxConnections })
  const audited = createAuditedTransaction(database, random)

  const settings = createSettings({ database, clock })
  const secrets = loadSecrets(world.config.data.secretsDir, { random, assertStrong })
  const accountsDeps = accountsDepsOf(world, secrets, database, audited)
  const accounts = createAccounts(accountsDeps)
  const { directory } = accounts
  const texts = createStoredTexts(settings)
  const outbox = createOutbox(world.config.mail?.from ?? null, (world.config.calls ?? null) !== null)
  const mailState = (tx: Tx) => readMailState(tx, outbox)
  const checkSecondFactor = createCheckSecondFactor(accountsDeps)
  const concerns = createConcernUseCases({
    ...{ database, audited, clock, random, directory, settings, texts, outbox, checkSecondFactor },
    ...concernSecrets(world, secrets),
  })
  const codes = createGate(codesAtOnce, signInsWaiting)
  const publishedLog = createPublishedLog(database)
  const openings = createNameOpenings(random, secrets.totpKey)
  const auditing = createAuditing({ database, audited, publishedLog, clock, random, openings })
  return {
    clock,
    random,
    log,
    database,
    accounts,
    accountsDeps,
    sessions: accounts,
    people: createPeopleUseCases(accountsDeps, (work) => codes.run(work)),
    settings,
    texts,
    settingsAdministration: createAdministration<StaffContext>({
      ...{ database, audited, clock, random, checkSecondFactor, ...namesFrom(directory) },
      ...{ deadlines: createOpenDeadlines(), refresh: settings.refresh, mail: outsideMail(outbox, mailState, random) },
    }),
    concerns: oneByOne(concerns, codes),
    duties: createDuties({ database, audited, random, settings }),
    restores: createRestoreNotices({ database, clock }),
    outbox,
    publishedLog,
    auditing,
    logReads: createRecordedReads(publishedLog, audited, { database, openings }),
    reporting: createReporting({ database, audited, settings, reckon, reckonDuties: dutiesInLog, clockedKinds }, modeOf(world)),
    raisingGaps: createRaisingGaps<StaffContext>({ audited }, createCountGaps({ database, settings }), modeOf(world)),
    recordRefusal: createRecordRefusal(audited),
    audited,
    health: createHealth({
      ...{ database, clock, directory, settings },
      ...healthOf(world, options),
      mail: { wanted: world.config.mode === 'real', ways: outbox, state: mailState },
    }),
    close: async () => {
      await auditing.checks.stop()
      await database.close()
    },
  }
}

function concernSecrets({ config, random }: World, { tokenPepper, receiptPepper }: ReturnType<typeof loadSecrets>) {
  return {
    dutyKey: readDutyPublicKey(config.data.secretsDir, random, (key) => dutyKeysOf(key).publicKey),
    peppers: { token: tokenPepper, receipt: receiptPepper },
  }
}

const modeOf = ({ config }: World) => ({ demonstration: config.mode === 'demonstration' })

function healthOf({ config }: World, { workerAlive, signing, lacks }: ComposeOptions) {
  return {
    pace: paceOf(config.mode),
    workerAlive: workerAlive ?? (() => true),
    signing: signing ?? (() => ({ reasons: [], warnings: [] })),
    lacks: lacks ?? (() => []),
  }
}

function accountsDepsOf(
  { clock, random, log, passwordCost, config }: World,
  secrets: ReturnType<typeof loadSecrets>,
  database: AccountsDeps['database'],
  audited: AccountsDeps['audited'],
): AccountsDeps {
  const gate = createGate(signInsAtOnce, signInsWaiting)
  return {
    database,
    audited,
    clock,
    random,
    log,
    secrets,
    pins: openPinFile(config.data.secretsDir),
    passwordCost,
    gate: (work) => gate.run(work),
  }
}

/** The acts that check a second factor inside their transaction take turns. */
function oneByOne(concerns: ReturnType<typeof createConcernUseCases>, codes: ReturnType<typeof createGate>) {
  const { casework, samples } = concerns
  return {
    ...concerns,
    viewIdentity: (...given: Parameters<typeof concerns.viewIdentity>) => codes.run(() => concerns.viewIdentity(...given)),
    decideApproval: (...given: Parameters<typeof concerns.decideApproval>) => codes.run(() => concerns.decideApproval(...given)),
    casework: {
      ...casework,
      exportConcern: (...given: Parameters<typeof casework.exportConcern>) => codes.run(() => casework.exportConcern(...given)),
    },
    samples: {
      ...samples,
      fix: (...given: Parameters<typeof samples.fix>) => codes.run(() => samples.fix(...given)),
      unlock: (...given: Parameters<typeof samples.unlock>) => codes.run(() => samples.unlock(...given)),
    },
  }
}

function createAccounts(deps: AccountsDeps) {
  const directory = createDirectory(deps)
  return {
    directory,
    signIn: createSignIn(deps),
    openSession: createOpenSession(deps, directory),
    renew: createRenewSession(deps),
    signOut: createSignOut(deps),
    stepUp: createStepUp(deps),
    keepText: createKeepText(deps),
    takeKeptText: createTakeKeptText(deps),
    purgeSessions: createPurgeSessions(deps),
    forgetNames: createForgetNames(deps, readNameYears),
  }
}

/** Letters to those outside the house who hold the service to its log. */
function outsideMail(outbox: Outbox, state: (tx: Tx) => Promise<MailState>, random: Random): AdministrationDeps<StaffContext>['mail'] {
  return {
    state,
    callsSetUp: outbox.callsSetUp,
    keepOnlyFor: async (tx, addresses) => {
      await outbox.keepOnlyFor(tx, checkpointCause, addresses)
      await outbox.keepOnlyFor(tx, limitCause, addresses)
    },
    tellStaffSide: (tx, people, change, now) => {
      const letters = people.map(({ name, address }) => ({
        ...limitLetter(change),
        id: newId(random),
        to: { name, address },
        writtenAt: now,
      }))
      return outbox.put(tx, limitCause, letters, now)
    },
  }
}

/** Names for the administrator's pages, which open even where the signed list is not whole: then without any. */
function namesFrom(directory: ReturnType<typeof createDirectory>) {
  const current = async () => directory.current().catch(() => null)
  return {
    namesOf: async () => new Map(((await current())?.people ?? []).map(({ id, name }) => [id, name])),
    guardiansIn: async () => {
      const held = await current()
      return (group: IntakeGroupId) => (held?.guardiansOf(group) ?? []).map(({ name }) => name)
    },
  }
}

/** The one reckoning, for reports: they know neither entries' fields nor which of them move a clock. */
const reckon: ReckonClocks = (raisedOn, entries, by, on) => clocksIn(timelineOf(raisedOn, entries), by, on)

/** How the log grows in this mode. */
export const paceOf = (mode: Config['mode']): Pace => (mode === 'real' ? realPace : demonstrationPace)

export type Service = Awaited<ReturnType<typeof compose>>

/**
 * What has to hold before the door opens: the database is of this mode, the login cannot touch the log, and a demonstration has its people.
 * True where the service may open; false where it has not been set up. Throws `CannotStart` with what is wrong.
 */
export async function prepare(service: Service, world: World): Promise<boolean> {
  await assertAppRoleIsHarmless(service.database)
  await assertSignerIsHarmless(service.database)
  if (world.config.mode === 'demonstration') {
    const groups = await seedSettings(service.accountsDeps, demonstrationOrganisation)
    await seedDemonstration(
      service.accountsDeps,
      groups.map(({ id }) => id),
    )
  }
  await completeSettings(service.accountsDeps)
  await publishRules(service.accountsDeps, publishedWorkflow())
  await assertBrandReadable(service.database)
  await checkSecretsFit(service.accountsDeps)
  const open = await checkStamp(service.database, world.config.mode)
  // The first page is drawn with the look and the name that are set
  if (open) await service.settings.refresh()
  return open
}
