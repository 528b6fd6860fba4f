import type { z } from 'zod'
import { contactInput } from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import { invalid, type DateText } from '../../../../kernel/index.ts'
import { datePartsOf, dateTyped, type Typed } from '../../../staff/typed.ts'

export const contactNames = ['channel', ...datePartsOf('on'), 'minutes', 'note'] as const

export const contactFields = { '/on': 'on-day' } as const

/** The contact as the use case takes it. Refusal `invalid_input`. */
export function readContact(typed: Typed, today: DateText): z.output<typeof contactInput> {
  const on = dateTyped(typed, 'on')
  const minutes = typed.one('minutes').trim()
  const note = typed.one('note')
  const contact = readInput(contactInput, {
    channel: typed.has('channel') ? typed.one('channel') : undefined,
    on: on === '' ? undefined : on,
    // Digits alone, so that "90 min" is asked for again and not taken for something else
    minutes: minutes === '' ? undefined : /^\d{1,6}$/.test(minutes) ? Number(minutes) : minutes,
    ...(note.trim() !== '' && { note }),
  })
  // The use case says so too; here it is for the page that shows the form again
  if (contact.on > today) throw invalid('/on', 'in_the_future', 'This day has not come yet.')
  return contact
}
