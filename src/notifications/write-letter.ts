import type Mail from 'nodemailer/lib/mailer'
import MailComposer from 'nodemailer/lib/mail-composer'

/** A letter before it is one: to one person, in plain words, with files of text. */
export interface Letter {
  /** Its name for ever: a letter that is sent again is known by it as the same. */
  readonly id: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly writtenAt: Temporal.Instant
  /** The member of staff it is for: not sent where they have lost every role by then. */
  readonly personId?: string
}

/** Bytes of every letter, or a multiple: what is in one cannot be told from its size. */
const measure = 8_192
const lineOfFilling = 70

/**
 * The whole letter as it goes over the wire (RFC 5322), the same whenever it is made again, and of a size that says nothing: the last lines of its
 * text only fill it up.
 */
export async function writeLetter(letter: Letter, from: string): Promise<string> {
  const least = (await compose(letter, from, 1)).length
  const size = Math.ceil(least / measure) * measure
  return compose(letter, from, size - least + 1)
}

async function compose({ id, to, subject, text, files, writtenAt }: Letter, from: string, filling: number): Promise<string> {
  const options: Mail.Options & { readonly baseBoundary: string } = {
    from,
    to: { name: to.name, address: to.address },
    subject,
    // With bare line feeds the encoder breaks lines of its own, and the size could not be reckoned
    text: `${text}\n${fillingOf(filling)}`.replaceAll('\n', '\r\n'),
    textEncoding: 'quoted-printable',
    attachments: files.map((file) => ({
      filename: file.name,
      content: file.text,
      contentType: 'text/plain; charset=utf-8',
      contentTransferEncoding: 'base64',
    })),
    date: new Date(writtenAt.epochMilliseconds),
    messageId: `<${id}@${domainOf(from)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return (await new MailComposer(options).compile().build()).toString('latin1')
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** So many bytes on the wire, where each line but the last ends in two. */
function fillingOf(bytes: number): string {
  const full = Math.floor((bytes - 1) / (lineOfFilling + 2))
  return `${'~'.repeat(lineOfFilling)}\n`.repeat(full) + '~'.repeat(bytes - full * (lineOfFilling + 2))
}
