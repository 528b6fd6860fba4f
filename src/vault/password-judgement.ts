import { normalisePassword } from './password.ts'

const shortest = 15
const leastOwn = 8
/** What comes after is not looked at: it cannot make a good beginning worse, and half a megabyte would hold us up. */
const longestJudged = 256
const year = /(19|20)\d\d/g

/** What long passwords are made of when nobody thought about them. Longest first, so that 'password' goes before 'pass'. */
const commonPieces = [
  'correcthorsebatterystaple thequickbrownfox jumpsoverthelazydog nationalhealthservice freedomtospeakup ilovemychildren opensesame',
  'iloveyou letmeinplease letmein trustno1 password passphrase passcode whatever changeme secret security welcome sunshine princess',
  'football liverpool arsenal chelsea manchester superman batman starwars pokemon monkey dragon master shadow charlie michael jessica',
  'hospital guardian forthright speakup nhstrust foundation trust nursing nurse doctor matron ward london england administrator admin',
  'computer internet summer winter spring autumn january february march april june july august september october november december',
  'monday tuesday wednesday thursday friday saturday sunday christmas birthday family mother father daughter forever always please',
  'hello login user test guest root temp pass love baby angel mynameis thisismy this that with from your and the for nhs my is',
]
  .join(' ')
  .split(' ')
  .toSorted((a, b) => b.length - a.length)

const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm']

/** Digits and signs that stand for letters, as people write 'P@ssw0rd'. */
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Why a new password will not do, or null. At least 15 characters, counted as code points after NFKC; then too common where
 * fewer than eight characters are left once well-known words, years, keyboard and alphabet runs and repetitions are taken out.
 * A rule, not a list of leaked passwords: the product reaches no such service and carries no such list, so a rare phrase
 * that did leak passes here. The second factor and the growing delay stand behind it.
 */
export function judgePassword(password: string): 'too_short' | 'too_common' | null {
  const characters = [...normalisePassword(password.slice(0, longestJudged))]
  if (characters.length < shortest) return 'too_short'
  const text = characters.join('').toLowerCase().replace(year, ' ')
  return isCommon(text) || isCommon([...text].map((sign) => disguises[sign] ?? sign).join('')) ? 'too_common' : null
}

function isCommon(text: string): boolean {
  const signs = new Set(text.match(/[^\p{L}\p{N}\s]/gu)).size
  let own = text.replace(/[^\p{L}\p{N}]/gu, '')
  for (const piece of commonPieces) own = own.replaceAll(piece, ' ')
  return ownCharacters(withoutRuns(own)) + signs < leastOwn
}

/** The text without any four or more neighbours of a run, forwards or backwards. */
function withoutRuns(text: string): string {
  const steps = runs.flatMap((run) => [run, [...run].toReversed().join('')])
  let kept = ''
  for (let at = 0; at < text.length;) {
    const length = longestRun(text.slice(at, at + 40), steps)
    kept += length >= 4 ? ' ' : text.charAt(at)
    at += length >= 4 ? length : 1
  }
  return kept
}

function longestRun(text: string, steps: readonly string[]): number {
  let length = 3
  while (length < text.length && steps.some((run) => run.includes(text.slice(0, length + 1)))) length += 1
  return length
}

/** How many characters are left when every immediate repetition ('abcabcabc', 'aaaa') counts once. */
function ownCharacters(text: string): number {
  const once = text.replaceAll(' ', '').replace(/(.{1,12}?)\1+/gu, '$1')
  return [...once].length
}
