import { unloggedTransaction, type Database, type Tx } from '../database/index.ts'
import { londonDate, type Clock, type Log } from '../kernel/index.ts'
import { isOfServer, type Mailer, type MailFault } from './mailer.ts'
import { unpackSealed } from './outbox.ts'
import { claimLetter, dropLetter, markFault, markSent, purgeLetters, urgentCause, type WaitingLetter, type Way } from './outbox-store.ts'

export interface DeliveryDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** Null where mail is not set up: letters wait. */
  readonly mailer: Mailer | null
  /** The operator's command or webhook for text messages and pagers. */
  readonly caller?: Mailer | null
  /** Whether a member of staff is still one. Without it everybody is. */
  readonly stillHere?: (tx: Tx, personId: string) => Promise<boolean>
  /** Opens what was sealed for the worker; null where it is not whole. Without it what is sealed waits. */
  readonly open?: (sealed: Uint8Array) => Uint8Array | null
}

export interface Delivery {
  /** Sends what is due, one letter after the other; gives how many went. Ends early where the server itself fails: the next would meet it too. */
  deliver(): Promise<number>
  /** Takes away letters whose time is over, and says so where one was never sent; gives how many. */
  purge(): Promise<number>
}

interface Done {
  readonly way: Way
  readonly isUrgent: boolean
  readonly outcome: MailFault | 'sent' | 'dropped'
}

/** Letters a run: it ends, whatever arrives meanwhile. */
const atMost = 500

/**
 * Carries letters to the mail server, again and again until it takes them. A process that dies between the server's yes and the mark sends the same
 * letter once more, with the same name (Message-ID), by which mail programs know it as one.
 */
export function createDelivery({ database, clock, log, mailer, caller = null, stillHere, open }: DeliveryDeps): Delivery {
  const ways = new Map<Way, Mailer>([...(mailer ? [['mail', mailer] as const] : []), ...(caller ? [['call', caller] as const] : [])])

  /** Null where it is for nobody any more, or nobody can read it. */
  const readable = async (tx: Tx, letter: WaitingLetter): Promise<Pick<WaitingLetter, 'address' | 'message'> | null> => {
    if (letter.personId !== null && stillHere !== undefined && !(await stillHere(tx, letter.personId))) return null
    if (letter.sealed === null) return letter
    const plain = open?.(new Uint8Array(letter.sealed)) ?? null
    return plain && unpackSealed(plain)
  }

  const sendNext = async (among: readonly Way[]): Promise<Done | null> => {
    const found = await unloggedTransaction(database, async (tx) => {
      const letter = await claimLetter(tx, clock.now(), among, open !== undefined)
      return letter && { letter, said: await readable(tx, letter) }
    })
    if (found === null) return null
    const { letter, said } = found
    const { way, id } = letter
    const fault = said && (await ways.get(way)!.send(said))
    await unloggedTransaction(database, (tx) => {
      if (said === null) return dropLetter(tx, id)
      return fault === null ? markSent(tx, letter, clock.now()) : markFault(tx, id, fault)
    })
    return { way, isUrgent: letter.cause === urgentCause, outcome: said === null ? 'dropped' : (fault ?? 'sent') }
  }
  return {
    deliver: async () => {
      const faults = new Map<MailFault, number>()
      const working = new Set(ways.keys())
      let sent = 0
      for (let tried = 0; tried < atMost && working.size > 0; tried += 1) {
        const done = await sendNext([...working])
        if (done === null) break
        const { way, outcome } = done
        // A line about a call for danger would say when somebody wrote
        if (outcome === 'sent' && !done.isUrgent) sent += 1
        if (outcome === 'sent' || outcome === 'dropped') continue
        faults.set(outcome, (faults.get(outcome) ?? 0) + 1)
        if (isOfServer(outcome)) working.delete(way)
      }
      for (const [kind, count] of faults) log('mail_failed', { kind, count })
      return sent
    },
    purge: async () => {
      const { purged, unsent } = await unloggedTransaction(database, (tx) => purgeLetters(tx, londonDate(clock.now())))
      if (unsent > 0) log('mail_given_up', { count: unsent })
      return purged
    },
  }
}
