import { peopleOfSet } from '../../src/accounts/index.ts'
import { readExport, rebuildGrants, writeRecoveryFile, type RecoveryExport } from '../../src/concerns/index.ts'
import {
  fingerprint,
  groupsInRow,
  readShare,
  readShareRow,
  rebuildRecoveryKeys,
  shareGroups,
  wipeKeys,
  type PrivateKeys,
  type RebuildFault,
  type RecoveryShare,
} from '../../src/vault/index.ts'
import { groupsNamed } from '../setup/ceremony.ts'
import { plainSymbols } from '../setup/people.ts'
import { any, type Terminal } from '../setup/terminal.ts'
import { readWith, refuseExisting, writeNew } from './files.ts'

export { Unreadable } from './files.ts'

/** Puts two shares together and seals what they open anew for the person the export names. Touches no database. */
export async function rebuild(terminal: Terminal, exportFile: string, outFile: string): Promise<void> {
  refuseExisting(outFile)
  const exported = readWith(exportFile, readExport, 'this is no file that npm run recover -- export made.')
  terminal.say('', `  Recovery for ${exported.organisation}`, '')
  terminal.say('  Hold this against the printed page of fingerprints. The recovery key:', `    ${fingerprint(exported.recovery)}`)
  await agree(terminal, 'Is it the same? Type YES:')
  await confirmPerson(terminal, exported)
  await confirmList(terminal, exported)
  const keys = await askShares(terminal, exported)
  const { recovered, notGenuine } = rebuildGrants(exported, keys)
  wipeKeys(keys)
  terminal.wipe()
  writeNew(outFile, writeRecoveryFile(recovered))
  terminal.say(`  Done. Bring ${outFile} to the server: npm run recover -- import FILE`)
  if (notGenuine > 0)
    terminal.say(
      `  ${notGenuine} concerns were left out, because their own rows do not hold: somebody changed the database. Tell the auditor.`,
    )
  terminal.say('  The keepers seal their shares again. Wipe this machine: for a moment it held the key to everything.')
}

/** Whoever could swap keys in the export would get everything: the person reads the fingerprint from their own paper. */
async function confirmPerson(terminal: Terminal, { person }: RecoveryExport): Promise<void> {
  const own = fingerprint(person.keys)
  terminal.say('', `  Access is to go to ${person.name}, who reads the fingerprint of their keys from their own screen or paper.`)
  await terminal.ask(`Fingerprint of ${person.name}, all six groups:`, (typed) =>
    plainSymbols(typed) === plainSymbols(own)
      ? any(typed)
      : { wrong: 'This is not the key in the file. Type it again; where it stays different, stop: somebody may have swapped it.' },
  )
}

async function confirmList(terminal: Terminal, { set }: RecoveryExport): Promise<void> {
  if (set === null) return
  const people = peopleOfSet(set) ?? []
  terminal.say('', '  With the keys, this list of people comes into force. New concerns are sealed to the guardians on it:', '')
  terminal.say(
    ...people.map(
      ({ name, roles, keys }) => `    ${name.padEnd(24)} ${roles.join(', ').replaceAll('_', ' ').padEnd(16)} ${fingerprint(keys)}`,
    ),
    '',
  )
  await agree(terminal, 'Are these the right people, and nobody else? Type YES:')
}

async function agree(terminal: Terminal, question: string): Promise<void> {
  await terminal.ask(question, (answer) =>
    answer.toUpperCase() === 'YES' ? any(answer) : { wrong: 'Type YES, or stop with Ctrl+C: then nothing has happened.' },
  )
}

/** Two keepers type their shares, row by row. A third may help out where one of the two is of no use. */
async function askShares(terminal: Terminal, { recovery }: RecoveryExport): Promise<PrivateKeys> {
  const shares: RecoveryShare[] = []
  for (;;) {
    terminal.say('', ...whoTypes(shares))
    shares.push(await askShare(terminal))
    terminal.wipe()
    const rebuilt = await rebuildRecoveryKeys(shares, recovery)
    if (rebuilt.ok) return rebuilt.keys
    if (rebuilt.fault.code === 'too_few') continue
    terminal.say(`  ${wordsForFault(rebuilt.fault)}`)
    if (rebuilt.fault.code === 'not_the_key') shares.length = 0
    else shares.pop()
  }
}

/** Papers have numbers of their own, so shares are not counted here by numbers. */
function whoTypes(typed: readonly RecoveryShare[]): string[] {
  const [first] = typed
  if (first === undefined) return ['  One keeper types a share, whichever of the three it is. Nobody else looks.']
  return [
    `  Share ${first.number} is read. Now another keeper types another share. Nobody else looks.`,
    '  One share alone opens nothing: where there is no other, stop with Ctrl+C.',
  ]
}

async function askShare(terminal: Terminal): Promise<RecoveryShare> {
  for (;;) {
    const rows: string[] = []
    for (let row = 1; row <= shareGroups / groupsInRow; row += 1) {
      const symbols = await terminal.ask(`Row ${row}:`, (typed) => {
        const read = readShareRow(row, typed)
        return read.ok ? { value: read.symbols } : { wrong: groupsNamed(read.groups) }
      })
      rows.push(symbols)
    }
    const reading = readShare(rows.join('\n'))
    if (reading.ok) return reading.share
    terminal.say(
      '  Every group is right by itself, and together they are no share. Are rows of two papers mixed? From the beginning, please.',
    )
  }
}

function wordsForFault({ code, share }: RebuildFault): string {
  if (code === 'same_share') return `Share ${share ?? ''} was given already. Another of the three is needed.`
  if (code === 'another_ceremony')
    return `Share ${share ?? ''} belongs to another ceremony, not to this recovery key. Another one is needed.`
  return 'These shares do not give the recovery key. One of the papers is not genuine. Try again, with the third share in place of one of them.'
}
