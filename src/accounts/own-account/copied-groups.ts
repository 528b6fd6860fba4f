import { z } from 'zod'
import { Refusal, type Fault } from '../../kernel/index.ts'
import { recoveryCodeGroups, type RecoveryCode } from '../../vault/index.ts'

/** The groups that a person types back from paper, counted from 1: one in the middle and the last. Enough to see that they have it. */
const askedGroups = [3, 7] as const

/** Two groups of a printed code, as typed. */
export const copiedGroups = z.strictObject({ third: z.string().max(40), last: z.string().max(40) })
export type CopiedGroups = z.output<typeof copiedGroups>

/** Refusal `invalid_input` that names each group which is not the code's. Case, spaces and O for 0 are forgiven. */
export function assertCopied(code: RecoveryCode, { third, last }: CopiedGroups): void {
  const groups = recoveryCodeGroups(code)
  const typed = [
    ['/third', third, askedGroups[0]],
    ['/last', last, askedGroups[1]],
  ] as const
  const faults = typed.flatMap(([pointer, text, number]): Fault[] => {
    if (plain(text) === groups[number - 1]) return []
    if (plain(text) === '') return [{ pointer, code: 'required', detail: `Type group ${number} of your code.` }]
    return [{ pointer, code: 'not_copied', detail: `This is not group ${number} of your code. Look at your paper.` }]
  })
  if (faults.length > 0) throw new Refusal('invalid_input', { faults })
}

const plain = (text: string) =>
  text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
