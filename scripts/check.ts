/** `npm run check`: types, lint, imports, unused code, format. Every step runs; the faults of all are printed, then it fails. */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
const tool = (name: string): string => join(bin, name)

const steps: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: 'types', command: [tool('tsc'), '-p', '.'] },
  { name: 'lint', command: [tool('oxlint'), '--type-aware', '-c', 'scripts/oxlint.json', 'src', 'scripts', 'test', 'prisma'] },
  { name: 'imports', command: [process.execPath, 'scripts/check-imports.ts'] },
  { name: 'unused code', command: [tool('knip'), '--config', 'scripts/knip.json', '--no-progress'] },
  {
    name: 'format',
    command: [
      tool('prettier'),
      '--config',
      'scripts/prettier.json',
      '--log-level',
      'warn',
      '--check',
      'package.json',
      '{src,scripts,test,prisma}/**/*.{ts,cjs,json,css}',
      '!src/database/generated/**',
      '!src/demonstration/cases/**',
    ],
  },
]

function run({ name, command: [file, ...args] }: (typeof steps)[number]): boolean {
  const started = performance.now()
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  if (status !== 0) console.log([error?.message, stdout, stderr].filter(Boolean).join('\n').trimEnd())
  return status === 0
}

const failed = steps.filter((step) => !run(step)).map((step) => step.name)
if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
