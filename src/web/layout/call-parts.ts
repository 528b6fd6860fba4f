interface CallPart {
  readonly text: string
  /** What the telephone dials; null for the words between. */
  readonly tel: string | null
}

/** Numbers of the United Kingdom with their area code, and the few short ones that stand alone. */
const number = /(?<![\d+])(?:(?:\+44 ?|0)\d(?: ?\d){8,9}|999|112|116 ?\d{3})(?!\d)/g

/**
 * A text in parts, so that each telephone number in it can be pressed: browsers are told to find none by themselves, since they would take a
 * group of somebody's code for one.
 */
export function callParts(text: string): readonly CallPart[] {
  const parts: CallPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(number)) {
    parts.push({ text: text.slice(from, index), tel: null }, { text: found, tel: found.replaceAll(' ', '') })
    from = index + found.length
  }
  return [...parts, { text: text.slice(from), tel: null }].filter((part) => part.text !== '')
}
