import { offerSecondFactor, preparePerson, withRecoveryCode, type AccountsDeps, type EnrolledPerson } from '../../src/accounts/index.ts'
import type { Clock, Random, Refusal, Role } from '../../src/kernel/index.ts'
import { fingerprint, judgePassword } from '../../src/vault/index.ts'
import { line } from './organisation.ts'
import { squareOf } from './square.ts'
import { any, type Answer, type Terminal } from './terminal.ts'

/** Enrols a person who sits at the terminal: name, address, password, second factor. Keeps nothing but in memory. */
export async function enrol(
  terminal: Terminal,
  deps: AccountsDeps,
  organisation: string,
  role: Extract<Role, 'guardian' | 'administrator'>,
  other: { readonly name: string; readonly email: string } | null,
): Promise<EnrolledPerson> {
  const whose = role === 'guardian' ? 'guardian' : 'administrator'
  const name = await terminal.ask(`Name of the ${whose}:`, (answer) =>
    sameText(answer, other?.name) ? { wrong: twoPeople } : line('People see who reads their concern, so there has to be a name.')(answer),
  )
  const email = await terminal.ask(`Work e-mail of the ${whose}:`, (answer) =>
    sameText(answer, other?.email) ? { wrong: twoPeople } : readEmail(answer),
  )
  const password = await askPassword(terminal)
  terminal.say('  One moment: keys are being made.')
  const given = { name, email, roles: [role], deputy: false, intakeGroupIds: [], password }
  const prepared = await preparePerson(deps, given)
  await confirmSecondFactor(terminal, deps.clock, prepared.totpSeed, organisation, email)
  const { enrolled, groups } = withRecoveryCode(deps, prepared)
  await confirmRecoveryCode(terminal, deps.random, groups)
  terminal.wipe()
  terminal.say(`  ${name} is enrolled. Fingerprint of their keys: ${fingerprint(enrolled.person.publicKeys)}`)
  return enrolled
}

const twoPeople = 'The guardian and the administrator are two people: who manages accounts must not read concerns.'
const sameText = (a: string, b: string | undefined): boolean => b !== undefined && a.normalize('NFKC').toLowerCase() === b.toLowerCase()

/** A new password, twice, without showing it. */
export async function askPassword(terminal: Terminal): Promise<string> {
  for (;;) {
    const password = await terminal.askHidden('Password of 15 characters or more (it is not shown):', readPassword)
    const again = await terminal.askHidden('The same again:', any)
    if (again === password) return password
    terminal.say('  The two were not the same.')
  }
}

/** Shows the seed once, and goes on when a code proves that an app has it. */
export async function confirmSecondFactor(
  terminal: Terminal,
  clock: Clock,
  seed: Uint8Array,
  organisation: string,
  account: string,
): Promise<void> {
  const offer = offerSecondFactor(seed, `Forthright ${organisation}`, account, clock)
  terminal.say('', '  Add this to the authenticator app. It is shown once.', ...squareOf(offer.uri))
  terminal.say(`  Address: ${offer.uri}`, `  Or by hand: ${offer.seed.match(/.{1,4}/g)?.join(' ') ?? ''}`, '')
  await terminal.ask('The six digits the app shows now:', (code) =>
    offer.holds(code)
      ? any(code)
      : { wrong: 'These are not the digits of this moment. Look at the app, and at the clocks of phone and server.' },
  )
}

/** Shows the way back in when the password is lost, and goes on when one group proves that it is on paper. */
async function confirmRecoveryCode(terminal: Terminal, random: Random, groups: readonly string[]): Promise<void> {
  terminal.say('', '  Write this recovery code down and keep it apart from the telephone. With it, a lost password loses nothing.', '')
  terminal.say(`    ${groups.map((group, at) => `${at + 1}. ${group}`).join('   ')}`, '')
  const at = (random.bytes(1)[0] ?? 0) % groups.length
  await terminal.ask(`Group ${at + 1}, from the paper:`, (typed) =>
    plainSymbols(typed) === groups[at]
      ? any(typed)
      : { wrong: 'This is not that group. Look at the paper, and correct it where it is wrong.' },
  )
}

/** Symbols as the vault writes them, whatever stands between them; O for 0, I and L for 1. */
export function plainSymbols(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

function readPassword(password: string): Answer<string> {
  const weakness = judgePassword(password)
  if (weakness === 'too_short') return { wrong: 'Use 15 characters or more. A few words that do not belong together are easy to keep.' }
  if (weakness === 'too_common') return { wrong: 'This is easy to guess. Use words that do not belong together.' }
  return any(password)
}

function readEmail(answer: string): Answer<string> {
  const whole = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) && answer.length <= 254
  return whole ? any(answer) : { wrong: 'Write an address like name@organisation.nhs.uk. It is what this person signs in with.' }
}

/** What a refusal says to somebody at a terminal. */
export function wordsOf(refusal: Refusal): string {
  return refusal.faults.map(({ detail }) => detail).join(' ') || `This was refused (${refusal.code}).`
}
