import type { FormFields } from '../../../http/index.ts'
import { groupsOf } from '../sent/view.ts'

/** Read as forgivingly as the code itself: any case, no separators, O for 0, I and L for 1. */
function symbolsOf(typed: string): string {
  return typed
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

export interface CodeCheck {
  readonly second: boolean
  readonly fifth: boolean
}

/** Which of the two groups the person typed are those of their code. */
export function readCodeCheck(form: FormFields, token: string): CodeCheck {
  const groups = groupsOf(token)
  return { second: symbolsOf(form.one('second')) === groups[1], fifth: symbolsOf(form.one('fifth')) === groups[4] }
}
