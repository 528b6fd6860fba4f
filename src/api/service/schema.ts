import { z } from 'zod'

export const aliveAnswer = z.strictObject({ alive: z.literal(true) })
export const readyAnswer = z.strictObject({
  ready: z.boolean(),
  reasons: z.array(z.string()).meta({ description: 'Codes of what is missing; empty when ready.' }),
  warnings: z.array(z.string()).meta({ description: 'Codes of what works and should not stay so, as one guardian only.' }),
})
