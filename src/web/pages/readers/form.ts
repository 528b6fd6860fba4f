import { z } from 'zod'
import { raiseInput, type DraftAnswers, type Reader } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const { about, recipient, deputyMayRead, standby } = raiseInput.shape
const aboutAnswers = z.object({ about })
const doorAnswers = z.object({ recipient: recipient.unwrap(), deputyMayRead: deputyMayRead.optional(), standby })

/** Ticked readers by id, then each line of the box. An id that is nobody's on the page is dropped: it could exclude nobody. */
export function readAbout(form: FormFields, readers: readonly Pick<Reader, 'id'>[]): DraftAnswers {
  const known = form.many('readers').filter((id) => readers.some((reader) => reader.id === id))
  const lines = form.one('about').split(/\r\n?|\n/)
  return readInput(aboutAnswers, { about: [...known, ...lines.map((line) => line.trim()).filter((line) => line !== '')] })
}

/** Left empty, each question keeps the contract's default: the deputy may read, and the non-executive lead does not step in. */
export function readDoor(form: FormFields): DraftAnswers {
  return readInput(doorAnswers, {
    recipient: form.one('recipient'),
    deputyMayRead: yesOrNo(form.one('deputyMayRead')),
    standby: yesOrNo(form.one('standby')),
  })
}

const yesOrNo = (text: string): boolean | string | undefined => (text === 'yes' ? true : text === 'no' ? false : text || undefined)
