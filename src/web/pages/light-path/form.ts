import type { Typed } from '../../staff/typed.ts'
import { controls as sharedControls, readShared, sharedNames } from '../record-concern/form.ts'

export const lightNames = [...sharedNames, 'title', 'message', 'outcome', 'settled', 'learning'] as const

/**
 * The boxes as the use case's input, not yet judged. Each tick is an answer: without it the risk is not said to be low, nor anybody to be
 * well treated or to agree.
 */
export function readConcluded(typed: Typed): Readonly<Record<string, unknown>> {
  const settled = new Set(typed.many('settled'))
  return {
    ...readShared(typed, false),
    title: typed.one('title'),
    riskGrade: settled.has('lowRisk') ? 'low' : 'medium',
    treatedBadly: settled.has('notTreatedBadly') ? 'no' : 'worried',
    agreed: settled.has('agreed'),
    outcome: typed.one('outcome'),
    learning: typed.one('learning'),
    message: typed.one('message'),
  }
}

export const controls: Readonly<Record<string, string>> = {
  ...sharedControls,
  '/riskGrade': 'settled',
  '/treatedBadly': 'settled',
  '/agreed': 'settled',
}
