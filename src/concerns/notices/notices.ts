import { z } from 'zod'

/** When somebody may be written to: nobody else should be looking over their shoulder then. */
export const partsOfDay = ['morning', 'afternoon', 'evening'] as const
export type PartOfDay = (typeof partsOfDay)[number]

/** The fixed time of each part, every day, Europe/London. */
export const timeOf: Readonly<Record<PartOfDay, string>> = { morning: '09:30', afternoon: '13:30', evening: '19:00' }

export const noticesInput = z.strictObject({
  wants: z.boolean(),
  address: z
    .string()
    .trim()
    .pipe(z.email('Write one e-mail address.').max(254))
    .optional()
    .meta({ description: 'Where to; needed where `wants` is true. Sealed for the background process alone.' }),
  part: z.enum(partsOfDay).optional().meta({ description: 'The part of the day, in London; needed where `wants` is true.' }),
  understood: z.boolean().optional().meta({ description: 'That who can see the mailbox may guess; needed where `wants` is true.' }),
})
export type NoticesInput = z.output<typeof noticesInput>

/** What is sealed for the background process. */
export const noticeWish = z.object({ address: z.string(), part: z.enum(partsOfDay) })
export type NoticeWish = z.output<typeof noticeWish>

/** Bytes of every wish before it is sealed: the length says nothing of the address. */
export const wishBytes = 512
