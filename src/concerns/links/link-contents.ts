import { z } from 'zod'

/** How two concerns belong together. Neither is a merging: each keeps its person, its code, its clocks and its wall. */
export const linkRelations = ['linked', 'joint'] as const
export type LinkRelation = (typeof linkRelations)[number]

/** INTERNAL, one in each of the concerns: which others it is linked to. A link has the same id on both sides. */
export const linkContent = z.object({
  relation: z.enum(linkRelations),
  links: z.array(z.object({ link: z.string(), other: z.string(), reference: z.string() })),
  note: z.string().nullable(),
})
export type LinkContent = z.infer<typeof linkContent>

/** INTERNAL, one on both sides: that link is no more. */
export const unlinkContent = z.object({ link: z.string() })
export type UnlinkContent = z.infer<typeof unlinkContent>
