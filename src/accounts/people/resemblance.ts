import type { UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { isReplaced, readEverybody, type ListedPerson } from '../person-store.ts'

interface Known {
  readonly name: string
  readonly email: string
}

/** Somebody who left, whose conflicts of interest would not follow a newcomer who is the same human being under another id. */
export type FormerPerson = Known & { readonly id: UserId }

/** Those who left and have come back under no other id, by name. */
export async function readFormer(tx: Tx): Promise<FormerPerson[]> {
  return formerAmong(await readEverybody(tx))
}

export function formerAmong(everybody: readonly ListedPerson[]): FormerPerson[] {
  const gone = everybody.filter((person) => !person.active && !isReplaced(person))
  return gone.map(({ id, name, email }) => ({ id, name, email }))
}

/**
 * Whether two may be the same human being: the same surname, two names in common whatever their order, or what stands before the @ alike. Errs
 * towards saying so: whoever countersigns asks the person and is done.
 */
export function resembles(one: Known, other: Known): boolean {
  const [a, b] = [namesIn(one.name), namesIn(other.name)]
  const common = new Set(a.filter((name) => b.includes(name)))
  const mailbox = mailboxOf(one.email)
  return (a.length > 0 && a.at(-1) === b.at(-1)) || common.size > 1 || (mailbox.length > 3 && mailbox === mailboxOf(other.email))
}

const titles: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir', 'dame', 'rev'])

function namesIn(name: string): string[] {
  const words = plain(name)
    .replaceAll(/['’-]/g, '')
    .split(/[^\p{L}]+/u)
  return words.filter((word) => word !== '' && !titles.has(word))
}

/** jane.smith2 and JaneSmith are one mailbox here. */
const mailboxOf = (email: string): string => plain(email.split('@', 1)[0] ?? '').replaceAll(/[^\p{L}]/gu, '')

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
