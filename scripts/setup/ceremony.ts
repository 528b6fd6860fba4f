import type { Random } from '../../src/kernel/index.ts'
import { fingerprint, holdRecoveryCeremony, readShareRow, type PublicKeys } from '../../src/vault/index.ts'
import { any, type Terminal } from './terminal.ts'

const keepers = [
  '  If every guardian lost their keys, only the recovery key would open what people wrote. It is made now, cut into three',
  '  pieces and thrown away. Any two pieces together give it back; one alone is worth nothing.',
  '  Choose three keepers who do not answer to one another: for example the chair, the company secretary and the staff side.',
  '  Each writes their piece down alone, checks it, and seals it in an envelope. It is shown once.',
  '',
]
const rowsTypedBack = 2

/** Makes the recovery key, shows each keeper their piece and has part of it typed back. Answers with the public halves: nothing else is left. */
export async function holdCeremony(terminal: Terminal, random: Random): Promise<PublicKeys> {
  terminal.say(...keepers)
  const { publicKeys, shares } = await holdRecoveryCeremony(random)
  for (const [at, rows] of shares.entries()) {
    await terminal.ask(`Press Enter when only the keeper of share ${at + 1} can see the screen:`, any)
    await showShare(terminal, random, at + 1, shares.length, rows)
  }
  terminal.say(`  The recovery key is made. Its fingerprint: ${fingerprint(publicKeys)}`)
  return publicKeys
}

async function showShare(
  terminal: Terminal,
  random: Random,
  number: number,
  of: number,
  rows: readonly (readonly string[])[],
): Promise<void> {
  terminal.say('', `  Share ${number} of ${of}`, '', ...rows.map((groups, at) => `    ${at + 1}.  ${groups.join('  ')}`), '')
  terminal.say('  Write down the number of the share and all six rows. Then type two rows back, from the paper.')
  for (const row of chooseRows(random, rows.length)) {
    const right = (rows[row - 1] ?? []).join('')
    await terminal.ask(`Row ${row} of share ${number}:`, (typed) => {
      const read = readShareRow(row, typed)
      if (read.ok && read.symbols === right) return any(typed)
      return {
        wrong: `${read.ok ? 'This is another row.' : groupsNamed(read.groups)} Look at the paper, and correct it where it is wrong.`,
      }
    })
  }
  terminal.wipe()
  terminal.say(`  Share ${number} is confirmed.`)
}

/** Two different rows. Not the first: it is nearly the same on every share. */
function chooseRows(random: Random, count: number): number[] {
  const rows = Array.from({ length: count - 1 }, (_, at) => at + 2)
  const chosen: number[] = []
  while (chosen.length < rowsTypedBack) {
    const [byte = 0] = random.bytes(1)
    chosen.push(...rows.splice(byte % rows.length, 1))
  }
  return chosen.toSorted()
}

/** Which groups are mistyped, counted over the whole share and as they stand in their row. */
export function groupsNamed(groups: readonly number[]): string {
  const [first] = groups
  if (first === undefined) return 'This is not what stands there.'
  const named = groups.map((group) => `group ${((group - 1) % 4) + 1} of row ${Math.ceil(group / 4)}`)
  return `There is a typing error in ${named.join(' and ')}.`
}
