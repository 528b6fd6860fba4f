import type { RaisedAnswer } from '../../../concerns/index.ts'
import { ruleOn, type Rule } from '../../../timeliness/index.ts'
import type { words as english } from './words.en.ts'

const alphabet =
  'Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
const spoken = new Map(alphabet.split(' ').map((word) => [word.charAt(0), word]))

/** The code as people copy it: seven groups of four. */
export const groupsOf = (token: string): readonly string[] => token.match(/.{1,4}/g) ?? []

export interface CodeView {
  readonly groups: readonly string[]
  /** "Group 1", then "T for Tango, 4, 8, M for Mike". */
  readonly spelled: readonly { readonly group: string; readonly text: string }[]
}

export function showCode(token: string, words: typeof english): CodeView {
  const groups = groupsOf(token)
  return {
    groups,
    spelled: groups.map((group, place) => ({
      group: words.code.group(place + 1),
      text: [...group].map((symbol) => spell(symbol, words)).join(', '),
    })),
  }
}

function spell(symbol: string, words: typeof english): string {
  const word = spoken.get(symbol)
  return word === undefined ? symbol : words.code.spelled(symbol, word)
}

export interface SentView extends CodeView {
  readonly acknowledgeBy: string
  /** What the limit rests on, as the rule says it; null where no rule is in force. */
  readonly source: string | null
}

export function showSent(answer: RaisedAnswer, rules: readonly Rule[], words: typeof english): SentView {
  return { ...showCode(answer.token, words), acknowledgeBy: answer.acknowledgeBy, source: sourceOfFirstReply(answer, rules) }
}

/** Of the version of T1 that was in force on the day: the one the date was reckoned by. */
function sourceOfFirstReply(answer: RaisedAnswer, rules: readonly Rule[]): string | null {
  return ruleOn(rules, 'T1', answer.raisedOn)?.source ?? null
}
