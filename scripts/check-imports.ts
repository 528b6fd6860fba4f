/**
 * The import rules: `dependency-cruiser.cjs` for who may import whom, and here the few names that only some files may import.
 * Prints every fault and ends with 1 where there is one. A run that saw less than every source file is a fault too.
 */
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { cruise, getAvailableTranspilers } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'

const root = join(import.meta.dirname, '..')

/** A name, and the files that may import it. */
const namesForFew: readonly { readonly name: string; readonly why: string; readonly files: RegExp }[] = [
  {
    name: 'runTransaction',
    why: 'a change commits with its entry in the log (P3)',
    files: /^src\/(audit\/(audited-transaction|integrate\/signing-transaction)|database\/(index|transaction|unlogged))\.ts$/,
  },
  {
    name: 'unloggedTransaction',
    why: 'only drafts, receipts, sessions and the bookkeeping of jobs leave no entry',
    files:
      /^src\/(database\/(index|unlogged)|concerns\/(raising\/drafts|nightly|clocks\/nightly-clocks|on-call\/(urgent-look|tell-urgent-calls)|sweep\/last-sweep|on-behalf\/hand-over-codes|inbox\/reporter-access|casework\/written-draft-store)|duties\/last-sweep|accounts\/(session-store|kept-text-store)|notifications\/deliver|worker)\.ts$/,
  },
  {
    name: 'createAuditedTransaction',
    why: 'made once, handed to use cases',
    files: /^src\/(audit\/(index|audited-transaction)|composition)\.ts$/,
  },
  {
    name: 'openLogKeys',
    why: 'the background process signs the log; the web process never holds its key',
    files: /^src\/(config\/(index|log-keys)|worker)\.ts$/,
  },
  {
    name: 'findDutyKey',
    why: 'the background process acts by the clock; the web process never holds its key',
    files: /^src\/(config\/(index|duty-key)|worker)\.ts$/,
  },
  {
    name: 'openDutyKey',
    why: 'the background process acts by the clock; the web process never holds its key',
    files: /^src\/(config\/(index|duty-key)|worker)\.ts$/,
  },
  {
    name: 'signerConnectionOf',
    why: 'the background process gives entries their places; the web process cannot',
    files: /^src\/(database\/(index|open)|worker)\.ts$/,
  },
  { name: 'appendEntries', why: 'an entry is written by the audited transaction alone', files: /^src\/audit\// },
  { name: 'composeEntry', why: 'an edge that could compose an entry could forge one', files: /^src\/(audit|concerns|accounts|settings)\// },
]

async function sourceFiles(): Promise<readonly string[]> {
  const found: string[] = []
  for await (const file of glob('src/**/*.ts', { cwd: root, exclude: ['src/database/generated/**'] })) found.push(file)
  return found.toSorted()
}

async function ruleFaults(files: readonly string[]): Promise<readonly string[]> {
  if (getAvailableTranspilers().every(({ name, available }) => name !== 'swc' || !available)) {
    return ['dependency-cruiser has no parser for TypeScript 7: install the development package @swc/core']
  }
  const options = await extractOptions(join(root, 'scripts', 'dependency-cruiser.cjs'))
  const { output } = await cruise(['src', 'scripts'], { ...options, baseDir: root })
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text')
  const seen = new Set(output.modules.map((module) => module.source))
  const unseen = files.filter((file) => !seen.has(file)).map((file) => `${file} was not looked at`)
  const broken = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ')
    return `${rule.name}: ${from} → ${way}`
  })
  return [...unseen, ...broken]
}

function nameFaults(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const imports = readFileSync(join(root, file), 'utf8').match(/^(?:import|export)\b[^'"]*\bfrom\s*['"][^'"]+['"]/gm) ?? []
    const broken = namesForFew.filter(
      ({ name, files: allowed }) => !allowed.test(file) && imports.some((line) => new RegExp(`\\b${name}\\b`).test(line)),
    )
    return broken.map(({ name, why }) => `${name}: not for ${file}: ${why}`)
  })
}

process.chdir(root)
const files = await sourceFiles()
const faults = [...(await ruleFaults(files)), ...nameFaults(files)]
for (const fault of faults) console.log(fault)
console.log(`${files.length} files, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
