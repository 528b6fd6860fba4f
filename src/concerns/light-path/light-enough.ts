import { Refusal, type Fault } from '../../kernel/index.ts'
import type { ConcludedInput } from './concluded-input.ts'

type Judged = Pick<ConcludedInput, 'riskGrade' | 'elements' | 'treatedBadly' | 'immediateDanger' | 'agreed'>

/**
 * Whether a concern may take the light path: a low risk, nobody's safety as a patient, nobody treated badly or afraid of it, and a person who
 * agrees that this settles it. Each has a fault of its own; what the steps themselves ask for, they ask. Refusal `invalid_input`.
 */
export function assertLightEnough({ riskGrade, elements, treatedBadly, immediateDanger, agreed }: Judged): void {
  const faults: Fault[] = [
    ...unless(riskGrade === 'low', '/riskGrade', 'not_low_risk', 'Only a low risk can be concluded at once. Record it and triage it.'),
    ...unless(
      !elements.includes('patient_safety_quality'),
      '/elements',
      'patient_safety',
      'Patient safety is never concluded at once. Record it and triage it.',
    ),
    ...unless(
      treatedBadly === 'no',
      '/treatedBadly',
      'treated_badly',
      'Somebody who is treated badly, or fears it, needs more than a talk. Record it and make a plan.',
    ),
    ...unless(
      immediateDanger === undefined || immediateDanger === 'no',
      '/immediateDanger',
      'in_danger',
      'Where somebody may be in danger nothing is concluded at once. Record it and act.',
    ),
    ...unless(agreed, '/agreed', 'not_agreed', 'The person has to agree that this settles it. Otherwise record it and triage it.'),
  ]
  if (faults.length > 0) throw new Refusal('invalid_input', { faults })
}

function unless(holds: boolean, pointer: string, code: string, detail: string): Fault[] {
  return holds ? [] : [{ pointer, code, detail }]
}
