import type { ConcernExport } from '../../../../concerns/index.ts'
import { instantText } from '../../../../kernel/index.ts'
import { labels, statusWords } from '../../../../workflow/index.ts'
import { dateInWords, timeInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { answerRows, versionView } from '../assessment/view.ts'
import { words as contactWords } from '../contacts/words.en.ts'
import { reportViews } from '../detriment/view.ts'
import { historyView } from '../history/view.ts'
import { threadView } from '../messages/view.ts'
import { namesOf, recordViews } from '../records/view.ts'
import { words } from './words.en.ts'

interface Line {
  readonly key: string
  readonly text: string
}

interface Entry {
  readonly heading: string
  readonly lines: readonly Line[]
}

/** The whole of an export as headings and texts. What is not genuine says so and shows nothing. */
export function fileView(whole: ConcernExport): object {
  const { concern, content, exportedOn } = whole
  const say = words.file
  return {
    exportedOn,
    facts: factsOf(whole),
    narrative: content.genuine ? content.narrative : null,
    parts: [
      {
        heading: say.messages,
        entries: threadView(content.messages).map((each) => written(`${each.who}, ${dateInWords(each.sentOn)}`, each)),
      },
      {
        heading: say.notes,
        entries: content.notes.map((note) => written(`${note.author}, ${timeInWords(instantText(note.writtenAt))}`, note)),
      },
      {
        heading: say.records,
        entries: recordViews(content.records, namesOf(concern, [])).map(({ heading, author, writtenAt, genuine, rows }) => ({
          heading: `${heading}: ${author}, ${timeInWords(writtenAt)}`,
          lines: genuine ? rows : [notGenuine],
        })),
      },
      { heading: say.assessments, entries: assessmentEntries(whole) },
      { heading: say.contacts, entries: contactEntries(whole) },
      { heading: say.detriment, entries: detrimentEntries(whole) },
      {
        heading: say.history,
        entries: historyView(concern.history).map(({ what, who, on, details }) => ({
          heading: `${dateInWords(on)}: ${what}, ${who}`,
          lines: details,
        })),
      },
      {
        heading: say.privateNotes,
        entries: whole.privateNotes.map((note) => written(timeInWords(instantText(note.writtenAt)), note)),
      },
    ],
  }
}

const notGenuine: Line = { key: '', text: words.file.notGenuine }

function written(heading: string, { body, genuine }: { readonly body: string | null; readonly genuine: boolean }): Entry {
  return { heading, lines: [genuine && body !== null ? { key: '', text: body } : notGenuine] }
}

function factsOf({ concern, content }: ConcernExport): readonly Line[] {
  const say = words.file
  const group = content.professionalGroup
  const known: readonly (readonly [string, string | null | undefined])[] = [
    [say.reference, concern.reference],
    [say.subject, concern.title],
    [say.status, statusWords[concern.status].staff],
    [say.raisedOn, dateInWords(concern.raisedOn)],
    [say.openness, labels.opennesses[concern.openness]],
    [say.name, content.identity?.name],
    [say.contact, content.identity?.contact],
    [say.site, content.site],
    [say.group, group && labelOf(labels.professionalGroups, group)],
    [say.happened, content.happened],
    [say.treatedBadly, content.treatedBadly],
    [say.about, content.about.join('; ')],
  ]
  return known.flatMap(([key, text]) => (text === null || text === undefined || text === '' ? [] : [{ key, text }]))
}

function assessmentEntries({ assessments }: ConcernExport): readonly Entry[] {
  return assessments.map((version) => {
    const { heading, author, writtenAt, genuine, status, note } = versionView(version)
    const rows = version.content === null ? [] : answerRows(version.content)
    return {
      heading: `${heading}: ${author}, ${timeInWords(writtenAt)}`,
      lines: genuine
        ? [
            { key: '', text: [status, note].filter((text) => text !== null).join('\n') },
            ...rows.map(({ key, lines }) => ({ key, text: lines.join('\n') })),
          ]
        : [notGenuine],
    }
  })
}

function detrimentEntries({ detriment }: ConcernExport): readonly Entry[] {
  return reportViews(detriment, '', false).flatMap(({ heading, tag, kinds, description, genuine, records }) => [
    {
      heading: `${heading}: ${tag.text}`,
      lines: genuine ? [{ key: '', text: [kinds.join('; '), description ?? ''].filter((text) => text !== '').join('\n') }] : [notGenuine],
    },
    ...records.map((record) => ({
      heading: `${record.heading}: ${record.author}, ${timeInWords(record.writtenAt)}`,
      lines: record.genuine ? record.rows : [notGenuine],
    })),
  ])
}

function contactEntries({ contacts }: ConcernExport): readonly Entry[] {
  return contacts.map(({ on, channel, minutes, author, note, genuine }) => ({
    heading: [
      on === null ? contactWords.unknown : dateInWords(on),
      contactWords.channels[channel],
      words.file.minutes(String(minutes)),
      author ?? contactWords.unknown,
    ].join(', '),
    lines: genuine ? (note === null ? [] : [{ key: '', text: note }]) : [notGenuine],
  }))
}
