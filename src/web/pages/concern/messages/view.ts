import type { MessageCheck, MessagePreview, ThreadMessage } from '../../../../concerns/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { words } from './words.en.ts'

export interface ShownMessage {
  readonly side: 'reporter' | 'staff'
  readonly who: string
  readonly sentOn: string
  readonly body: string | null
  readonly genuine: boolean
}

export function threadView(messages: readonly ThreadMessage[]): readonly ShownMessage[] {
  const answered = new Set(messages.map(({ answers }) => answers))
  return messages.map((message) => ({
    side: message.from,
    who: whoOf(message, answered.has(message.id)),
    sentOn: message.sentOn,
    body: message.body,
    genuine: message.genuine,
  }))
}

function whoOf({ from, author, question, answers }: ThreadMessage, answered: boolean): string {
  if (from === 'reporter') return answers === undefined ? words.fromReporter : words.answeredByReporter
  const name = author ?? staffWords.roles.system
  return question === true ? words.askedByStaff(name, answered) : words.fromStaff(name)
}

export interface PreviewView {
  readonly readers: readonly string[]
  readonly check: readonly string[]
}

/** Who will read the message, by name, and what to look at before it goes. */
export function previewView({ readers, checks }: MessagePreview, language: string): PreviewView {
  const say = words.preview
  return {
    readers: [say.reporter, ...readers.map(({ name, role }) => say.staff(name, staffWords.roles[role])), say.others],
    check: checks.map((check) => checkWords(check, language)),
  }
}

function checkWords({ code, name, dueOn }: MessageCheck, language: string): string {
  const said = words.preview.checks[code]
  return typeof said === 'string' ? said : said(name ?? '', dueOn === null ? '' : dateInWords(dueOn, language))
}
