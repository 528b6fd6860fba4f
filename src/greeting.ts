import { demonstrationPeople } from './accounts/index.ts'
import type { Config } from './config/index.ts'

interface Started {
  readonly config: Config
  readonly where: string
  readonly putAside: string | null
  readonly milliseconds: number
}

/** What whoever started it reads on the console: where to go, where the data lies and, in a demonstration, who may sign in. */
export function greet({ config, where, putAside, milliseconds }: Started): void {
  const lines = [
    '',
    `Forthright is ready at ${config.http.publicOrigin} (after ${(milliseconds / 1000).toFixed(1)} s)`,
    `  Data: ${where}; secrets in ${config.data.secretsDir}`,
    ...(putAside === null ? [] : [`  An older database without its secrets was put aside: ${putAside}`]),
    ...(config.mode === 'demonstration' ? demonstration(config) : ['  Real mode. It stays closed until it has been set up.']),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

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
