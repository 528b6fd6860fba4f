import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { ConfigFault, loadConfig } from '../../../src/config/index.ts'
import { certificate } from '../../support/smtp-server.ts'

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults
    throw error
  }
  return []
}

const witness = `https://witness.example witness.example+0a1b2c3d+${'A'.repeat(44)}`

describe('the mode follows from what is set', () => {
  const cases: [string, Record<string, string>, 'demonstration' | 'real'][] = [
    ['nothing', {}, 'demonstration'],
    ['only where it listens, its folder and no samples', { PORT: '4000', DATA_DIR: '/tmp/x', DEMO_CONCERNS: '0' }, 'demonstration'],
    ['settings that are not ours', { PATH: '/bin', NODE_ENV: 'test', HOME: '/root' }, 'demonstration'],
    ['one of ours that is empty', { PUBLIC_ORIGIN: ' ' }, 'demonstration'],
    ['production', { NODE_ENV: 'production' }, 'real'],
    [
      'a database of the operator',
      { DATABASE_URL: 'postgres://app@127.0.0.1/forthright', DATABASE_SIGNER_URL: 'postgres://signer@127.0.0.1/forthright' },
      'real',
    ],
    ['witnesses', { WITNESSES: witness }, 'real'],
    ['an origin', { PUBLIC_ORIGIN: 'https://speak.example.org' }, 'real'],
    ['a proxy', { TRUST_PROXY: 'none' }, 'real'],
    ['a host to listen on', { BIND_HOST: '127.0.0.1' }, 'real'],
  ]
  test.each(cases)('%s', (_, env, mode) => {
    const needsOrigin = mode === 'real' && env['PUBLIC_ORIGIN'] === undefined
    expect(faultsOf(env)).toEqual(needsOrigin ? [expect.stringMatching(/^PUBLIC_ORIGIN must be given in real mode/)] : [])
    expect(loadConfig(needsOrigin ? { ...env, PUBLIC_ORIGIN: 'https://a.example' } : env).mode).toBe(mode)
  })

  test('a demonstration listens on this machine only, on 3000, with sample concerns and a server of our own', () => {
    expect(loadConfig({})).toMatchObject({
      http: { port: 3000, bindHost: '127.0.0.1', publicOrigin: 'http://127.0.0.1:3000', trustProxy: false },
      database: { kind: 'embedded' },
      sampleConcerns: true,
    })
    expect(loadConfig({ DEMO_CONCERNS: '0' }).sampleConcerns).toBe(false)
  })

  test('real mode never has sample concerns, and says so where they are asked for', () => {
    expect(loadConfig({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://a.example' }).sampleConcerns).toBe(false)
    expect(faultsOf({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://a.example', DEMO_CONCERNS: '1' })).toEqual([
      expect.stringContaining('DEMO_CONCERNS'),
    ])
  })
})

describe('an origin other machines would use has to be https', () => {
  test.each([
    'http://speak.example.org',
    'http://10.0.0.4:3000',
    'ftp://x',
    'https://a.example/path',
    'https://u:p@a.example',
    'a.example',
    'https://a.example?x',
  ])('%s stops the start', (origin) => {
    expect(faultsOf({ PUBLIC_ORIGIN: origin })).toEqual([expect.stringMatching(/^PUBLIC_ORIGIN must be https/)])
  })

  test.each([
    'https://speak.example.org',
    'https://speak.example.org:8443',
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])('%s is taken', (origin) => {
    expect(loadConfig({ PUBLIC_ORIGIN: origin }).http.publicOrigin).toBe(origin)
  })

  test('listening to other machines without saying under which origin stops the start', () => {
    expect(faultsOf({ BIND_HOST: '0.0.0.0' })).toEqual([expect.stringContaining('PUBLIC_ORIGIN')])
    expect(loadConfig({ BIND_HOST: '0.0.0.0', PUBLIC_ORIGIN: 'https://a.example' }).http.bindHost).toBe('0.0.0.0')
  })
})

describe('a database on another machine is reached only where the way there is sealed and its name is checked', () => {
  const local = 'postgres://app@127.0.0.1/forthright'
  const origin = { PUBLIC_ORIGIN: 'https://a.example', DATABASE_SIGNER_URL: local }
  test.each([
    'postgres://app@db.example/forthright',
    'postgres://app@10.0.0.7/forthright?sslmode=require',
    'postgres://app@10.0.0.7/forthright?sslmode=disable',
    'postgres://app@db.example/forthright?sslmode=no-verify',
    'postgres://app@localhost/forthright?host=db.example',
  ])('%s stops the start', (url) => {
    expect(faultsOf({ ...origin, DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL must end in sslmode=verify-full/)])
    expect(faultsOf({ ...origin, DATABASE_URL: local, DATABASE_OWNER_URL: url })).toEqual([expect.stringMatching(/^DATABASE_OWNER_URL/)])
    expect(faultsOf({ ...origin, DATABASE_URL: local, DATABASE_SIGNER_URL: url })).toEqual([expect.stringMatching(/^DATABASE_SIGNER_URL/)])
  })

  test.each([
    'postgres://app@127.0.0.1/forthright',
    'postgres://app@localhost:5433/forthright',
    'postgres://app@[::1]/forthright',
    'postgres:///forthright?host=/var/run/postgresql',
    'postgres://app@%2Fvar%2Frun%2Fpostgresql/forthright',
    'postgres://app@db.example/forthright?sslmode=verify-full',
  ])('%s is taken', (url) => {
    expect(faultsOf({ ...origin, DATABASE_URL: url })).toEqual([])
  })

  test('without the login that signs its log, it stops the start', () => {
    expect(faultsOf({ PUBLIC_ORIGIN: 'https://a.example', DATABASE_URL: local })).toEqual([
      expect.stringMatching(/^DATABASE_URL needs DATABASE_SIGNER_URL/),
    ])
    expect(faultsOf(origin)).toEqual([expect.stringMatching(/^DATABASE_SIGNER_URL needs DATABASE_URL/)])
  })
})

describe('a mail server is reached with a login, and over a network with TLS alone', () => {
  const base = { PUBLIC_ORIGIN: 'https://a.example', MAIL_FROM: 'log@trust.example' }
  const login = { user: 'forthright', password: 'pass word@1' }
  test.each([
    ['smtp://forthright:pass%20word%401@mail.example', { host: 'mail.example', port: 587, tls: 'starttls', login }],
    ['smtps://forthright:pass%20word%401@mail.example', { host: 'mail.example', port: 465, tls: 'implicit', login }],
    ['smtp://forthright:pass%20word%401@10.0.0.8:2525/', { host: '10.0.0.8', port: 2525, tls: 'starttls', login }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'none', login: null }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'none', login: null }],
    ['smtps://forthright:pass%20word%401@127.0.0.1', { host: '127.0.0.1', port: 465, tls: 'implicit', login }],
  ])('%s is taken', (url, server) => {
    expect(loadConfig({ ...base, SMTP_URL: url }).mail?.smtp()).toEqual({ ...server, trusted: null })
  })

  test.each([
    'mail.example',
    'https://forthright:secret@mail.example',
    'smtp://mail.example',
    'smtp://forthright@mail.example',
    'smtp://:secret@mail.example',
    'smtp://forthright@localhost',
    'smtp://forthright:secret@mail.example/path',
    'smtp://forthright:secret@mail.example?ignoreTLS=true',
    'smtp://forthright:secret@mail.example#x',
    'smtp://forthright:%zz@mail.example',
    'smtp://forthright:secret@',
  ])('%s stops the start, and is not told', (url) => {
    const faults = faultsOf({ ...base, SMTP_URL: url })
    expect(faults).toEqual([expect.stringMatching(/^SMTP_URL must be smtp:/)])
    expect(faults.join(' ')).not.toMatch(/secret|mail\.example\/|%zz/)
  })

  test.each(['log', 'log@trust', 'Log <log@trust.example>', 'a@b.example,c@d.example', 'a@b.example\nBcc: c@d.example'])(
    'letters from “%s” stop the start',
    (address) => {
      expect(faultsOf({ ...base, MAIL_FROM: address, SMTP_URL: 'smtp://localhost' })).toEqual([
        expect.stringMatching(/^MAIL_FROM must be one plain e-mail address/),
      ])
    },
  )

  test('one without the other stops the start; neither means that nothing is sent; a demonstration has none', () => {
    expect(faultsOf({ PUBLIC_ORIGIN: 'https://a.example', SMTP_URL: 'smtp://localhost' })).toEqual([expect.stringContaining('MAIL_FROM')])
    expect(faultsOf(base)).toEqual([expect.stringContaining('SMTP_URL')])
    expect(loadConfig({ PUBLIC_ORIGIN: 'https://a.example' }).mail).toBeNull()
    expect(loadConfig({})).toMatchObject({ mode: 'demonstration', mail: null })
  })

  test('printing the configuration prints no password', () => {
    const config = loadConfig({ ...base, SMTP_URL: 'smtp://forthright:hush-hush@mail.example' })
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('hush-hush')
  })
})

describe('an authority of one’s own vouches for the mail server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-config-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const base = { PUBLIC_ORIGIN: 'https://a.example', MAIL_FROM: 'log@trust.example', SMTP_URL: 'smtps://a:b@mail.example' }

  test('from a file with certificates; one that is not there or holds none stops the start', () => {
    const path = file('ca.pem', certificate)
    expect(loadConfig({ ...base, SMTP_CA_FILE: path }).mail?.smtp().trusted).toBe(certificate)
    for (const wrong of [join(folder, 'none.pem'), file('key.pem', 'no certificate')])
      expect(faultsOf({ ...base, SMTP_CA_FILE: wrong })).toEqual([expect.stringMatching(/^SMTP_CA_FILE must be the path/)])
    expect(faultsOf({ PUBLIC_ORIGIN: 'https://a.example', SMTP_CA_FILE: path })).toEqual(['SMTP_CA_FILE needs SMTP_URL beside it'])
  })
})

describe('who is on call is reached by a program or an address of the operator’s', () => {
  const base = { PUBLIC_ORIGIN: 'https://a.example' }

  test('one of them, and printing the configuration prints no secret of the address', () => {
    expect(loadConfig({ ...base, URGENT_COMMAND: '/usr/local/bin/page' }).calls).toEqual({ kind: 'command', path: '/usr/local/bin/page' })
    const config = loadConfig({ ...base, URGENT_WEBHOOK: 'https://sms.example/send?key=hush-hush' })
    expect(config.calls).toMatchObject({ kind: 'webhook' })
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('hush-hush')
    expect(loadConfig(base).calls).toBeNull()
  })

  test.each([
    ['URGENT_COMMAND', 'page --now'],
    ['URGENT_COMMAND', 'bin/page'],
    ['URGENT_WEBHOOK', 'http://sms.example/send'],
    ['URGENT_WEBHOOK', 'https://me:secret@sms.example/send'],
    ['URGENT_WEBHOOK', 'file:///etc/passwd'],
  ])('%s is not %s', (name, value) => {
    expect(faultsOf({ ...base, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))])
  })

  test('not both', () => {
    expect(faultsOf({ ...base, URGENT_COMMAND: '/bin/true', URGENT_WEBHOOK: 'https://sms.example' })).toEqual([
      expect.stringMatching(/^URGENT_COMMAND and URGENT_WEBHOOK do not go together/),
    ])
  })
})

describe('witnesses are named with address and key', () => {
  const origin = { PUBLIC_ORIGIN: 'https://a.example' }
  test('one a line or with commas between', () => {
    const second = witness.replaceAll('witness.example', 'staff-side.example')
    for (const between of [', ', '\n', ',\n'.slice(0, 1)]) {
      expect(loadConfig({ ...origin, WITNESSES: `${witness}${between}${second}` }).witnesses).toEqual([
        { url: 'https://witness.example', verifierKey: witness.split(' ')[1] },
        { url: 'https://staff-side.example', verifierKey: second.split(' ')[1] },
      ])
    }
    expect(loadConfig(origin).witnesses).toEqual([])
  })

  test.each([
    'https://witness.example',
    `witness.example+0a1b2c3d+${'A'.repeat(44)}`,
    `${witness} more`,
    `${witness},,`,
    witness.replace('https', 'ftp'),
    witness.replace('https', 'http'),
    witness.slice(0, -1),
  ])('%s stops the start', (given) => {
    expect(faultsOf({ ...origin, WITNESSES: given })).toEqual([expect.stringMatching(/^WITNESSES must be addresses of witnesses/)])
  })
})

describe('a proxy is trusted only as far as somebody said', () => {
  test.each([
    ['none', false],
    ['1', 1],
    ['10.0.0.0/8, 192.168.1.4', ['10.0.0.0/8', '192.168.1.4']],
    ['loopback,fd00::/8', ['loopback', 'fd00::/8']],
  ])('%s', (given, trusted) => {
    expect(loadConfig({ TRUST_PROXY: given, PUBLIC_ORIGIN: 'https://a.example' }).http.trustProxy).toEqual(trusted)
  })

  test.each(['true', 'all', '0', '10.0.0.0/33', '10.0.0', '*', '1.2.3.4/8/8'])('%s stops the start', (given) => {
    expect(faultsOf({ TRUST_PROXY: given, PUBLIC_ORIGIN: 'https://a.example' })).toEqual([expect.stringMatching(/^TRUST_PROXY/)])
  })
})

test('every fault is told at once, by name and never by value', () => {
  const secretish = 'hunter2'
  const faults = faultsOf({
    PORT: `${secretish}1`,
    DATABASE_OWNER_URL: `mysql://${secretish}`,
    TRUST_PROXY: secretish,
    PUBLIC_ORIGIN: secretish,
    BIND_HOST: secretish,
  })
  const text = faults.join('\n')
  for (const name of ['PORT', 'DATABASE_OWNER_URL', 'TRUST_PROXY', 'PUBLIC_ORIGIN', 'BIND_HOST']) expect(text).toContain(name)
  expect(text).toContain('DATABASE_OWNER_URL needs DATABASE_URL')
  expect(text).not.toContain(secretish)
})

test('ports outside the range stop the start, those inside are taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 99_999 }), (port) => {
      const sound = port >= 1 && port <= 65_535
      expect(faultsOf({ PORT: String(port) }).length === 0).toBe(sound)
    }),
  )
})

test('printing the configuration shows no password of the database', () => {
  const config = loadConfig({
    DATABASE_URL: 'postgres://app:hunter2@db/forthright?sslmode=verify-full',
    DATABASE_OWNER_URL: 'postgres://owner:hunter3@db/forthright?sslmode=verify-full',
    DATABASE_SIGNER_URL: 'postgres://signer:hunter4@db/forthright?sslmode=verify-full',
    PUBLIC_ORIGIN: 'https://a.example',
  })
  expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('hunter')
  expect(config.database.kind === 'operators' && config.database.url()).toContain('hunter2')
})
