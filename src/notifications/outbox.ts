import type { Tx } from '../database/index.ts'
import { dropOthers, insertLetters, lockCause, readFigures, urgentCause, type OutboxFigures } from './outbox-store.ts'
import { writeLetter, type Letter } from './write-letter.ts'

/** Where letters wait. */
export interface Outbox {
  /** Whether mail is set up: where it is not, nothing is written and nothing sent. */
  readonly setUp: boolean
  /**
   * Puts letters into the outbox, in the transaction of what causes them; gives how many. The transaction needs an entry of staff or of the system,
   * or the database refuses it: a reporter's act can cause no letter.
   */
  put(tx: Tx, cause: string, letters: readonly Letter[], now: Temporal.Instant): Promise<number>
  /**
   * The same for letters whose address would tell who raised a concern: it and the letter are sealed, so that nobody but the worker reads them
   * here, and the row goes once it is sent.
   */
  putSealed(tx: Tx, cause: string, letters: readonly Letter[], seal: Seal, now: Temporal.Instant): Promise<number>
  /** Whether there is a command or webhook for text messages and pagers. */
  readonly callsSetUp: boolean
  /** Calls where somebody may be in danger, by the operator's own command or webhook, without an entry at their time; gives how many. */
  call(tx: Tx, calls: readonly Call[], now: Temporal.Instant): Promise<number>
  /** Makes two processes that write letters of one cause do it one after the other, to the end of the transaction. */
  takeTurns(tx: Tx, cause: string): Promise<void>
  /** Takes back what waits for people who are to get no more letters of this cause, and forgets their addresses. */
  keepOnlyFor(tx: Tx, cause: string, addresses: readonly string[]): Promise<void>
}

/** A text message or a pager's: a fixed text to one number. */
export interface Call {
  readonly id: string
  readonly number: string
  readonly text: string
}

/** Seals for whoever sends. */
export type Seal = (plain: Uint8Array) => Uint8Array

/** `from`: the sender's address, null where mail is not set up. */
export function createOutbox(from: string | null, callsSetUp = false): Outbox {
  return {
    setUp: from !== null,
    callsSetUp,
    put: async (tx, cause, letters, now) => {
      if (from === null || letters.length === 0) return 0
      const written = letters.map(async (letter) => ({
        ...{ id: letter.id, cause, way: 'mail' as const, personId: letter.personId ?? null, sealed: null },
        address: letter.to.address,
        message: await writeLetter(letter, from),
      }))
      await insertLetters(tx, await Promise.all(written), now)
      return letters.length
    },
    putSealed: async (tx, cause, letters, seal, now) => {
      if (from === null || letters.length === 0) return 0
      const written = letters.map(async (letter) => ({
        ...{ id: letter.id, cause, way: 'mail' as const, personId: null, address: '', message: '' },
        sealed: seal(packSealed({ address: letter.to.address, message: await writeLetter(letter, from) })),
      }))
      await insertLetters(tx, await Promise.all(written), now)
      return letters.length
    },
    call: async (tx, calls, now) => {
      if (!callsSetUp || calls.length === 0) return 0
      const rows = calls.map(({ id, number, text }) => ({ id, address: number.replaceAll(/\s/g, ''), message: text }))
      await insertLetters(
        tx,
        rows.map((row) => ({ ...row, cause: urgentCause, way: 'call' as const, personId: null, sealed: null })),
        now,
      )
      return calls.length
    },
    takeTurns: lockCause,
    keepOnlyFor: dropOthers,
  }
}

/** Bytes of every address: how long one is shows in no size. */
const addressBytes = 320

/** An address and a letter as they are sealed: the letters' sizes are the same already. */
function packSealed({ address, message }: { readonly address: string; readonly message: string }): Uint8Array {
  return new TextEncoder().encode(address.padEnd(addressBytes) + message)
}

export function unpackSealed(plain: Uint8Array): { readonly address: string; readonly message: string } {
  const text = new TextDecoder().decode(plain)
  return { address: text.slice(0, addressBytes).trim(), message: text.slice(addressBytes) }
}

/** How mail stands, for who looks after the service. */
export interface MailState extends OutboxFigures {
  readonly setUp: boolean
}

export const readMailState = async (tx: Tx, { setUp }: Pick<Outbox, 'setUp'>): Promise<MailState> => ({ setUp, ...(await readFigures(tx)) })
