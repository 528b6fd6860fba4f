import { createTransport } from 'nodemailer'
import type { Secret } from '../kernel/index.ts'
import { domainOf } from './write-letter.ts'

/** The operator's mail server. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** From the first byte, by STARTTLS or not at all: the last to this machine only. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly login: { readonly user: string; readonly password: Secret<string> } | null
}

/** Why a letter did not go, as a code: what a server says may name people. */
export type MailFault = 'unreachable' | 'not_encrypted' | 'login_refused' | 'address_refused' | 'letter_refused'

/** Takes one letter to the server; null once the server has it. Never throws. */
export interface Mailer {
  send(letter: { readonly address: string; readonly message: string }): Promise<MailFault | null>
}

/** Faults that the next letter would meet too. */
export const isOfServer = (fault: MailFault): boolean => fault === 'unreachable' || fault === 'not_encrypted' || fault === 'login_refused'

export interface MailerOptions {
  /** Certificates (PEM) to believe in place of those of the machine: an organisation's own authority vouches for its server, and no other. */
  readonly trusted?: string | undefined
  /** Milliseconds for a connection, a greeting or an answer. All of a letter's stay below the shortest pause before its next try. */
  readonly patience?: number
}

/** The way to a mail server. To another machine there is no letter and no login without TLS 1.2 and a certificate that holds. */
export function createMailer({ host, port, tls, login }: SmtpServer, from: string, options: MailerOptions = {}): Mailer {
  const { trusted, patience = 10_000 } = options
  const transport = createTransport({
    host,
    port,
    // The domain of the sender, not what this machine calls itself
    name: domainOf(from),
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(login !== null && { auth: { user: login.user, pass: login.password.reveal() } }),
    tls: { minVersion: 'TLSv1.2', ...(trusted !== undefined && { ca: trusted }) },
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
  })
  return {
    send: async ({ address, message }) => {
      try {
        await transport.sendMail({ envelope: { from, to: [address] }, raw: message })
        return null
      } catch (error) {
        return faultOf(error)
      }
    },
  }
}

function faultOf(error: unknown): MailFault {
  const { code = '', command = '' } = error as { readonly code?: string; readonly command?: string }
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login_refused'
  if (code === 'ETLS' || code === 'EREQUIRETLS' || command === 'STARTTLS' || isOfCertificate(error)) return 'not_encrypted'
  if (code === 'EENVELOPE') return 'address_refused'
  return code === 'EMESSAGE' ? 'letter_refused' : 'unreachable'
}

/** Node's own codes for a certificate that does not hold come through as the cause or the code. */
function isOfCertificate(error: unknown): boolean {
  const {
    code = '',
    cause,
    message = '',
  } = error as { readonly code?: string; readonly cause?: { readonly code?: string }; readonly message?: string }
  return (
    [code, cause?.code ?? ''].some((text) => /CERT|SELF_SIGNED|ISSUER|ERR_TLS|ERR_SSL/.test(text)) || /certificate|altnames/i.test(message)
  )
}
