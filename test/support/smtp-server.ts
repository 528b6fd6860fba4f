/** A mail server of the test's own, on this machine: TLS by STARTTLS, a login, and every letter as it came over the wire. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { Secret } from '../../src/kernel/index.ts'
import { createMailer, type Mailer } from '../../src/notifications/index.ts'

export const mailFrom = 'log@trust.example'
const login = { user: 'forthright', password: 'a password: with signs@in it' }

/** Good for nothing but this: a certificate for `localhost` until 2120, and its key. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIzfIgW8f3+gplG0
RiP6DNYjnFiZeGTlbNyjfgJ88UPchkagbWJxzhFTyyCXeahNR1KZD9i4OMz9dQPr
/ymgZ1qjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBQA4KeTlEloBjs8Afcl/rrP97Hf/jAKBggqhkjOPQQDAgNIADBF
AiEA7AWZO/8spTN7SvVgJe25uaAo/tkzUcpCPp4I2BCdUjYCIEhUhUvI8h7snjIy
mXLnBZYRs+x4OHzlwx/JgnxvY9jI
-----END CERTIFICATE-----
`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN59FIF1y2LXjdiI7
964UwgZzhon8tZmo1iW36RGQktShRANCAASM3yIFvH9/oKZRtEYj+gzWI5xYmXhk
5Wzco34CfPFD3IZGoG1icc4RU8sgl3moTUdSmQ/YuDjM/XUD6/8poGda
-----END PRIVATE KEY-----
`

export interface MailArrived {
  readonly to: readonly string[]
  /** Headers and all, as bytes in latin1. */
  readonly raw: string
  readonly encrypted: boolean
}

export interface MailHouse {
  readonly port: number
  readonly arrived: MailArrived[]
  /** The way there, by STARTTLS and with the right password unless told otherwise. */
  mailer(given?: { readonly password?: string; readonly tls?: 'implicit' | 'starttls' | 'none'; readonly trusted?: string }): Mailer
  stop(): Promise<void>
}

/** `port` given: a server that was stopped, up again at the same place. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailHouse> {
  const arrived: MailArrived[] = []
  const server = new SMTPServer({
    key,
    cert: certificate,
    onAuth: ({ username, password }, _session, done) =>
      username === login.user && password === login.password ? done(null, { user: 'x' }) : done(new Error('Invalid login of forthright')),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        arrived.push({ to, raw: Buffer.concat(parts).toString('latin1'), encrypted: session.secure })
        done()
      })
    },
    disableReverseLookup: true,
    closeTimeout: 200,
    ...options,
  })
  // A client that leaves in the middle is part of the test
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const at = (server.server.address() as AddressInfo).port
  return {
    port: at,
    arrived,
    mailer: ({ password = login.password, tls = 'starttls', trusted = certificate } = {}) =>
      createMailer({ host: 'localhost', port: at, tls, login: { user: login.user, password: new Secret(password) } }, mailFrom, {
        trusted,
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
