/** `npm run check`: types, lint, imports, unused code, format. Every step runs; the faults of all are printed, then it fails. */
import { spawn } from 'node:child_process'
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

interface Outcome {
  readonly name: string
  readonly failed: boolean
  readonly seconds: string
  readonly output: string
}

function run({ name, command: [file, ...args] }: (typeof steps)[number]): Promise<Outcome> {
  const started = performance.now()
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`
  const child = spawn(file, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => {
    const end = (failed: boolean) => resolve({ name, failed, seconds: ((performance.now() - started) / 1000).toFixed(1), output })
    child.once('error', (error) => {
      output += error.message
      end(true)
    })
    child.once('close', (code) => end(code !== 0))
  })
}

const failed: string[] = []
// All begin at once, since most use one processor; what they say is told in their order
for (const outcome of steps.map(run)) {
  const { name, failed: fails, seconds, output } = await outcome
  console.log(`${fails ? 'FAIL' : 'ok  '} ${name} (${seconds} s)`)
  if (!fails) continue
  failed.push(name)
  console.log(output.trimEnd())
}
if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
