import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { raiseInput, type RaiseInput } from '../concerns/index.ts'
import {
  findings,
  outcomes,
  referralTargets,
  riskGrades,
  type Finding,
  type Outcome,
  type ReferralTarget,
  type RiskGrade,
} from '../workflow/index.ts'

/** One thing that happens to a case after it was raised; the file's words are explained in `cases/README.md`. */
export type Step =
  | { readonly action: 'acknowledge' }
  | { readonly action: 'triage'; readonly decision: 'investigate' | 'resolve_without_investigation'; readonly risk: RiskGrade }
  | { readonly action: 'triage'; readonly decision: 'refer'; readonly to: ReferralTarget; readonly risk: RiskGrade }
  | { readonly action: 'start_investigation' }
  | { readonly action: 'record_findings'; readonly finding: Finding }
  | { readonly action: 'resolve'; readonly outcome: Outcome }
  | { readonly action: 'escalate' }

export interface Case {
  /** The file's name without its ending, like `01-waiting-times`. */
  readonly name: string
  readonly source: string
  /** As a person would send it: the body of `POST /api/v1/concerns`. */
  readonly body: unknown
  readonly input: RaiseInput
  readonly steps: readonly Step[]
}

const file = z.strictObject({ source: z.string(), concern: z.unknown(), handling: z.array(z.string()) })
const folder = join(import.meta.dirname, 'cases')

/** The ten cases in the order of their names. Throws where a file is not one. */
export function readCases(): Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { source, concern, handling } = file.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
      return { name: name.replace('.json', ''), source, body: concern, input: raiseInput.parse(concern), steps: handling.map(readStep) }
    })
}

function readStep(text: string): Step {
  const [action, first, second] = text.split(':')
  switch (action) {
    case 'acknowledge':
    case 'start_investigation':
    case 'escalate':
      return { action }
    case 'record_findings':
      return { action, finding: oneOf(findings, first) }
    case 'resolve':
      return { action, outcome: oneOf(outcomes, first) }
    case 'triage': {
      const risk = oneOf(riskGrades, second)
      if (first === 'investigate' || first === 'resolve_without_investigation') return { action, decision: first, risk }
      return { action, decision: 'refer', to: oneOf(referralTargets, first?.replace('refer_', '')), risk }
    }
    default:
      throw new Error(`no such step: ${text}`)
  }
}

function oneOf<Code extends string>(codes: readonly Code[], text: string | undefined): Code {
  const found = codes.find((code) => code === text)
  if (found === undefined) throw new Error(`not one of the codes: ${text ?? 'nothing'}`)
  return found
}
