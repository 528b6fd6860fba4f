import { z } from 'zod'
import { raiseInput, type DraftAnswers, type Reader } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

const { about, recipient, deputyMayRead } = raiseInput.shape
const aboutAnswers = z.object({ about })
const doorAnswers = z.object({ recipient: recipient.unwrap(), deputyMayRead: deputyMayRead.optional() })

/** Ticked readers by id, then each line of the box. An id that is nobody's on the page is dropped: it could exclude nobody. */
export function readAbout(form: FormFields, readers: readonly Pick<Reader, 'id'>[]): DraftAnswers {
  const known = form.many('readers').filter((id) => readers.some((reader) => reader.id === id))
  const lines = form.one('about').split(/\r\n?|\n/)
  return readInput(aboutAnswers, { about: [...known, ...lines.map((line) => line.trim()).filter((line) => line !== '')] })
}

/** Left empty, the deputy question keeps the contract's default: the deputy may read. */
export function readDoor(form: FormFields): DraftAnswers {
  const deputy = form.one('deputyMayRead')
  return readInput(doorAnswers, {
    recipient: form.one('recipient'),
    deputyMayRead: deputy === 'yes' ? true : deputy === 'no' ? false : deputy || undefined,
  })
}
