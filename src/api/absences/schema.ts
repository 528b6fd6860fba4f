import { z } from 'zod'
import { absenceInput } from '../../accounts/index.ts'

const personAnswer = z.strictObject({ id: z.guid(), name: z.string() })

export const absenceBody = absenceInput.meta({ id: 'NewAbsence' })
export const absenceAnswer = z.strictObject({ id: z.guid() })
export const absencesAnswer = z
  .strictObject({
    items: z.array(z.strictObject({ id: z.guid(), person: personAnswer, from: z.iso.date(), to: z.iso.date() })),
    people: z.array(personAnswer).meta({ description: 'For whom you may enter days.' }),
  })
  .meta({ id: 'Absences' })
