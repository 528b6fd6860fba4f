import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnrolledPerson } from '../../src/accounts/index.ts'
import { londonDate } from '../../src/kernel/index.ts'
import type { FirstSettings } from '../../src/settings/index.ts'
import { fingerprint, recoveryShares, type PublicKeys } from '../../src/vault/index.ts'

interface Opened {
  readonly settings: FirstSettings
  readonly guardian: EnrolledPerson
  readonly administrator: EnrolledPerson
  readonly recovery: PublicKeys
  readonly now: Temporal.Instant
}

const rule = '-'.repeat(72)

/** One page to print: what somebody holds against the screen when they want to know whether keys were swapped. No secret stands on it. */
export function fingerprintPage({ settings, guardian, administrator, recovery, now }: Opened): string {
  const { organisation, odsCode } = settings
  return [
    rule,
    'FORTHRIGHT: FINGERPRINTS OF THE FIRST KEYS',
    '',
    `Organisation    ${organisation}${odsCode === undefined ? '' : ` (${odsCode})`}`,
    `Set up on       ${londonDate(now)}`,
    '',
    'Recovery key',
    `  ${fingerprint(recovery)}`,
    `  held in ${recoveryShares.made} shares on paper; any ${recoveryShares.needed} give it back, one alone is worth nothing`,
    '',
    `First guardian  ${guardian.person.name}`,
    `  ${fingerprint(guardian.person.publicKeys)}`,
    '',
    `Administrator   ${administrator.person.name}`,
    `  ${fingerprint(administrator.person.publicKeys)}`,
    '',
    'Keepers         1 ______________________  2 ______________________',
    '                3 ______________________',
    '',
    'Nothing on this page is secret. Keep one copy with each envelope and one',
    'with the board’s papers. Compare it with the screen before a recovery,',
    'and whenever the service says that its list of readers does not hold.',
    rule,
  ].join('\n')
}

/** Keeps the page in the data folder, to be printed. Answers with its place. */
export function keepFingerprints(dataDir: string, page: string): string {
  const file = join(dataDir, 'fingerprints.txt')
  writeFileSync(file, `${page}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return file
}
