import { instantText } from '../../../../kernel/index.ts'
import { firstIndex, type ComparedAs, type Comparison, type LogCheck, type Names, type PublishedLog } from '../../../../audit/index.ts'
import { timeInWords } from '../../../layout/index.ts'
import { aliasLink, countText, entryHref } from '../rows.ts'
import { words } from './words.en.ts'

interface Given {
  readonly ended: readonly LogCheck[]
  readonly names: Names
  readonly runningSince: Temporal.Instant | null
  readonly keys: Awaited<ReturnType<PublishedLog['readVerifierKeys']>>
  readonly compared: Comparison | null
  readonly language: string
}

interface Verdict {
  readonly tone: 'good' | 'bad' | 'careful'
  /** With the count and the time, always. */
  readonly text: string
  readonly whatNow: string
  readonly entryHref: string | null
  readonly entryText: string
}

/** A check that ended says how much was checked and when; one that runs says since when and when to come back. */
export function showCheck({ ended, names, runningSince, keys, compared, language }: Given) {
  const [last] = ended
  return {
    verdict: last === undefined ? null : verdictOf(last, language),
    findings: exactFirst(last?.findings ?? []).map(showFinding),
    checks: (last?.checks ?? []).map(({ title, result }) => ({
      title,
      result: words.results[result as keyof typeof words.results] ?? result,
    })),
    running: runningSince && { since: instantText(runningSince), back: words.running.back(minutesFor(last)) },
    earlier: ended.slice(1).map((check) => ({
      at: instantText(check.checkedAt),
      entries: countText(check.entries),
      verdict: words.short[check.verdict],
      asker: aliasLink('actor', check.askedBy, names),
    })),
    asker: last === undefined ? null : aliasLink('actor', last.askedBy, names),
    compared: compared && showComparison(compared, language),
    keys: keys.map(({ verifierKey, retiredAt }) => ({ text: verifierKey, retired: retiredAt !== null })),
    signed: keys.length > 0,
  }
}

function verdictOf(check: LogCheck, language: string): Verdict {
  const { verdict, entries, findings } = check
  const at = timeInWords(instantText(check.checkedAt), language)
  const count = countText(entries)
  const index = verdict === 'tampered' ? firstIndex(check) : null
  const say = words.verdicts
  const text =
    verdict === 'tampered'
      ? say.tampered(index === null ? null : countText(index), findings.length, count, at)
      : verdict === 'not_finished' || verdict === 'unusable'
        ? say[verdict](at)
        : say[verdict](count, at)
  const tone = verdict === 'whole' ? 'good' : verdict === 'restored' ? 'careful' : 'bad'
  return {
    // Nothing checked is nothing that holds, whatever the program said
    tone: entries === 0 && tone === 'good' ? 'careful' : tone,
    text,
    whatNow: words.whatNow[verdict],
    entryHref: index === null ? null : entryHref(index),
    entryText: index === null ? '' : words.lookAt(countText(index)),
  }
}

/** Only what names an entry leads to one. */
function showFinding({ message, check, index, id }: LogCheck['findings'][number]) {
  const exact = index !== null && check !== 'checkpoints'
  return { message, href: exact ? entryHref(index) : null, id: exact ? id : null }
}

/** What names an entry before what names a stretch of them. */
function exactFirst(findings: LogCheck['findings']): LogCheck['findings'] {
  return findings.toSorted((one, other) => Number(one.check === 'checkpoints') - Number(other.check === 'checkpoints'))
}

/** From how long the last one took; a minute where there was none. */
function minutesFor(last: LogCheck | undefined): number {
  return Math.max(1, Math.ceil(((last?.milliseconds ?? 0) * 1.5) / 60_000))
}

const tones: Record<ComparedAs, Verdict['tone']> = {
  same_line: 'good',
  before_restore: 'careful',
  does_not_fit: 'bad',
  not_ours: 'bad',
  malformed: 'careful',
  nothing_signed: 'careful',
}

function showComparison({ verdict, theirs, ours, comparedAt }: Comparison, language: string) {
  const said = words.compared[verdict]
  return {
    tone: tones[verdict],
    heading: said.heading,
    text: said.text(theirs === null ? '' : countText(theirs), ours === null ? '' : countText(ours)),
    at: words.compared.at(timeInWords(instantText(comparedAt), language)),
  }
}
