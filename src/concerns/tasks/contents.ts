import { z } from 'zod'

// INTERNAL: what handlers write of a task. The log holds its id and date alone.

export const taskContent = z.object({ title: z.string(), ownerId: z.string().nullable(), ownerName: z.string().nullable() })
export type TaskContent = z.infer<typeof taskContent>

/** How a task ended, or why its date moved. */
export const taskNote = z.object({ evidence: z.string().optional(), reason: z.string().optional() })
export type TaskNote = z.infer<typeof taskNote>
