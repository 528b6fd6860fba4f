import type { DateText } from '../../kernel/index.ts'

/** Something a writer should look at before a message goes. It points and never stops a message. */
export interface MessageCheck {
  readonly code: (typeof messageChecks)[number]
  /** Whose name it is; the label of the time limit for `late`; null otherwise. */
  readonly name: string | null
  /** The day that was promised, for `late` and `end_passed`. */
  readonly dueOn: DateText | null
}

export const messageChecks = [
  'late',
  'end_passed',
  'names_subject',
  'names_colleague',
  'names_reporter',
  'reporter_name_sealed',
  'email',
  'nhs_number',
  'phone',
] as const

/** What a message is held against. */
export interface MessageSurroundings {
  /** Limits that have passed, with the day that was promised. */
  readonly late: readonly { readonly label: string; readonly dueOn: DateText }[]
  /** The day an investigation was said to end, where that has passed. */
  readonly endPassed: DateText | null
  /** Names and roles as the person gave them. */
  readonly about: readonly string[]
  readonly colleagues: readonly string[]
  /** Null where nobody gave one, or it is sealed apart. */
  readonly reporterName: string | null
  readonly reporterNameSealed: boolean
}

/** All there is to look at, what is late first. */
export function thingsToCheck(body: string, around: MessageSurroundings): MessageCheck[] {
  const check = (code: MessageCheck['code'], name: string | null = null, dueOn: DateText | null = null) => ({ code, name, dueOn })
  const { nhs, rest } = withoutNhsNumbers(body)
  const said = wordsOf(body)
  return [
    ...around.late.map(({ label, dueOn }) => check('late', label, dueOn)),
    ...(around.endPassed === null ? [] : [check('end_passed', null, around.endPassed)]),
    ...around.about.filter((entry) => namesOneOf(said, wordsOf(entry))).map((entry) => check('names_subject', entry)),
    ...around.colleagues.filter((name) => namesColleague(said, wordsOf(name))).map((name) => check('names_colleague', name)),
    ...(around.reporterName !== null && namesOneOf(said, wordsOf(around.reporterName))
      ? [check('names_reporter', around.reporterName)]
      : []),
    ...(around.reporterNameSealed ? [check('reporter_name_sealed')] : []),
    ...(email.test(body) ? [check('email')] : []),
    ...(nhs ? [check('nhs_number')] : []),
    ...(phone.test(rest) ? [check('phone')] : []),
  ]
}

/** One character before the sign is enough, and all that is asked for: with more, a long text without spaces would take seconds. */
const email = /[^\s@]@[^\s@]+\.[^\s@]/u
/** Ten or more digits with the marks people put between them. */
const phone = /(?:\+|\()?(?:\d[\s().-]{0,2}){10,}/u
const tenDigits = /(?<!\d)(?<!\d[\s-])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\s-]?\d)/g

/** Ten digits whose last checks the nine before it, modulus 11, as the NHS Data Dictionary has it. A telephone number rarely does. */
function withoutNhsNumbers(text: string): { readonly nhs: boolean; readonly rest: string } {
  let nhs = false
  const rest = text.replaceAll(tenDigits, (found) => {
    const digits = [...found.replaceAll(/\D/g, '')].map(Number)
    const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0)
    const isNhs = (11 - (sum % 11)) % 11 === digits[9] && new Set(digits).size > 1
    nhs ||= isNhs
    return isNhs ? ' ' : found
  })
  return { nhs, rest }
}

/** A name is written with capitals, a role ("ward manager") is not: roles are everyday words in such a message and would cry wolf. */
function namesOneOf(said: readonly string[], name: readonly string[]): boolean {
  return name.some((part) => part.length > 2 && /^\p{Lu}/u.test(part) && said.includes(part))
}

/** By the whole name however it is written, or by the last of it: first names are everyday words ("Grace", "Will"). */
function namesColleague(said: readonly string[], name: readonly string[]): boolean {
  const last = name.at(-1)
  if (last === undefined) return false
  const text = ` ${said.join(' ').toLowerCase()} `
  return (last.length > 2 && said.includes(last)) || (name.length > 1 && text.includes(` ${name.join(' ').toLowerCase()} `))
}

/** Words without accents and possessives, so that "José's" is José. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’]s\b/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
