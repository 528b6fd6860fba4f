import { z } from 'zod'
import { riskGrades } from '../../workflow/index.ts'
import { recordingFields, recordingRules } from '../on-behalf/on-behalf-input.ts'
import { raiseFields } from '../raising/raise-input.ts'
import { shortText, writtenText } from '../texts.ts'

/** How a short talk can end. Whatever needs looking into takes the long road. */
export const concludedOutcomes = ['advice_given', 'resolved_informally'] as const

const {
  narrative: _narrative,
  identity: _identity,
  recipient: _recipient,
  deputyMayRead: _deputy,
  standby: _standby,
  ...fields
} = raiseFields

/** "Contact, advised and concluded": all that recording asks for, and all that its steps would, in one. */
export const concludedInput = z
  .strictObject({
    ...fields,
    ...recordingFields,
    treatedBadly: raiseFields.treatedBadly
      .unwrap()
      .meta({ description: 'Asked, and not left open: somebody treated badly is not concluded with.' }),
    title: shortText(120),
    riskGrade: z.enum(riskGrades).meta({ description: 'Only `low` takes this road.' }),
    agreed: z.boolean().meta({ description: 'Whether the person agreed that this settles it.' }),
    outcome: z.enum(concludedOutcomes),
    learning: writtenText(10_000, 'Say what was learned, or that nothing was.'),
    message: writtenText(10_000, 'Write what you advised or agreed.').meta({
      description: 'What was advised or agreed: the person can read it.',
    }),
  })
  .refine(...recordingRules.oneText)
  .refine(...recordingRules.notBoth)
  .refine(...recordingRules.anonymousHasNoName)

export type ConcludedInput = z.output<typeof concludedInput>
