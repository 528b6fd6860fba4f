import { z } from 'zod'

/** When somebody may be written to: nobody else should be looking over their shoulder then. */
export const partsOfDay = ['morning', 'afternoon', 'evening'] as const
export type PartOfDay = (typeof partsOfDay)[number]

/** The fixed time of each part, every day, Europe/London. */
export const timeOf: Readonly<Record<PartOfDay, string>> = { morning: '09:30', afternoon: '13:30', evening: '19:00' }

const address = z.string().trim().pipe(z.email('Write one e-mail address.').max(254))

export const noticesInput = z.strictObject({
  wants: z.boolean(),
  address: address.optional().meta({ description: 'Where to; needed where `wants` is true. Sealed for the background process alone.' }),
  part: z.enum(partsOfDay).optional().meta({ description: 'The part of the day, in London; needed where `wants` is true.' }),
  understood: z.boolean().optional().meta({ description: 'That who can see the mailbox may guess; needed where `wants` is true.' }),
})
export type NoticesInput = z.output<typeof noticesInput>

/** The same wish, said while raising. Whoever wants no notes leaves it out. */
export const noticesAsked = z
  .strictObject({
    address,
    part: z.enum(partsOfDay),
    understood: z.literal(true, 'Say that you understand the risk.').meta({ description: 'That who can see the mailbox may guess.' }),
  })
  .meta({
    description:
      'Asks for a note by mail when there is an answer: where to, and in which part of the day, in London. For somebody who is known. Sealed for the background process alone, and no part of the concern.',
  })

/** What is sealed for the background process. */
export const noticeWish = z.object({ address: z.string(), part: z.enum(partsOfDay) })
export type NoticeWish = z.output<typeof noticeWish>

/** Bytes of every wish before it is sealed: the length says nothing of the address. */
export const wishBytes = 512
