import { demonstrationPeople } from './accounts/index.ts'
import type { Config } from './config/index.ts'

interface Started {
  readonly config: Config
  readonly where: string
  readonly putAside: string | null
  readonly milliseconds: number
  /** False until it has been set up. */
  readonly open: boolean
  readonly warnings: readonly 'one_guardian'[]
}

/** What whoever started it reads on the console: where to go, where the data lies and, in a demonstration, who may sign in. */
export function greet({ config, where, putAside, milliseconds, open, warnings }: Started): void {
  const lines = [
    '',
    `Forthright is ready at ${config.http.publicOrigin} (after ${(milliseconds / 1000).toFixed(1)} s)`,
    `  Data: ${where}; secrets in ${config.data.secretsDir}`,
    ...(putAside === null ? [] : [`  An older database without its secrets was put aside: ${putAside}`]),
    ...(config.mode === 'demonstration' ? demonstration(config) : [open ? openForReal : closed]),
    ...warnings.map((warning) => `  Warning: ${warningWords[warning]}`),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const openForReal = '  Real mode: open. People can raise concerns.'
const closed = '  Real mode, closed: nobody has set it up. Stop it, run npm run setup, and start it again.'
const warningWords = {
  one_guardian: 'there is only one guardian for a team that receives concerns. While that one is away, nobody reads them.',
} as const

function demonstration(config: Config): string[] {
  const [first] = demonstrationPeople
  return [
    '  Demonstration. Do not raise real concerns here.',
    ...demonstrationPeople.map(
      ({ name, email, roles, deputy }) =>
        `    ${name.padEnd(16)} ${email.padEnd(28)} ${roles.join(', ').replaceAll('_', ' ')}${deputy ? ' (deputy)' : ''}`,
    ),
    `  Password of each: ${first?.password ?? ''}`,
    `  Second factor of each: an authenticator app with the key ${first?.totpSeed ?? ''}, or: npm run code`,
    ...(config.sampleConcerns ? ['  Ten sample concerns are being added now.'] : []),
  ]
}
