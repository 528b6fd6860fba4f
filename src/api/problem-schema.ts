import { z } from 'zod'
import { errorCodes } from '../kernel/index.ts'

/** RFC 9457, as every refusal under `/api` is written. */
export const problemAnswer = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'Names this request in the log of the service. It says nothing about the caller.' }),
    code: z.enum(errorCodes),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().meta({ description: 'RFC 6901, into the body or the query.' }),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' })
