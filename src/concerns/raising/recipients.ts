import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { Refusal, type IntakeGroupId, type Role, type UserId } from '../../kernel/index.ts'
import type { RaiseInput } from './raise-input.ts'
import type { Reader } from '../views.ts'

export type RecipientChoice = Pick<RaiseInput, 'about' | 'recipient' | 'deputyMayRead'>

export interface Recipients {
  /** Who will hold the concern's keys. */
  readonly readers: readonly DirectoryPerson[]
  /** Staff the concern is about. They get no grant, now or later. */
  readonly excluded: readonly UserId[]
}

/** How people call the roles when they say whom a concern is about, in the singular. */
const roleLabels: Readonly<Record<string, readonly string[]>> = {
  guardian: ['guardian', 'speak up lead', 'ftsu'],
  executive_lead: ['executive', 'exec', 'director', 'ceo', 'chief executive', 'board', 'management team'],
  non_executive_lead: ['non executive', 'non exec', 'ned', 'board'],
  investigator: ['investigator'],
}
const deputyLabels = ['deputy']
/** Words of a name too short to mean anybody by themselves. */
const shortestName = 3

/**
 * Who reads a concern, decided before anything is sealed (`security.md` 2): the conflict-free guardians of the group, or the lead the person
 * chose. Where nobody is left, the non-executive lead, then the executive lead. A person named in `about`, by id, name or role, gets nothing.
 * Throws Refusal `no_reader_left` where everyone is excluded.
 */
export function chooseRecipients(directory: Directory, group: IntakeGroupId, choice: RecipientChoice): Recipients {
  const excluded = directory.people.filter((person) => isAbout(person, choice.about))
  const free = (people: readonly DirectoryPerson[]) => people.filter((person) => !excluded.includes(person))
  const guardians = free(directory.guardiansOf(group)).filter((person) => choice.deputyMayRead || !person.deputy)
  const order = [
    choice.recipient === 'guardians' ? guardians : free(directory.leads(choice.recipient)),
    free(directory.leads('non_executive_lead')),
    free(directory.leads('executive_lead')),
  ]
  const readers = order.find((people) => people.length > 0)
  if (readers === undefined) throw new Refusal('no_reader_left')
  return { readers, excluded: excluded.map((person) => person.id) }
}

/**
 * True where one of the texts is the person's id, holds a word of their name, or what their role is called. Errs towards excluding: a wrong
 * exclusion costs a reader, whom the person sees missing before sending; a missed one may cost their job.
 */
export function isAbout(person: DirectoryPerson, about: readonly string[]): boolean {
  const labels = person.roles.flatMap((role) => roleLabels[role] ?? []).concat(person.deputy ? deputyLabels : [])
  const name: Said = saidIn(person.name)
  return saidBy(about).some((said) => isAmong(person, [said.text]) || isNamed(name, said) || labels.some((label) => isLabel(said, label)))
}

/** A text as its words, and with those that a mark joins as one too. */
interface Said {
  readonly text: string
  readonly words: readonly string[]
  readonly all: ReadonlySet<string>
  /** Its words in the singular, each with a blank on both sides; and the same without a non-executive's title, which holds the executive's. */
  readonly phrase: string
  readonly ownPhrase: string
}

function saidIn(text: string): Said {
  const words = wordsOf(text)
  const phrase = ` ${words.map(singular).join(' ')} `
  const ownPhrase = phrase.replaceAll(/ non exec(utive)?( director| lead)? /g, ' ')
  return { text, words, all: new Set([...words, ...wordsOf(joined(text))]), phrase, ownPhrase }
}

/** Read once for everybody who is compared with them. */
const read = new WeakMap<readonly string[], readonly Said[]>()

function saidBy(about: readonly string[]): readonly Said[] {
  const said = read.get(about) ?? about.map(saidIn)
  read.set(about, said)
  return said
}

/** By any word of it that is long enough; by a short surname ("Li") unless that is an everyday word; by all of it where every word is short. */
function isNamed({ words, all }: Said, said: Said): boolean {
  const surname = words.at(-1) ?? ''
  return (
    [...all].some((word) => word.length >= shortestName && said.all.has(word)) ||
    (surname.length > 1 && !everyday.has(surname) && said.all.has(surname)) ||
    (words.length > 1 && words.every((word) => said.all.has(word)))
  )
}

/** O'Neil is written ONeil, and Smith-Jones Smithjones. */
const joined = (text: string): string => text.replaceAll(/(?<=\p{L})['’ʼ-](?=\p{L})/gu, '')

/** English words of two letters: in a description they stand for nobody. */
const everyday: ReadonlySet<string> = new Set(
  'ah am an as at be by do er go he hi if in is it me mr ms my no of oh ok on or so to up us we'.split(' '),
)

/** Whether one of these ids is the person's, or was theirs before their keys were lost. */
export function isAmong({ id, formerly = [] }: DirectoryPerson, ids: readonly string[]): boolean {
  return [id, ...formerly].some((one) => ids.includes(one))
}

function isLabel({ phrase, ownPhrase }: Said, label: string): boolean {
  return (label.startsWith('non') ? phrase : ownPhrase).includes(` ${label} `)
}

function singular(word: string): string {
  return word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word
}

/** Whether a word is one by which roles are called: it names nobody. */
export function isWordOfRole(word: string): boolean {
  return wordsOf(word).every((part) => wordsOfRoles.has(singular(part)))
}

const wordsOfRoles: ReadonlySet<string> = new Set(
  [...Object.values(roleLabels).flat(), ...deputyLabels, 'manager', 'lead'].flatMap((label) => label.split(' ')),
)

/** Without accents, strokes and what cannot be seen: people write a colleague's name on the keyboard they have. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/[æœøłđðþßı]/g, (letter) => plainLetters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Letters that have no decomposition in Unicode, as an English keyboard writes them. */
const plainLetters: Readonly<Record<string, string>> = { æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', ı: 'i' }

/** The role in which a person would read: what the reporter is shown beside the name. */
export function readerOf(person: DirectoryPerson): Reader {
  const order: readonly Role[] = ['guardian', 'non_executive_lead', 'executive_lead', 'investigator']
  const role = order.find((wanted) => person.roles.includes(wanted)) ?? person.roles[0] ?? 'guardian'
  return { id: person.id, role, name: person.name, deputy: person.deputy }
}
