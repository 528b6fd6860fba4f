import type { ConcernContent, ConcernView } from '../../../../concerns/index.ts'
import { hasRole, type StaffMember } from '../../../../kernel/index.ts'
import { isEnded, labels, type Action } from '../../../../workflow/index.ts'
import { helpPages } from '../../../reporter/steps.ts'
import { coarseDateInWords, dateInWords } from '../../../layout/index.ts'
import { deadlineOf, isOpen, type Chip } from '../../../staff/deadlines.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { readsWhatWasSaid, subPageHref } from '../frame.ts'
import { seenMark } from '../../actions/clash.ts'
import { words } from './words.en.ts'
import { decisionOf, primaryAction } from './do-next.ts'

interface Step {
  readonly href: string
  readonly text: string
  readonly why: string
}

export interface OverviewView {
  readonly doNext: { readonly first: Step | null; readonly others: readonly Step[]; readonly text: string | null }
  /** What one press sends to make the reader its owner; null where somebody owns it, or it is not theirs to own. */
  readonly takeOn: { readonly action: string; readonly fields: Readonly<Record<string, string>> } | null
  readonly said: { readonly narrative: string | null; readonly genuine: boolean }
  /** Where somebody without the key to what was said finds what they work from; null for all others. */
  readonly termsHref: string | null
  readonly facts: readonly { readonly key: string; readonly text: string }[]
  readonly identityHref: string | null
  readonly deadlinesHref: string | null
  readonly people: readonly { readonly name: string; readonly role: string; readonly relation: string }[]
  /** The pages of law and pledge as the person could read them: where to see them so, and their marks. */
  readonly pages: readonly { readonly href: string; readonly text: string; readonly digest: string }[]
  /** Those that somebody still has to do something about; all the others have a page of their own. */
  readonly clocks: readonly { readonly label: string; readonly dueOn: string; readonly chip: Chip; readonly source: string }[]
}

const isHelpPage = (page: string): page is keyof typeof helpPages => Object.hasOwn(helpPages, page)

export function overviewView(concern: ConcernView, content: ConcernContent, reader: StaffMember): OverviewView {
  const readable = readsWhatWasSaid(concern, reader)
  return {
    doNext: doNextOf(concern, content, reader),
    takeOn: takeOnOf(concern, reader),
    said: { narrative: content.narrative, genuine: content.genuine },
    termsHref: readable ? null : subPageHref(concern.id, 'records'),
    facts: [...clearFacts(concern), ...(readable ? saidFacts(content) : [])],
    identityHref: concern.mayOpenIdentity ? `/concerns/${concern.id}/identity` : null,
    people: concern.assignees.map(({ name, role, relation }) => ({
      name,
      role: staffWords.roles[role],
      relation: words.people.relations[relation],
    })),
    pages: content.pageEditions.flatMap(({ page, digest }) =>
      isHelpPage(page) ? [{ href: `${helpPages[page]}?on=${concern.raisedOn}`, text: words.pages.names[page], digest }] : [],
    ),
    deadlinesHref: readable && !concern.threadAlone ? subPageHref(concern.id, 'deadlines') : null,
    clocks: concern.clocks.filter(isOpen).map((clock) => ({ ...deadlineOf(clock), source: clock.source })),
  }
}

function doNextOf(concern: ConcernView, content: ConcernContent, reader: StaffMember): OverviewView['doNext'] {
  const { allowedActions, pendingApproval } = concern
  const step = (action: Action): Step => ({
    href: `/concerns/${concern.id}/actions/${action}`,
    text: labels.actions[action],
    why: words.doNext.open[action],
  })
  const first =
    pendingApproval === null
      ? primaryAction(allowedActions, decisionOf(content.records), {
          withdrawalAsked: concern.withdrawalAskedOn !== null,
          dangerUngraded: concern.danger && concern.riskGrade === null,
        })
      : null
  const others = allowedActions.filter((action) => action !== first && isOffered(action, concern)).map(step)
  // Closing would be refused
  if (isHarmOpen(concern, reader) && (first === null || first === 'close')) return { first: answerHarm(concern), others, text: null }
  return { first: first && step(first), others, text: first === null ? noStepWords(concern, reader) : null }
}

/** A report of bad treatment is open, and the reader is one who answers it. */
const isHarmOpen = ({ openDetriment, assignees }: ConcernView, { userId }: StaffMember): boolean =>
  openDetriment && assignees.some(({ id, relation }) => id === userId && relation === 'handler')

const answerHarm = ({ id }: ConcernView): Step => ({ href: subPageHref(id, 'detriment'), ...words.doNext.harm })

/** A withdrawal that is on record is not offered again, until the person asks again. */
const isRecorded = (action: Action, { organisationLed, withdrawalAskedOn }: ConcernView): boolean =>
  action === 'withdraw' && organisationLed && withdrawalAskedOn === null

/** What is done to a clock stands beside the clocks, on their own page. */
const besideClocks: ReadonlySet<Action> = new Set(['pause_clock', 'resume_clock', 'extend_clock', 'record_follow_up'])

function isOffered(action: Action, concern: ConcernView): boolean {
  if (besideClocks.has(action) || isRecorded(action, concern)) return false
  return action !== 'record_first_contact' || concern.openClocks.some(({ code }) => code === 'T3')
}

/** What has ended needs nobody to take it on: a short talk concluded at once would ask for it for ever. */
function takeOnOf({ id, stage, owner, allowedActions, version, history }: ConcernView, reader: StaffMember): OverviewView['takeOn'] {
  if (stage === 'resolved' || owner !== null || !allowedActions.includes('assign') || !hasRole(reader, 'guardian')) return null
  return {
    action: `/concerns/${id}/actions/assign`,
    fields: { userId: reader.userId, expectedVersion: String(version), seen: seenMark(history) },
  }
}

function noStepWords({ pendingApproval, status, openDetriment, assignees, clocks }: ConcernView, reader: StaffMember): string {
  if (pendingApproval !== null) return words.doNext.waiting(pendingApproval.approver.name)
  if (isEnded(status) && !openDetriment) return words.doNext.nothing
  const handlers = assignees.filter(({ relation }) => relation === 'handler').map(({ name }) => name)
  if (handlers.length === 0 || !assignees.some(({ id, relation }) => id === reader.userId && relation === 'lead'))
    return words.doNext.notYours
  // The person was told that a lead can ask
  const names = new Intl.ListFormat('en-GB').format(handlers)
  return clocks.some(({ state }) => state === 'overdue') ? words.doNext.askLate(names) : words.doNext.ask(names)
}

function clearFacts({ channel, openness, withdrawalAskedOn, organisationLed, cycle }: ConcernView): OverviewView['facts'] {
  return [
    ...(withdrawalAskedOn === null ? [] : [{ key: words.facts.withdrawalAsked, text: dateInWords(withdrawalAskedOn) }]),
    ...(organisationLed ? [{ key: words.facts.ledBy, text: words.facts.organisation }] : []),
    ...(cycle === 1 ? [] : [{ key: words.facts.cycle, text: String(cycle) }]),
    { key: words.facts.channel, text: labels.channels[channel] },
    { key: words.facts.openness, text: labels.opennesses[openness] },
  ]
}

const localLabels = ({ categories }: ConcernContent): readonly string[] => categories.map(({ label }) => label)

/** What was said, and in one line what was not. */
function saidFacts(content: ConcernContent): OverviewView['facts'] {
  const say = words.facts
  const answer = (code: string | null) => (code === null ? null : labelOf(say.answers, code))
  const list = (texts: readonly string[]) => (texts.length === 0 ? null : texts.join('; '))
  const group = content.professionalGroup
  const facts = [
    ...(content.identity === null
      ? []
      : [
          { key: say.identity, text: content.identity.name },
          { key: say.contact, text: content.identity.contact },
        ]),
    { key: say.elements, text: list([...content.elements.map((element) => labels.elements[element]), ...localLabels(content)]) },
    { key: say.site, text: content.site },
    { key: say.professionalGroup, text: group === null ? null : labelOf(labels.professionalGroups, group) },
    { key: say.happened, text: content.happened },
    { key: say.awareSince, text: content.awareSince === null ? null : coarseDateInWords(content.awareSince) },
    { key: say.immediateDanger, text: answer(content.immediateDanger) },
    { key: say.treatedBadly, text: answer(content.treatedBadly) },
    { key: say.about, text: list(content.about) },
  ]
  const left = facts.flatMap(({ key, text }) => (text === null ? [key.replace(/\?$/, '')] : []))
  return [
    ...facts.flatMap(({ key, text }) => (text === null ? [] : [{ key, text }])),
    ...(left.length === 0 ? [] : [{ key: say.notSaid, text: left.join('; ') }]),
  ]
}
