import { hasEntrySince, rootInGroups, type PublishedCheckpoint } from './audit/index.ts'
import { createSendNotices, openWaitingLetter } from './concerns/index.ts'
import type { Service } from './composition.ts'
import type { Tx } from './database/index.ts'
import { londonDate, newId, Refusal, Secret, startOfLondonDay } from './kernel/index.ts'
import { readAddressees } from './accounts/index.ts'
import {
  checkpointLetter,
  createCaller,
  createDelivery,
  createMailer,
  type CallWay,
  type Mailer,
  type SmtpServer,
} from './notifications/index.ts'
import { createRegularNote } from './regular-note.ts'
import type { CompartmentKeys } from './vault/index.ts'
import { checkpointCause, readCheckpointReaders } from './settings/index.ts'

/** Europe/London; forty minutes after a batch, so that it is in. `mailSchedule` says the same to the job runner. */
const hour = 7
export const mailSchedule = '0 7 * * *'

export interface Mailing {
  /** Writes what is due and sends what waits; gives how many letters were written. */
  mailCheckpoint(): Promise<number>
  /** Writes the regular note where its time has come; gives how many letters were written. */
  writeNotes(): Promise<number>
  /** Writes to people who asked for a note of an answer, where the time has come; gives how many letters were written. */
  writeNotices(): Promise<number>
  /** Gives how many letters went. */
  deliver(): Promise<number>
  purge(): Promise<number>
}

/** The operator's mail server as the configuration has it, and the address that letters come from. */
interface MailSettings {
  readonly from: string
  readonly smtp: () => Omit<SmtpServer, 'login'> & {
    readonly login: { readonly user: string; readonly password: string } | null
    /** Certificates to believe in place of the machine's; null for those. */
    readonly trusted?: string | null
  }
}

/** The background process's half of mail. Without a mail server no letter is written or sent, without a way for calls no call. */
export function createMailing(
  service: Service,
  mail: MailSettings | null,
  calls: CallWay | null = null,
  dutyKeys: CompartmentKeys | null = null,
): Mailing {
  const { mailIfDue } = createCheckpointMail(service)
  const { deliver, purge } = createDelivery({
    ...service,
    mailer: mail && mailerOf(mail),
    caller: calls && createCaller(calls),
    ...(dutyKeys !== null && { open: (sealed) => openWaitingLetter(dutyKeys, sealed) }),
    stillHere: async (tx, personId) => (await readAddressees(tx, [personId])).length > 0,
  })
  return {
    mailCheckpoint: async () => {
      const written = await mailIfDue()
      await deliver()
      return written
    },
    writeNotices: dutyKeys === null ? async () => 0 : createSendNotices({ ...service, dutyKeys }),
    writeNotes: createRegularNote(service).writeIfDue,
    deliver,
    purge,
  }
}

function mailerOf({ from, smtp }: MailSettings): Mailer {
  const { login, trusted, ...server } = smtp()
  const secret = login && { user: login.user, password: new Secret(login.password) }
  return createMailer({ ...server, login: secret }, from, { trusted: trusted ?? undefined })
}

export interface CheckpointMail {
  /**
   * Writes today's letters where it is seven o'clock or later and they are not written yet; gives how many. The newest checkpoint goes out whether it
   * is new or not: a letter says nothing about what happened. Recorded: `checkpoint_mailed`.
   */
  mailIfDue(): Promise<number>
}

class WrittenAlready extends Error {
  override readonly name = 'WrittenAlready'
}

/** The daily checkpoint for people who hold the service to its log (`security.md` 4). */
export function createCheckpointMail({ audited, clock, random, database, outbox, publishedLog }: Service): CheckpointMail {
  const isDue = async (tx: Tx, now: Temporal.Instant): Promise<boolean> =>
    !(await hasEntrySince(tx, 'checkpoint_mailed', startOfLondonDay(londonDate(now)))) && (await readCheckpointReaders(tx)).length > 0

  const write = (checkpoint: PublishedCheckpoint, now: Temporal.Instant): Promise<number> =>
    audited(async (tx) => {
      await outbox.takeTurns(tx, checkpointCause)
      if (!(await isDue(tx, now))) throw new WrittenAlready()
      const readers = await readCheckpointReaders(tx)
      const letter = checkpointLetter({ ...checkpoint, fingerprint: rootInGroups(checkpoint.root) })
      const letters = readers.map(({ name, address }) => ({ ...letter, id: newId(random), to: { name, address }, writtenAt: now }))
      const people = await outbox.put(tx, checkpointCause, letters, now)
      const fields = { size: checkpoint.size, people }
      return { value: people, entries: [{ kind: 'checkpoint_mailed', actor: { role: 'system' }, at: now, fields }] }
    })

  return {
    mailIfDue: async () => {
      const now = clock.now()
      const tooEarly = now.toZonedDateTimeISO('Europe/London').hour < hour
      if (!outbox.setUp || tooEarly || !(await database.read((tx) => isDue(tx, now)))) return 0
      const checkpoint = await publishedLog.readCheckpoint().catch(noneYet)
      if (checkpoint === null) return 0
      return write(checkpoint, now).catch((error: unknown) => {
        if (error instanceof WrittenAlready) return 0
        throw error
      })
    },
  }
}

function noneYet(error: unknown): null {
  if (error instanceof Refusal && error.code === 'not_found') return null
  throw error
}
