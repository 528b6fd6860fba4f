/**
 * `npm run setup`: makes an empty database that of a real organisation, in a conversation. Everything is asked first and written last, in one
 * transaction: whoever stops it in the middle leaves nothing behind but the server's secrets, which the next run uses.
 */
import { compose } from '../src/composition.ts'
import { ConfigFault, type Config } from '../src/config/index.ts'
import { CannotStart, openServer } from '../src/database/index.ts'
import { createLog } from '../src/kernel/index.ts'
import { refuseSecondSetUp, setUpOrganisation } from '../src/set-up.ts'
import { readStartUp } from '../src/start-up.ts'
import { holdCeremony } from './setup/ceremony.ts'
import { fingerprintPage, keepFingerprints } from './setup/fingerprint-page.ts'
import { askOrganisation } from './setup/organisation.ts'
import { enrol } from './setup/people.ts'
import { any, Interrupted, openTerminal, type Terminal } from './setup/terminal.ts'

const beginning = [
  '',
  'Setting up Forthright for a real organisation',
  '',
  '  Two people sit here now: the first guardian and the first administrator, each with an authenticator app.',
  '  Three people will keep a piece of the recovery key: have three sheets of paper, three envelopes and a pen.',
  '  Nobody else should see this screen. Nothing is stored until the end, and Ctrl+C leaves nothing behind.',
  '  docs/deployment.md and docs/recovery.md say more.',
]

async function main(terminal: Terminal): Promise<void> {
  const startUp = { ...readStartUp(process.env), log: createLog(true) }
  if (startUp.config.mode !== 'real')
    throw new CannotStart(
      'Setup is for real mode. Set NODE_ENV=production and PUBLIC_ORIGIN=https://… for this command and for npm start (docs/deployment.md).',
    )
  const server = await openServer(startUp.server, startUp.log)
  try {
    const service = await compose(startUp, server.app, { maxConnections: 4 })
    try {
      await setUp(terminal, service.accountsDeps, startUp.config)
    } finally {
      await service.close()
    }
  } finally {
    await server.stop()
  }
}

async function setUp(
  terminal: Terminal,
  deps: Awaited<ReturnType<typeof compose>>['accountsDeps'],
  { data: { dir, secretsDir }, http: { publicOrigin } }: Pick<Config, 'data' | 'http'>,
): Promise<void> {
  await refuseSecondSetUp(deps)
  terminal.say(...beginning, '', '1. The organisation', '')
  const settings = await askOrganisation(terminal, deps.clock)
  terminal.say('', '2. The first guardian', '')
  const guardian = await enrol(terminal, deps, settings.organisation, 'guardian', null)
  terminal.say('', '3. The first administrator', '')
  const administrator = await enrol(terminal, deps, settings.organisation, 'administrator', guardian.person)
  terminal.say('', '4. The recovery key', '')
  const recovery = await holdCeremony(terminal, deps.random)
  terminal.say(
    '',
    '5. Opening',
    '',
    `  ${settings.organisation}: guardian ${guardian.person.name}, administrator ${administrator.person.name}.`,
  )
  await terminal.ask('Type OPEN to store all of this:', (answer) =>
    answer.toUpperCase() === 'OPEN' ? any(answer) : { wrong: 'Type OPEN, or press Ctrl+C to leave everything as it was.' },
  )
  await setUpOrganisation(deps, { settings, guardian, administrator, recovery })
  const page = fingerprintPage({ settings, guardian, administrator, recovery, now: deps.clock.now() })
  terminal.say('', page)
  terminal.say(...ending(keepFingerprints(dir, page), secretsDir, publicOrigin))
}

function ending(file: string, secretsDir: string, publicOrigin: string): string[] {
  return [
    '',
    'Set up. Now:',
    `  1. Print ${file} and keep it with the three envelopes. There is no secret on it.`,
    `  2. Copy ${secretsDir} to a place apart from the database's backups. Lost, it locks everybody out.`,
    '  3. npm start, with the same settings; where it runs already, start it again.',
    `  4. Let the administrator sign in at ${publicOrigin}/sign-in and invite a second guardian, whom the first countersigns: with one, nobody reads concerns while that one is away.`,
    '',
  ]
}

const terminal = openTerminal()
try {
  await main(terminal)
} catch (error) {
  const told = error instanceof CannotStart || error instanceof ConfigFault
  if (error instanceof Interrupted) process.stderr.write('\nStopped. Nothing was set up: npm run setup starts from the beginning.\n')
  else
    process.stderr.write(
      told ? `${error.message}\n` : `Setup failed and stored nothing (${error instanceof Error ? error.name : 'unknown'}).\n`,
    )
  process.exitCode = 1
} finally {
  terminal.close()
}
