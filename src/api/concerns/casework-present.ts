import type { z } from 'zod'
import type {
  Assessments,
  AssessmentVersion,
  ConcernExport,
  ConcernSummary,
  Contact,
  Contacts,
  MessagePreview,
  MonthOfTime,
  PrivateNote,
  SavedView,
} from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import { presentCase } from '../detriment/present.ts'
import type {
  assessmentsAnswer,
  contactsAnswer,
  exportAnswer,
  previewAnswer,
  privateNotesAnswer,
  summaryAnswer,
  timeAnswer,
  viewsAnswer,
} from './casework-schema.ts'
import { presentConcern, presentContent } from './present.ts'

type One<Answer extends { readonly items: readonly unknown[] }> = Answer['items'][number]

function presentAssessment({ version, author, writtenAt, genuine, content }: AssessmentVersion): One<z.infer<typeof assessmentsAnswer>> {
  const shown: Record<string, unknown> | null = content && {
    information: content.information,
    kinds: content.kinds,
    belief: content.belief,
    publicInterest: content.publicInterest,
    madeTo: content.madeTo,
    workerStatus: content.workerStatus,
    status: content.status,
    note: content.note,
  }
  const held = shown && Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))
  return { version, author, writtenAt: instantText(writtenAt), genuine, content: held }
}

export function presentAssessments({ raisedOn, mayWrite, versions }: Assessments): z.infer<typeof assessmentsAnswer> {
  return { raisedOn, mayWrite, items: versions.map(presentAssessment) }
}

function presentContact({ id, author, loggedAt, channel, minutes, on, note, genuine }: Contact): One<z.infer<typeof contactsAnswer>> {
  return { id, author, loggedAt: instantText(loggedAt), channel, minutes, on, note, genuine }
}

export function presentContacts({ mayWrite, minutes, contacts }: Contacts): z.infer<typeof contactsAnswer> {
  return { mayWrite, minutes, items: contacts.map(presentContact) }
}

export function presentTime(months: readonly MonthOfTime[]): z.infer<typeof timeAnswer> {
  return { items: months.map(({ month, channel, contacts, minutes }) => ({ month, channel, contacts, minutes })) }
}

function presentPrivateNote({ id, body, genuine, writtenAt }: PrivateNote): One<z.infer<typeof privateNotesAnswer>> {
  return { id, body, genuine, writtenAt: instantText(writtenAt) }
}

export function presentPrivateNotes(own: {
  readonly mayWrite: boolean
  readonly notes: readonly PrivateNote[]
}): z.infer<typeof privateNotesAnswer> {
  return { mayWrite: own.mayWrite, items: own.notes.map(presentPrivateNote) }
}

export function presentViews(views: readonly SavedView[]): z.infer<typeof viewsAnswer> {
  return {
    items: views.map(({ id, name, filter, team, mine, owner }) => ({
      id,
      name,
      filter: Object.fromEntries(
        Object.entries(filter).flatMap(([filtered, code]) => (code === undefined ? [] : [[filtered, String(code)]])),
      ),
      team,
      mine,
      owner,
    })),
  }
}

export function presentPreview({ readers, checks }: MessagePreview): z.infer<typeof previewAnswer> {
  return {
    readers: readers.map(({ name, role }) => ({ name, role })),
    checks: checks.map(({ code, name, dueOn }) => ({ code, name, dueOn })),
  }
}

export function presentSummary({ concern, content, include, printedOn }: ConcernSummary): z.infer<typeof summaryAnswer> {
  return { concern: presentConcern(concern), content: presentContent(content), include: [...include], printedOn }
}

export function presentExport(whole: ConcernExport): z.infer<typeof exportAnswer> {
  return {
    concern: presentConcern(whole.concern),
    content: presentContent(whole.content),
    assessments: whole.assessments.map(presentAssessment),
    contacts: whole.contacts.map(presentContact),
    detriment: whole.detriment.map(presentCase),
    privateNotes: whole.privateNotes.map(presentPrivateNote),
    exportedOn: whole.exportedOn,
  }
}
