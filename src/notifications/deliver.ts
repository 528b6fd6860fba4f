import { unloggedTransaction, type Database } from '../database/index.ts'
import { londonDate, type Clock, type Log } from '../kernel/index.ts'
import { isOfServer, type Mailer, type MailFault } from './mailer.ts'
import { claimLetter, markFault, markSent, purgeLetters } from './outbox-store.ts'

export interface DeliveryDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly mailer: Mailer
}

export interface Delivery {
  /** Sends what is due, one letter after the other; gives how many went. Ends early where the server itself fails: the next would meet it too. */
  deliver(): Promise<number>
  /** Takes away letters whose time is over, and says so where one was never sent; gives how many. */
  purge(): Promise<number>
}

/** Letters a run: it ends, whatever arrives meanwhile. */
const atMost = 500

/**
 * Carries letters to the mail server, again and again until it takes them. A process that dies between the server's yes and the mark sends the same
 * letter once more, with the same name (Message-ID), by which mail programs know it as one.
 */
export function createDelivery({ database, clock, log, mailer }: DeliveryDeps): Delivery {
  const sendNext = async (): Promise<MailFault | 'sent' | null> => {
    const letter = await unloggedTransaction(database, (tx) => claimLetter(tx, clock.now()))
    if (letter === null) return null
    const fault = await mailer.send(letter)
    if (fault === null) await unloggedTransaction(database, (tx) => markSent(tx, letter.id, clock.now()))
    else await unloggedTransaction(database, (tx) => markFault(tx, letter.id, fault))
    return fault ?? 'sent'
  }
  return {
    deliver: async () => {
      const faults = new Map<MailFault, number>()
      let sent = 0
      for (let tried = 0; tried < atMost; tried += 1) {
        const outcome = await sendNext()
        if (outcome === null) break
        if (outcome === 'sent') {
          sent += 1
          continue
        }
        faults.set(outcome, (faults.get(outcome) ?? 0) + 1)
        if (isOfServer(outcome)) break
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
