import { summaryParts, type ConcernSummary } from '../../../../concerns/index.ts'
import { labels, statusWords } from '../../../../workflow/index.ts'
import { coarseDateInWords, dateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { historyView } from '../history/view.ts'
import { threadView } from '../messages/view.ts'
import { namesOf, recordViews } from '../records/view.ts'
import { words } from './words.en.ts'

interface Fact {
  readonly key: string
  readonly text: string
}

/** The summary as it is printed: steps oldest first, since it is read from the top. */
export function paperView(summary: ConcernSummary): object {
  const { concern, content, include, printedOn } = summary
  const say = words.paper
  return {
    printedOn,
    left: summaryParts
      .filter((part) => !include.includes(part))
      .map((part) => say.leftParts[part])
      .join('; '),
    facts: factsOf(summary),
    clocks: concern.clocks,
    said: include.includes('narrative')
      ? { narrative: content.narrative, genuine: content.genuine && content.narrative !== null, facts: saidFacts(summary) }
      : null,
    person: include.includes('reporter') ? personFacts(summary) : [],
    records: recordViews(content.records, namesOf(concern, [])),
    messages: threadView(content.messages),
    events: historyView(concern.history).toReversed(),
  }
}

function factsOf({ concern }: ConcernSummary): readonly Fact[] {
  const say = words.paper
  return [
    { key: say.reference, text: concern.reference },
    { key: say.subject, text: concern.title ?? staffWords.noTitle },
    { key: say.status, text: statusWords[concern.status].staff },
    { key: say.raisedOn, text: dateInWords(concern.raisedOn) },
    { key: say.openness, text: labels.opennesses[concern.openness] },
    { key: say.owner, text: concern.owner?.name ?? staffWords.nobody },
    { key: say.risk, text: concern.riskGrade === null ? staffWords.notGraded : labels.riskGrades[concern.riskGrade] },
    { key: say.elements, text: concern.elements.map((element) => labels.elements[element]).join('; ') || staffWords.noElements },
  ]
}

function saidFacts({ content }: ConcernSummary): readonly Fact[] {
  const say = words.paper
  return [
    { key: say.happened, text: content.happened ?? say.notSaid },
    { key: say.awareSince, text: content.awareSince === null ? say.notSaid : coarseDateInWords(content.awareSince) },
  ]
}

function personFacts({ concern, content }: ConcernSummary): readonly Fact[] {
  const say = words.paper
  const { identity, professionalGroup } = content
  const name = concern.openness === 'confidential' ? say.sealedName : (identity?.name ?? say.notSaid)
  return [
    { key: say.name, text: name },
    ...(identity === null ? [] : [{ key: say.contact, text: identity.contact ?? say.notSaid }]),
    { key: say.group, text: professionalGroup === null ? say.notSaid : labelOf(labels.professionalGroups, professionalGroup) },
  ]
}
