import { invalid } from '../kernel/index.ts'
import { judgePassword } from '../vault/index.ts'

/** Refusal `invalid_input` at this pointer where a new password is too short or easy to guess. */
export function refuseWeakPassword(password: string, pointer = '/password'): void {
  const weakness = judgePassword(password)
  if (weakness === 'too_short')
    throw invalid(pointer, weakness, 'Use 15 characters or more. A few words that do not belong together are easy to keep.')
  if (weakness === 'too_common') throw invalid(pointer, weakness, 'This is easy to guess. Use words that do not belong together.')
}
